import { headBranch } from "../git/head.ts";
import type { ReadEntry } from "../git/read-config.ts";
import { done, type Result } from "../script/walk.ts";
import type { Text } from "../text.ts";
import { readConfigOf, type GitCall } from "./git-call.ts";
import { meetPush } from "./meet-push.ts";
import { hasOption, readArguments } from "./options.ts";
import { NO_REFS, refsOf } from "./push-refs.ts";
import { defaultRemotes, placeOperands } from "./push-remotes.ts";

const PUSH_VALUES = ["-o", "--push-option", "--receive-pack", "--exec", "--repo", "--recurse-submodules", "--signed"];

/** `git push`: who is it, in every way in which this world's values may fall out. */
export function pushFromHere(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, PUSH_VALUES);
  const read = readConfigOf(call);
  const { entries } = read;
  const [first, ...refspecs] = placeOperands(call, args.operands, entries);
  const branch = call.found.kind === "found" ? headBranch(call.world.files, call.found.repository.gitDir) : undefined;
  const refs = refsOf(call, args.options, refspecs, branch);
  const isBare = refspecs.length === 0 && !hasOption(args, "--all", "--branches", "--mirror", "--tags");
  const config = isBare && pushesNothing(entries) ? { entries, problem: read.problem ?? NOTHING } : read;
  const named = first ?? args.options.get("--repo");
  const remotes = named === undefined ? defaultRemotes(entries, branch, call) : [{ remote: named, when: undefined }];
  for (const { remote, when } of remotes) meetPush(call, { remote, refs, config, isRead: false, when });
  return done(call.world, config.problem?.isFatal === true ? false : "likely");
}

const NOTHING = { isFatal: true, reason: "git stops: push.default is 'nothing', and no refspec is given" };

/** git-config(1), push.default. */
function pushesNothing(entries: readonly ReadEntry[]): boolean {
  const isDefault = ({ key }: ReadEntry): boolean =>
    key.section === "push" && key.subsection === undefined && key.name === "default";
  return entries.findLast(isDefault)?.value.toLowerCase() === "nothing";
}

/** `git clone`, `git ls-remote`: no push, but the same credential. */
export function readFromRemote(call: GitCall, remote: Text): readonly Result[] {
  if (call.walk.analysis.withReads) meetPush(call, { remote, refs: NO_REFS, config: readConfigOf(call), isRead: true });
  return done(call.world, "likely");
}
