import type { MetPush } from "../analysis.ts";
import { headBranch } from "../git/head.ts";
import { NONE, unknownIdentity } from "../identity.ts";
import { defaultPushRemote, isConfiguredRemote } from "../git/remote-urls.ts";
import type { ReadConfig, ReadEntry } from "../git/read-config.ts";
import type { PushView } from "../push-view.ts";
import { resolvePush, type Resolved } from "../resolve-push.ts";
import { byCommand, done, type Call, type Result } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import { NO_WORK, showCommit } from "../work.ts";
import { isContradicted } from "../world.ts";
import { readConfigOf, type GitCall } from "./git-call.ts";
import { choicesOf } from "./push-choices.ts";
import { runForOutput } from "./run-for-output.ts";
import { hasOption, readArguments } from "./options.ts";
import { workOf } from "./git-commit.ts";
import { refUpdates } from "./ref-updates.ts";

const PUSH_VALUES = ["-o", "--push-option", "--receive-pack", "--exec", "--repo", "--recurse-submodules", "--signed"];

/** `git push`: who is it, in every way in which this world's values may fall out. */
export function pushFromHere(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, PUSH_VALUES);
  const read = readConfigOf(call);
  const { entries } = read;
  const [first, ...others] = placeOperands(call, args.operands, entries);
  const branch = call.found.kind === "found" ? headBranch(call.world.files, call.found.repository.gitDir) : undefined;
  const refs = {
    ref: targetRef(args.options, others, branch),
    ...refsOf(call, args.options, others, branch),
  };
  const isBare = others.length === 0 && !hasOption(args, "--all", "--branches", "--mirror", "--tags");
  const config = isBare && pushesNothing(entries) ? { entries, problem: read.problem ?? NOTHING } : read;
  const remote = first ?? args.options.get("--repo");
  if (remote !== undefined) meet(call, remote, refs, config, false);
  else
    for (const chosen of defaultRemotes(entries, branch, call))
      meet(call, chosen.remote, refs, config, false, chosen.when);
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
  if (call.walk.analysis.withReads) meet(call, remote, NO_REFS, readConfigOf(call), true);
  return done(call.world, "likely");
}

/** What may be no argument at all stands in front of the remote: `git push $FORCE origin main`, `git push "${leases[@]}" "$url"`. */
function placeOperands(call: GitCall, operands: readonly Text[], entries: readonly ReadEntry[]): readonly Text[] {
  const [first, second] = operands;
  // Behind `--` stands the remote: what is computed in front of it are options.
  const dashes = call.rest.indexOf("--");
  const behind = dashes < 0 ? operands.length : call.rest.length - dashes - 1;
  if (behind > 0 && behind < operands.length && first !== undefined && first.length === 1 && hasSymbol(first))
    return operands.slice(operands.length - behind);
  const isMaybe =
    first !== undefined &&
    call.fields.some(({ value, isOne }) => !isOne && call.walk.analysis.symbols.encode(value) === first);
  const isRemote = second !== undefined && (isConfiguredRemote(entries, second) || second.includes("://"));
  return isMaybe && isRemote ? operands.slice(1) : operands;
}

interface Chosen {
  readonly remote: Text;
  readonly when: string | undefined;
}

/** A bare push: the branch decides, and where its name is not known, so does each branch that has a remote of its own. */
function defaultRemotes(entries: readonly ReadEntry[], branch: Text | undefined, { walk }: Call): readonly Chosen[] {
  const isKnown = branch !== undefined && !hasSymbol(branch);
  const others = isKnown
    ? []
    : entries.filter(
        ({ key }) =>
          key.section === "branch" &&
          key.subsection !== undefined &&
          (key.name === "pushremote" || key.name === "remote"),
      );
  const fallback = defaultPushRemote(entries, branch);
  const own = others.map(({ key, value }) => ({
    remote: value,
    when: `the branch is ${walk.analysis.symbols.show(key.subsection ?? "")}`,
  }));
  const isSame = own.every(({ remote }) => remote === fallback.name);
  if (isSame) return [{ remote: fallback.name, when: undefined }];
  return [...own.toReversed(), { remote: fallback.name, when: "the branch is another" }];
}

/** The ref that a push changes on the server, without `refs/heads/`; undefined where there are several or none is known. */
function targetRef(
  options: ReadonlyMap<string, Text>,
  refspecs: readonly Text[],
  branch: Text | undefined,
): Text | undefined {
  if (["--all", "--mirror", "--branches", "--tags"].some((name) => options.has(name)) && refspecs.length === 0)
    return undefined;
  const [refspec, ...others] = refspecs;
  if (others.length > 0)
    return refspecs.every((other) => other === refspec) ? refspec : shortRef(refspecs[0] ?? "", branch);
  return refspec === undefined ? branch : shortRef(refspec, branch);
}

