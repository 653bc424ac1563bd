/**
 * git's `update` hook of every repository here. The file that `$FLOWKEEP_REFUSALS` names says what is refused, and what only is to be said: one
 * case a line, as ref, condition, `refuse` or `tell`, the file with the words, and their heading, each behind a tab. What the pushed
 * commits hold only a hook can know: outside of it they are not in the repository yet. Each case that holds is named in
 * `$FLOWKEEP_HELD`, with what was found.
 */
export const UPDATE_HOOK = `#!/bin/sh
[ -n "$FLOWKEEP_REFUSALS" ] || exit 0
none=$(printf %040d 0)
new_commits() { git rev-list "$@" --not --all; }
status=0
last=
while IFS='	' read -r ref condition action words heading; do
  [ "$ref" = "$1" ] || continue
  found=
  if [ "$condition" != always ]; then
    [ "$3" != "$none" ] || continue
    case $condition in
      forced) [ "$2" = "$none" ] || git merge-base --is-ancestor "$2" "$3" || found=$2 ;;
      commits) found=$(new_commits --max-count=1 "$3") ;;
      merges) found=$(new_commits --merges --max-count=1 "$3") ;;
      workflows) found=$(git log --format= --name-only "$3" --not --all -- .github/workflows | sed -n '/./{p;q;}') ;;
      unsigned)
        for commit in $(new_commits "$3"); do
          git cat-file commit "$commit" | sed '/^$/q' | grep -q '^gpgsig' || { found=$commit; break; }
        done ;;
    esac
    [ -n "$found" ] || continue
  fi
  printf '%s\\t%s\\n' "$words" "$found" >>"$FLOWKEEP_HELD"
  [ "$heading" = "$last" ] || printf '%s\\n' "$heading" >&2
  last=$heading
  cat "$words" >&2
  [ "$action" != refuse ] || status=1
done <"$FLOWKEEP_REFUSALS"
exit $status
`;

/** When a case holds: always, or for what the pushed commits turn out to be. */
export type RefusalCondition = "always" | "forced" | "commits" | "merges" | "workflows" | "unsigned";
