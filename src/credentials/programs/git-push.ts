import { EMPTY, literal, optionsOf } from "../../shell/value.ts";
import { parseValue } from "../../shell/parse-script.ts";
import { outputOf } from "../../shell/output.ts";
import type { MetPush } from "../analysis.ts";
import { headBranch } from "../apply-effect.ts";
import { unknownIdentity } from "../identity.ts";
import { defaultPushRemote, isConfiguredRemote } from "../git/remote-urls.ts";
import type { ReadEntry } from "../git/read-config.ts";
import type { PushView } from "../push-view.ts";
import { resolvePush, type Resolved } from "../resolve-push.ts";
import { runStatements } from "../script/run-statements.ts";
import { scopeOf } from "../script/scope-of.ts";
import { byCommand, done, type Call, type Result } from "../script/walk.ts";
import { resolvePath } from "../paths.ts";
import { hasSymbol, symbolsIn, type Text, type TextOption } from "../text.ts";
import { NO_WORK, showCommit } from "../work.ts";
import { isContradicted, withShell } from "../world.ts";
import { configOf, wholeConfigOf, type GitCall } from "./git-call.ts";
import { readArguments } from "./options.ts";
import { workOf } from "./git-commit.ts";
import { refUpdates } from "./ref-updates.ts";

const PUSH_VALUES = ["-o", "--push-option", "--receive-pack", "--exec", "--repo", "--recurse-submodules", "--signed"];

/** `git push`: who is it, in every way in which this world's values may fall out. */
export function pushFromHere(call: GitCall): readonly Result[] {
  const args = readArguments(call.rest, PUSH_VALUES);
  const entries = configOf(call);
  const [first, ...others] = placeOperands(call, args.operands, entries);
  const branch = call.found.kind === "found" ? headBranch(call.world.files, call.found.repository.gitDir) : undefined;
  const refs = {
    ref: targetRef(args.options, others, branch),
    ...refsOf(call, args.options, others, branch),
  };
  const remote = first ?? args.options.get("--repo");
  if (remote !== undefined) meet(call, remote, refs, entries, false);
  else
    for (const chosen of defaultRemotes(entries, branch, call))
      meet(call, chosen.remote, refs, entries, false, chosen.when);
  return done(call.world, "likely");
}

/** `git clone`, `git ls-remote`: no push, but the same credential. */
export function readFromRemote(call: GitCall, remote: Text): readonly Result[] {
  if (call.walk.analysis.withReads) meet(call, remote, NO_REFS, configOf(call), true);
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

/** More combinations of values than this are not told apart. */
const MOST_COMBINATIONS = 8;

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

function meet(
  call: GitCall,
  remote: Text,
  refs: Refs,
  entries: readonly ReadEntry[],
  isRead: boolean,
  when?: string,
): void {
  const { walk, world, found } = call;
  if (!walk.isRecording) return;
  const site = { span: call.span, command: call.command };
  const own = walk.analysis.repository ?? walk.analysis.symbols.reference("github.repository", false);
  const record = (resolved: Resolved, also: string | undefined): void => {
    const isOwnRepository = resolved.repository === own;
    walk.analysis.record({ ...toMet(resolved, refs, world.facts, also), site, isRead, isOwnRepository });
  };
  if (found.kind === "unknown") return record(nothingKnown(call, found.reason), when);
  if (found.kind === "none" && !isRead && !/[:/]/.test(remote)) {
    return record(nothingKnown(call, "no repository was made or checked out here, as far as it is to be seen"), when);
  }
  const { unknown } = wholeConfigOf(call);
  if (unknown !== undefined) return record(nothingKnown(call, unknown), when);
  const view = viewOf(call, entries);
  const choices = choicesIn(view, remote, walk.analysis.symbols.meaningOf.bind(walk.analysis.symbols));
  for (const combination of combine(choices)) {
    const replace = (text: Text): Text =>
      combination.reduce((made, { symbol, option }) => made.replaceAll(symbol, option.text), text);
    if (combination.some(({ option }) => isContradicted(option.when, world.facts))) continue;
    const whens = [when, ...combination.map(({ option }) => option.when)].filter((text) => text !== undefined);
    const chosen = combination.length === 0 ? view : replaceIn(view, replace);
    record(resolvePush(chosen, replace(remote), isRead), whens.length === 0 ? undefined : whens.join(", and "));
  }
}

function toMet(
  resolved: Resolved,
  refs: Refs,
  facts: MetPush["facts"],
  when: string | undefined,
): Omit<MetPush, "site" | "isRead" | "isOwnRepository"> {
  return { ...resolved, ...refs, facts, when };
}

function nothingKnown(call: GitCall, reason: string): Resolved {
  const hops = [{ span: call.span, text: reason }];
  return { identity: unknownIdentity(reason), intended: undefined, hops, repository: undefined, isLocal: false };
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
    by: byCommand(call, "this push"),
    assumedRepository: walk.analysis.assumedRepository,
    runProgram: (script, args) => runForOutput(call, script, args),
  };
}