function shortRef(refspec: Text, branch: Text | undefined): Text | undefined {
  const plain = refspec.replace(/^\+/, "");
  const colon = plain.lastIndexOf(":");
  const target = colon < 0 ? plain : plain.slice(colon + 1);
  if (target === "HEAD" || target === "@" || target === "") return branch;
  return target.replace(/^refs\/(?:heads|tags)\//, "");
}

/** What a push updates, and with what. */
type Refs = Pick<MetPush, "ref" | "updates" | "commit">;

const NO_REFS: Refs = { ref: undefined, updates: [], commit: undefined };

function refsOf(
  call: GitCall,
  options: ReadonlyMap<string, Text>,
  refspecs: readonly Text[],
  branch: Text | undefined,
): Pick<Refs, "updates" | "commit"> {
  const { symbols } = call.walk.analysis;
  const work = workOf(call) ?? NO_WORK;
  const updates = refUpdates(options, refspecs, { branch, tags: work.tags, symbols });
  const { commit } = work;
  const isPushed = commit !== undefined && commit.branch === branch && updates.some(({ isHead }) => isHead);
  return { updates, commit: isPushed && !commit.isMixed ? showCommit(commit) : undefined };
}

function meet(call: GitCall, remote: Text, refs: Refs, config: ReadConfig, isRead: boolean, when?: string): void {
  const { walk, world, found } = call;
  if (!walk.isRecording) return;
  const own = walk.analysis.repository ?? walk.analysis.symbols.reference("github.repository", false);
  const record = (resolved: Resolved, also: readonly (string | undefined)[], url = 0): void => {
    const site = { span: call.span, command: call.command, url };
    const isOwnRepository = resolved.repository === own;
    const whens = also.filter((text) => text !== undefined);
    const condition = whens.length === 0 ? undefined : whens.join(", and ");
    walk.analysis.record({ ...resolved, ...refs, facts: world.facts, when: condition, site, isRead, isOwnRepository });
  };
  if (found.kind === "unknown") return record(nothingKnown(call, found.reason), [when]);
  if (found.kind === "none" && !isRead && !/[:/]/.test(remote))
    return record(nothingKnown(call, "no repository was made or checked out here, as far as it is to be seen"), [when]);
  const { problem } = config;
  if (problem !== undefined)
    return record(problem.isFatal ? nobody(call, problem.reason) : nothingKnown(call, problem.reason), [when]);
  for (const way of waysOf(config.entries)) {
    if (isContradicted(way.when, world.facts)) continue;
    const view = viewOf(call, way.entries);
    for (const choice of choicesOf(view, remote)) {
      if (choice.whens.some((text) => isContradicted(text, world.facts))) continue;
      for (const [url, resolved] of resolvePush(choice.view, choice.remote, isRead).entries())
        record(resolved, [when, way.when, ...choice.whens], url);
    }
  }
}

interface Way {
  readonly entries: readonly ReadEntry[];
  readonly when: string | undefined;
}

/** Conditions of includes that nobody can tell. */
const MOST_CONDITIONS = 2;

/** The configuration with and without what is included under conditions that nobody can tell. */
function waysOf(entries: readonly ReadEntry[]): readonly Way[] {
  const conditions = [...new Set(entries.flatMap(({ when }) => (when === undefined ? [] : [when])))];
  let ways: readonly Way[] = [{ entries, when: undefined }];
  for (const condition of conditions.slice(0, MOST_CONDITIONS))
    ways = ways.flatMap((way) => [
      { entries: way.entries, when: both(way.when, condition) },
      { entries: way.entries.filter((entry) => entry.when !== condition), when: both(way.when, `not: ${condition}`) },
    ]);
  return ways;
}

function both(a: string | undefined, b: string): string {
  return a === undefined ? b : `${a}, and ${b}`;
}

function nothingKnown(call: GitCall, reason: string): Resolved {
  const hops = [{ span: call.span, text: reason }];
  return { identity: unknownIdentity(reason), intended: undefined, hops, repository: undefined, isLocal: false };
}

/** git stops before it speaks to anybody. */
function nobody(call: GitCall, reason: string): Resolved {
  return { ...nothingKnown(call, reason), identity: NONE };
}

/** All that decides who a call of git is. */
export function viewOf(call: GitCall, entries: readonly ReadEntry[]): PushView {
  const { walk, world, found } = call;
  return {
    symbols: walk.analysis.symbols,
    files: world.files,
    repository: found.kind === "found" ? found.repository : undefined,
    entries,
    variable: call.variable,
    directory: (found.kind === "found" ? found.repository.top : undefined) ?? call.directory,
    by: byCommand(call, "this push"),
    assumedRepository: walk.analysis.assumedRepository,
    runProgram: (script, args) => runForOutput(call, script, args),
  };
}
