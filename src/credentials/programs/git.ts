import { unknown, EMPTY } from "../../shell/value.ts";
import { headBranch } from "../git/head.ts";
import { done, type Call, type Program, type Result } from "../script/walk.ts";
import { cloneRepository, initRepository, addWorktree, switchBranch, updateSubmodules } from "./git-repositories.ts";
import { defaultFetchRemote } from "../git/remote-urls.ts";
import { runGitConfig } from "./git-config.ts";
import { runGitCredential } from "./git-credential.ts";
import { commitFiles, makeTag, mixCommits, pullCommits, resetCommits, stageFiles } from "./git-commit.ts";
import { readGitCall, configOf, type GitCall } from "./git-call.ts";
import { pushFromHere, readFromRemote } from "./git-push.ts";
import { withHook } from "./git-hooks.ts";
import { noticeLazyFetch } from "./lazy-fetch.ts";
import { noticeHooks } from "./notice-hooks.ts";
import { runGitRemote } from "./git-remote.ts";
import { knownTool } from "../tools/known-tools.ts";
import { runAlias } from "./git-alias.ts";
import { readArguments } from "./options.ts";

type GitCommand = (call: GitCall) => readonly Result[];

/** What git's commands do to what decides a push. Those that are not here change nothing of it. */
const COMMANDS: Readonly<Record<string, GitCommand>> = {
  push: (call) => pushFromHere(call),
  config: runGitConfig,
  remote: runGitRemote,
  clone: cloneRepository,
  init: initRepository,
  worktree: addWorktree,
  add: stageFiles,
  rm: stageFiles,
  mv: stageFiles,
  commit: (call) => withHook(call, commitFiles(call), "post-commit"),
  merge: (call) => withHook(call, mixCommits(call), "post-merge"),
  "cherry-pick": mixCommits,
  am: mixCommits,
  revert: mixCommits,
  reset: resetCommits,
  tag: makeTag,
  checkout: switchBranch,
  switch: switchBranch,
  submodule: updateSubmodules,
  credential: runGitCredential,
  fetch: readFromDefault,
  pull: (call) => readFromDefault(call).map((result) => ({ ...result, world: pullCommits(call, result.world) })),
  lfs: (call) =>
    /^(?:pull|fetch|push|clone)$/.test(call.rest[0] ?? "") ? readFromRemote(call, "origin") : plain(call),
  "ls-remote": (call) => readFromRemote(call, readArguments(call.rest).operands[0] ?? "origin"),
  subtree: (call) => {
    const [action, remote, ref] = readArguments(call.rest, ["-P", "--prefix", "-m", "--message"]).operands;
    return action === "push" && remote !== undefined
      ? pushFromHere({ ...call, rest: [remote, ref ?? ""] })
      : plain(call);
  },
  "rev-parse": revParse,
  "symbolic-ref": (call) => branchOutput(call),
  branch: (call) => (call.rest.includes("--show-current") ? branchOutput(call) : plain(call)),
  diff: question,
  "diff-index": question,
  "diff-files": question,
  "show-ref": question,
  "merge-base": question,
  "cat-file": question,
};

export const runGit: Program = (call) => {
  const git = readGitCall(call);
  const name = git.subcommand;
  if (name === undefined) return plain(call);
  noticeLazyFetch(git);
  noticeHooks(git);
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name]?.(git) ?? plain(call);
  return runAlias(git, runGit) ?? runExtension(git, name);
};

/** git(1): a command that is neither git's own nor an alias is a program, `git-NAME`. */
function runExtension(call: GitCall, name: string): readonly Result[] {
  const words = call.rest;
  const push = words.includes("--dry-run") ? undefined : knownTool(`git-${name}`)?.push(words, call);
  if (typeof push !== "string") return plain(call);
  return pushFromHere({ ...call, rest: push.split(" ").slice(2) });
}

const FETCH_VALUES = [
  "--depth",
  "--deepen",
  "--shallow-since",
  "--shallow-exclude",
  "-j",
  "--jobs",
  "--refmap",
  "-s",
  "-X",
];

/** `git fetch`, `git pull`: from the branch's remote, where none is named. */
function readFromDefault(call: GitCall): readonly Result[] {
  if (!call.walk.analysis.withReads) return plain(call);
  const entries = configOf(call);
  const branch = call.found.kind === "found" ? headBranch(call.world.files, call.found.repository.gitDir) : undefined;
  const [remote] = readArguments(call.rest, FETCH_VALUES).operands;
  return readFromRemote(call, remote ?? defaultFetchRemote(entries, branch));
}

function plain({ world }: Call): readonly Result[] {
  return done(world, "likely");
}

/** A command whose answer the script asks for: `git diff --quiet`. */
function question({ world, rest }: GitCall): readonly Result[] {
  const asks = rest.some(
    (arg) =>
      arg === "--quiet" ||
      arg === "--exit-code" ||
      arg === "-e" ||
      arg === "--is-ancestor" ||
      arg === "--verify" ||
      arg === "-q",
  );
  return done(world, asks ? "open" : "likely");
}

function branchOutput(call: GitCall): readonly Result[] {
  const branch = call.found.kind === "found" ? headBranch(call.world.files, call.found.repository.gitDir) : undefined;
  const output = branch === undefined ? undefined : call.walk.analysis.symbols.decode(`${branch}\n`);
  return done(call.world, "likely", output);
}

function revParse(call: GitCall): readonly Result[] {
  const { rest, found, world, walk } = call;
  const { symbols } = walk.analysis;
  if (found.kind === "found" && rest.includes("--show-toplevel") && found.repository.top !== undefined)
    return done(world, true, symbols.decode(`${found.repository.top}\n`));
  if (found.kind === "found" && (rest.includes("--git-dir") || rest.includes("--absolute-git-dir")))
    return done(world, true, symbols.decode(`${found.repository.gitDir}\n`));
  if (rest.includes("--abbrev-ref")) return branchOutput(call);
  const asks = rest.includes("--verify") || rest.includes("--is-inside-work-tree") || rest.includes("-q");
  return done(world, asks ? "open" : "likely", rest.length === 0 ? EMPTY : unknown("what `git rev-parse` prints"));
}
