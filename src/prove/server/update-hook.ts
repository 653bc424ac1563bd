/**
 * git's `update` hook of every repository here. It refuses what the file says that `$FLOWKEEP_REFUSALS` names: one refusal a line, as
 * ref, condition, and the file that says why, each behind a tab. What the pushed commits hold only a hook can know: outside of
 * it they are not in the repository yet. What held it names in `$FLOWKEEP_HELD`.
 */
export const UPDATE_HOOK = `#!/bin/sh
[ -n "$FLOWKEEP_REFUSALS" ] || exit 0
none=$(printf %040d 0)
while IFS='	' read -r ref condition why; do
  [ "$ref" = "$1" ] || continue
  case $condition in
    forced) [ "$2" != "$none" ] && [ "$3" != "$none" ] && ! git merge-base --is-ancestor "$2" "$3" || continue ;;
    workflows)
      [ "$3" != "$none" ] || continue
      [ -n "$(git log --format= --name-only "$3" --not --all -- .github/workflows)" ] || continue ;;
    merges)
      [ "$3" != "$none" ] || continue
      [ -n "$(git rev-list --merges --max-count=1 "$3" --not --all)" ] || continue ;;
  esac
  echo "$why" >>"$FLOWKEEP_HELD"
  cat "$why" >&2
  exit 1
done <"$FLOWKEEP_REFUSALS"
exit 0
`;

/** When a refusal holds: always, or for what the pushed commits turn out to be. */
export type RefusalCondition = "always" | "forced" | "workflows" | "merges";
