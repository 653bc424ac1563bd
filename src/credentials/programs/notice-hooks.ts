import { isInTree } from "../files.ts";
import { hasSymbol, type Text } from "../text.ts";
import type { GitCall } from "./git-call.ts";
import { fileAt, hooksFolder, shellOf } from "./git-hooks.ts";

const COMMIT = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-rewrite"];
const MERGE = ["pre-merge-commit", "prepare-commit-msg", "commit-msg", "post-merge"];

/** The hooks that git's commands start: githooks(5). */
const HOOKS: Readonly<Record<string, readonly string[]>> = {
  am: ["applypatch-msg", "pre-applypatch", "post-applypatch"],
  checkout: ["post-checkout"],
  "cherry-pick": COMMIT,
  commit: COMMIT,
  merge: MERGE,
  pull: [...MERGE, "pre-rebase", "post-checkout", "post-rewrite"],
  push: ["pre-push"],
  rebase: ["pre-rebase", "post-checkout", ...COMMIT],
  revert: COMMIT,
  switch: ["post-checkout"],
  worktree: ["post-checkout"],
};

/** Those that are walked through behind their command, where a shell runs them. */
const FOLLOWED: Readonly<Record<string, string>> = { commit: "post-commit", merge: "post-merge" };

/** Says of a hook that a command starts, and that is not followed, that it may use whatever credential there is. */
export function noticeHooks(call: GitCall): void {
  const { walk, subcommand = "", span } = call;
  const { analysis, isRecording } = walk;
  const hooks = Object.hasOwn(HOOKS, subcommand) ? HOOKS[subcommand] : undefined;
  if (hooks === undefined || analysis.notice === undefined || !isRecording) return;
  const folder = hooksFolder(call);
  // `core.hooksPath=/dev/null` is how people turn hooks off.
  if (folder === undefined || folder.startsWith("/dev/")) return;
  const say = (what: string): void =>
    analysis.notice?.({
      kind: "out-of-sight",
      span,
      text: `\`git ${subcommand}\` starts ${what}, which is not followed`,
    });
  if (hasSymbol(folder)) return say("the hooks of a folder whose name is computed");
  if (!isInSight(folder, call)) return say(`the hooks of ${analysis.symbols.show(folder)}`);
  for (const hook of hooks) {
    const file = fileAt(call, `${folder}/${hook}`);
    const isFollowed = FOLLOWED[subcommand] === hook && file?.kind === "text" && shellOf(file.text) !== undefined;
    if (file !== undefined && !isFollowed) return say(`the hook ${hook}`);
    // husky sets core.hooksPath to a folder that it makes when packages are installed, and runs these from there.
    if (call.variable("HUSKY") !== "0" && analysis.readRepositoryFile(`.husky/${hook}`) !== undefined)
      return say(`husky's hook ${hook}`);
  }
}

/** Whether its hooks are known: it is the repository's own, or the job writes in it. */
function isInSight(folder: Text, { world, walk, found }: GitCall): boolean {
  const isOwn = found.kind === "found" && isInTree(folder, found.repository.gitDir);
  return isOwn || isInTree(folder, walk.root) || [...world.files.keys()].some((path) => isInTree(path, folder));
}
