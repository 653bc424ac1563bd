import type { PushWords } from "./push-words.ts";
import type { SmokeBranch } from "./choose-branch.ts";

export interface LinesRequest {
  readonly branch: SmokeBranch;
  /** The workflow that is tried, for the commit's message. */
  readonly file: string;
  /** Whether the steps in front say who commits. */
  readonly hasAuthor: boolean;
}

/** Puts `HEAD` to the branch's tip, and an empty commit on top of it. Nothing starts for the commit: it says `[skip ci]`. */
export function commitLines(
  { git, here, remote }: Pick<PushWords, "git" | "here" | "remote">,
  { branch, file, hasAuthor }: LinesRequest,
): readonly string[] {
  const author = hasAuthor
    ? ""
    : " -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com'";
  return [
    `if ${git} fetch --quiet --depth=1 ${remote} "${branch.ref}"; then`,
    `  ${here} checkout --quiet --detach FETCH_HEAD`,
    `elif [ "$GITHUB_REF" != "${branch.ref}" ]; then`,
    `  echo "::error::${branch.name ?? "the branch"} cannot be read here, or is not there: start this workflow on it"`,
    "  exit 1",
    "fi",
    `${here}${author} commit --quiet --allow-empty --no-verify -m "Smoke test of ${file}: empty, and taken back at once [skip ci]"`,
  ];
}

/** Pushes the commit as production pushes, and takes it back in the same way, if nobody has pushed in between. */
export function pushLines({ git, here, options, remote }: PushWords, { branch }: LinesRequest): readonly string[] {
  const push = [git, "push", ...options].join(" ");
  return [
    `${push} ${remote} "HEAD:${branch.ref}"`,
    `commit=$(${here} rev-parse HEAD)`,
    `echo "commit=$commit" >> "$GITHUB_OUTPUT"`,
    `${push} "--force-with-lease=${branch.ref}:$commit" ${remote} "HEAD^:${branch.ref}"`,
  ];
}
