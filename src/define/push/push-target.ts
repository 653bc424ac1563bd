import { DefinitionError } from "../../ir/errors.ts";
import { readArray } from "./push-lines.ts";
import type { PushPlan } from "./push-plan.ts";

/** A lost race is fetched and rebased this often, and no more. */
const MOST_RETRIES = 3;

/** What is pushed where: lines that push, and leave git's report in `$out`. */
interface PushTarget {
  readonly env: readonly [name: string, value: string];
  readonly lines: readonly string[];
  /** The revision that the output `sha` names. */
  readonly pushed: string;
}

export function pushTarget(plan: PushPlan): PushTarget {
  const { branch, tag, refs } = plan;
  if ([branch, tag, refs].filter((one) => one !== undefined).length !== 1) {
    throw new DefinitionError("push needs exactly one of `branch`, `refs` and `tag`");
  }
  if (branch !== undefined) return { env: ["PUSH_BRANCH", branch], lines: branchLines(plan), pushed: "HEAD" };
  if (tag !== undefined) return { env: ["PUSH_TAG", tag], lines: tagLines(plan), pushed: '"$tag^{commit}"' };
  if (refs?.length === 0) throw new DefinitionError("push({ refs }) is empty: name at least one refspec");
  return { env: ["PUSH_REFS", refs?.join("\n") ?? ""], lines: refsLines(plan), pushed: "HEAD" };
}

function branchLines(plan: PushPlan): string[] {
  const ref = fullName("refs/heads/", "PUSH_BRANCH", "branch");
  const retries = retriesOf(plan);
  if (plan.force === "with-lease") {
    return [
      ...ref,
      SEE_LEASE,
      ...(plan.repository === undefined ? UNSEEN : []),
      ...pushOnce(`${LEASE} `, '"HEAD:$ref"'),
    ];
  }
  return retries === 0 ? [...ref, ...pushOnce("", '"HEAD:$ref"')] : [...ref, ...pushOrRebase(plan, retries)];
}

/** The tag as it is here (annotated, say), else a plain one at `HEAD`. */
function tagLines(plan: PushPlan): string[] {
  const leased = plan.force === "with-lease";
  return [
    ...fullName("refs/tags/", "PUSH_TAG", "tag"),
    'tag=$(git rev-parse --quiet --verify "$ref" || git rev-parse HEAD)',
    ...(leased ? [SEE_LEASE] : []),
    ...pushOnce(leased ? `${LEASE} ` : "", '"$tag:$ref"'),
  ];
}

function refsLines(plan: PushPlan): string[] {
  const read = readArray("refs", "PUSH_REFS");
  if (plan.force !== "with-lease") return [read, ...pushOnce("--atomic ", '"${refs[@]}"')];
  return [
    read,
    "leases=()",
    'for refspec in "${refs[@]}"; do',
    "  ref=${refspec##*:}",
    '  [[ $ref == refs/* ]] || fail "With a lease each of refs must end in a full name, such as refs/heads/main."',
    `  ${SEE_LEASE}`,
    `  leases+=(${LEASE})`,
    "done",
    ...pushOnce('--atomic "${leases[@]}" ', '"${refs[@]}"'),
  ];
}

/** `main` and `refs/heads/main` alike. What git could not take as a name never reaches a message, where the runner would read commands. */
function fullName(prefix: string, variable: string, noun: string): string[] {
  return [
    `ref=${prefix}\${${variable}#${prefix}}; git check-ref-format "$ref" || fail "${variable} is not the name of a ${noun}."`,
  ];
}

const NOT_LANDED = 'fail "The push as $PUSH_AS did not land: git says why above."';

function pushOnce(options: string, refspecs: string): string[] {
  return [`out=$(authenticated push --porcelain ${options}-- "$url" ${refspecs}) || { echo "$out" && ${NOT_LANDED}; }`];
}

/**
 * Whether a race was lost is read off the branch, not off git's wording: only if it has moved on can another try help.
 *
 * Commits that another branch has already published (`origin/*`) are not replayed, for that would copy them: the branch has
 * diverged then, as a bot's old branch has from the main that `HEAD` is. A merge is made again, not flattened.
 */
function pushOrRebase({ commit }: PushPlan, retries: number): string[] {
  return [
    `for left in ${Array.from({ length: retries + 1 }, (_, tried) => retries - tried).join(" ")}; do`,
    '  out=$(authenticated push --porcelain -- "$url" "HEAD:$ref") && break',
    `  echo "$out"; authenticated fetch --quiet --no-tags --no-recurse-submodules -- "$url" "$ref" || ${NOT_LANDED}`,
    `  if git merge-base --is-ancestor FETCH_HEAD HEAD || ((left == 0)); then ${NOT_LANDED}; fi # a refusal, or enough`,
    '  [[ $(git rev-list HEAD --not FETCH_HEAD) == "$(git rev-list HEAD --not FETCH_HEAD --remotes)" ]] || fail "$ref is not the branch that was checked out: check it out, or push with a lease."',
    // A rebase needs a committer, whom an earlier step may have named for its own commands alone.
    ...(commit === undefined
      ? ["  GIT_COMMITTER_NAME=$(git log -1 --format=%cn) GIT_COMMITTER_EMAIL=$(git log -1 --format=%ce) \\"]
      : []),
    `  git rebase --quiet --autostash --rebase-merges ${commit?.noVerify ? "--no-verify " : ""}FETCH_HEAD || { git rebase --abort || true; fail "$ref has moved on, and the new commits conflict with it."; }`,
    "done",
  ];
}

/** The lease says what the server has now: empty for nothing. */
const SEE_LEASE = 'lease=$(authenticated ls-remote -- "$url" "$ref" | cut -f1)';
const LEASE = '"--force-with-lease=$ref:$lease"';

/** A branch that was checked out is overwritten only if what it has now was seen here: fetched, or pushed by this job. */
const UNSEEN = [
  'if [[ -n $lease ]] && git rev-parse --quiet --verify "${ref/heads/remotes/origin}" >/dev/null && ! git cat-file -e "$lease"; then',
  '  fail "$ref has commits that were not there when it was checked out: they are not overwritten."',
  "fi",
];

function retriesOf({ retry = true }: PushPlan): number {
  const retries = retry === true ? MOST_RETRIES : retry === false ? 0 : retry;
  if (Number.isInteger(retries) && retries >= 0 && retries <= MOST_RETRIES) return retries;
  throw new DefinitionError(`push({ retry }) is \`${retry}\`: write true, false or a number from 0 to ${MOST_RETRIES}`);
}