interface Choice {
  readonly symbol: string;
  readonly options: readonly TextOption[];
}

/** The symbols that stand for one of several texts, where they can matter. */
function choicesIn(view: PushView, remote: Text, meaningOf: PushView["symbols"]["meaningOf"]): readonly Choice[] {
  const relevant = view.entries.filter(
    ({ key }) =>
      key.section === "http" || key.section === "url" || key.section === "remote" || key.section === "credential",
  );
  const tokens = [view.variable("GH_TOKEN") ?? "", view.variable("GITHUB_TOKEN") ?? ""];
  const files = [...view.files.values()].map((file) =>
    file.kind === "text" && file.text.length < 4_000 ? file.text : "",
  );
  const asks = relevant.some(({ key }) => key.section === "credential");
  const texts = [
    remote,
    ...relevant.flatMap(({ key, value }) => [key.subsection ?? "", value]),
    ...files.filter((text) => /\bmachine\b|:\/\/[^/]*:|^.?$/.test(text)),
    ...(asks ? tokens : []),
  ];
  const seen = new Map<string, Choice>();
  const visit = (text: Text): void => {
    if (!hasSymbol(text)) return;
    for (const symbol of symbolsIn(text)) {
      const meaning = meaningOf(symbol);
      if (meaning.kind === "base64") visit(meaning.text);
      if (meaning.kind !== "choice" || seen.has(symbol)) continue;
      seen.set(symbol, { symbol, options: meaning.options });
      for (const option of meaning.options) visit(option.text);
    }
  };
  texts.forEach(visit);
  return [...seen.values()];
}

interface Picked {
  readonly symbol: string;
  readonly option: TextOption;
}

function combine(choices: readonly Choice[]): readonly (readonly Picked[])[] {
  let combinations: readonly (readonly Picked[])[] = [[]];
  for (const { symbol, options } of choices) {
    if (combinations.length * options.length > MOST_COMBINATIONS) break;
    combinations = combinations.flatMap((picked) => options.map((option) => [...picked, { symbol, option }]));
  }
  return combinations;
}

function replaceIn(view: PushView, replaceSymbols: (text: Text) => Text): PushView {
  const { symbols } = view;
  const replace = (text: Text): Text => {
    if (!hasSymbol(text)) return text;
    const made = replaceSymbols(text);
    return made.replace(/[\uE000-\uF8FF]/g, (symbol) => {
      const meaning = symbols.meaningOf(symbol);
      if (meaning.kind !== "base64") return symbol;
      const inner = replaceSymbols(meaning.text);
      return inner === meaning.text ? symbol : symbols.base64(inner);
    });
  };
  return {
    ...view,
    entries: view.entries.map((entry) => ({
      ...entry,
      value: replace(entry.value),
      key: entry.key.subsection === undefined ? entry.key : { ...entry.key, subsection: replace(entry.key.subsection) },
    })),
    variable: (name) => {
      const text = view.variable(name);
      return text === undefined ? undefined : replace(text);
    },
    files: new Map(
      [...view.files].map(([path, file]) => [
        path,
        file.kind === "text" ? { ...file, text: replace(file.text) } : file,
      ]),
    ),
  };
}

/** What a helper or an askpass program prints when git starts it. */
function runForOutput(call: Call, program: Text, args: readonly Text[]): Text {
  const { walk, world } = call;
  const { symbols } = walk.analysis;
  const file = world.files.get(resolvePath(world.shell.directory, program.split(" ")[0] ?? ""));
  const text = file?.kind === "text" ? file.text : program;
  const script = parseValue(symbols.decode(text.replace(/^#![^\n]*\n/, "")));
  if (script.kind === "unreadable") return symbols.unknown("the program that git asks cannot be read");
  const quiet = {
    ...walk,
    isRecording: false,
    depth: walk.depth + 1,
    source: { text: script.text, spanOf: () => call.span },
  };
  const exported = new Map([...world.shell.variables].filter(([, variable]) => variable.isExported));
  const inside = withShell(world, {
    printed: EMPTY,
    variables: exported,
    functions: new Map(),
    positional: args.map((arg) => literal(arg)),
  });
  if (quiet.depth > 12) return "";
  const ends = runStatements(script.statements, inside, { walk: quiet, isTested: true, input: undefined });
  const [first] = ends;
  if (first === undefined) {
    const [statement] = script.statements;
    return statement === undefined ? "" : symbols.encode(outputOf(statement, scopeOf(quiet, inside)));
  }
  return symbols.choose(
    ends.flatMap(({ world }) =>
      optionsOf(world.shell.printed ?? EMPTY).map(({ value, when }) => ({ text: symbols.encode(value), when })),
    ),
  );
}
