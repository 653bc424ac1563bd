import { NONE, unknownIdentity } from "../identity.ts";
import type { ReadConfig, ReadEntry } from "../git/read-config.ts";
import type { PushView } from "../push-view.ts";
import { resolvePush, type Resolved } from "../resolve-push.ts";
import { byCommand } from "../script/walk.ts";
import type { Text } from "../text.ts";
import { emptyIn, isContradicted } from "../conditions/decide-in.ts";
import { FOREIGN_OWNER, mayHaveForeignOwner } from "./foreign-owner.ts";
import type { GitCall } from "./git-call.ts";
import { whyUnseen, withoutRepository } from "./no-repository.ts";
import { ownRepository } from "./own-repository.ts";
import { choicesOf, replaceIn } from "./push-choices.ts";
import type { Refs } from "./push-refs.ts";
import { runForOutput } from "./run-for-output.ts";

/** A push (or with `isRead` a fetch) to a remote or a URL. */
export interface Contact {
  readonly remote: Text;
  readonly refs: Refs;
  readonly config: ReadConfig;
  readonly isRead: boolean;
  readonly when?: string | undefined;
}

/** Records who it is, in every way in which this world's values may fall out. */
export function meetPush(call: GitCall, contact: Contact): void {
  const { walk, world } = call;
  if (!walk.isRecording) return;
  const { refs, isRead } = contact;
  const { own, name } = ownRepository(world, walk.analysis);
  for (const { resolved, whens, url } of answersFor(call, contact)) {
    const isOwnRepository = resolved.repository === own && resolved.otherHost === undefined;
    const site = { span: call.span, command: commandOf(call), url };
    const when = whens.length === 0 ? undefined : whens.join(", and ");
    const repository = name === undefined ? resolved.repository : resolved.repository?.replaceAll(own, name);
    walk.analysis.record({ ...resolved, repository, ...refs, facts: world.facts, when, site, isRead, isOwnRepository });
  }
}

/** As it is written; where that is only `"$@"`, as it is run. */
function commandOf({ command, fields, walk }: GitCall): string {
  const { symbols } = walk.analysis;
  if (!/^"?\$[@*{\w][^\s"]*"?$/.test(command.trim())) return command;
  return fields.map(({ value }) => symbols.show(symbols.encode(value))).join(" ");
}

interface Answer {
  readonly resolved: Resolved;
  readonly whens: readonly string[];
  /** Which of the remote's URLs. */
  readonly url: number;
}

function answersFor(call: GitCall, contact: Contact): readonly Answer[] {
  const { walk, world, found } = call;
  const { remote, config, isRead, when } = contact;
  const always = when === undefined ? [] : [when];
  const unknown = (reason: string, ...whens: readonly string[]): Answer => ({
    resolved: nothingKnown(call, reason),
    whens: [...always, ...whens],
    url: 0,
  });
  const more = world.standsForMore === true ? [unknown(MORE_WAYS, "the job takes another of its many ways")] : [];
  if (found.kind === "unknown") return [unknown(found.reason)];
  // git pushes from no other folder, to a URL either; a repository made out of sight has a configuration out of sight.
  if (found.kind === "none" && !isRead) {
    const reason = whyUnseen(call);
    return reason === undefined
      ? [{ resolved: nobody(call, withoutRepository(call)), whens: always, url: 0 }, ...more]
      : [unknown(`no repository is in sight here, and ${reason}: if not, write actions/checkout before this push`)];
  }
  const { problem } = config;
  if (problem !== undefined)
    return problem.isFatal
      ? [{ resolved: nobody(call, problem.reason), whens: always, url: 0 }, ...more]
      : [unknown(problem.reason)];
  const answers: Answer[] = [];
  const { facts } = world;
  const empty = emptyIn(facts, walk.analysis);
  for (const way of waysOf(config.entries)) {
    if (isContradicted(way.when, facts, walk.analysis)) continue;
    const view = viewOf(call, way.entries);
    const replace = (text: Text): Text => [...empty].reduce((made, symbol) => made.replaceAll(symbol, ""), text);
    for (const choice of choicesOf(empty.size === 0 ? view : replaceIn(view, replace), replace(remote))) {
      if (choice.whens.some((text) => isContradicted(text, facts, walk.analysis))) continue;
      const whens = [...always, ...(way.when === undefined ? [] : [way.when]), ...choice.whens];
      for (const [url, resolved] of resolvePush(choice.view, choice.remote, isRead).entries()) {
        answers.push({ resolved, whens, url });
        // git ends where a server turns it away (exit code 128), and comes to no other URL of the remote.
        if (resolved.identity.kind === "none" && !resolved.isLocal) break;
      }
    }
    if (way.isOneOfMore) more.push(unknown("too many conditions of includes are not known", "others of them hold"));
  }
  if (!isRead && mayHaveForeignOwner(call, config.entries))
    answers.push({
      resolved: nobody(call, DUBIOUS),
      whens: [FOREIGN_OWNER],
      url: 0,
    });
  return [...answers, ...more];
}

const DUBIOUS =
  "git stops: the workspace is another user's ('dubious ownership'): write `git config --global --add safe.directory \"$GITHUB_WORKSPACE\"` before this push";
const MORE_WAYS = "there are more ways through the job than are told apart";

interface Way {
  readonly entries: readonly ReadEntry[];
  readonly when: string | undefined;
  /** It also stands for ways that are not told apart. */
  readonly isOneOfMore: boolean;
}

/** Conditions of includes that nobody can tell. */
const MOST_CONDITIONS = 2;

/** The configuration with and without what is included under conditions that nobody can tell. */
function waysOf(entries: readonly ReadEntry[]): readonly Way[] {
  const conditions = [...new Set(entries.flatMap(({ when }) => (when === undefined ? [] : [when])))];
  const isOneOfMore = conditions.length > MOST_CONDITIONS;
  let ways: readonly Way[] = [{ entries, when: undefined, isOneOfMore }];
  for (const condition of conditions.slice(0, MOST_CONDITIONS))
    ways = ways.flatMap((way) => [
      { entries: way.entries, when: both(way.when, condition), isOneOfMore },
      {
        entries: way.entries.filter((entry) => entry.when !== condition),
        when: both(way.when, `not: ${condition}`),
        isOneOfMore,
      },
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
  return { ...nothingKnown(call, reason), identity: NONE, stop: reason.replace(/^git stops: /, "") };
}
/** All that decides who a call of git is. */
function viewOf(call: GitCall, entries: readonly ReadEntry[]): PushView {
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
    unseen: { onRunner: walk.analysis.unseenOnRunner, byNow: walk.analysis.unseenRepository },
    runProgram: (script, args) => runForOutput(call, script, args),
  };
}
