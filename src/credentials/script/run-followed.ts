import { follow } from "../../shell/follow.ts";
import { findForeignProgram } from "../../shell/foreign-program.ts";
import { outputOfCommand } from "../../shell/output.ts";
import { parseValue } from "../../shell/parse-script.ts";
import type { Field } from "../../shell/scope.ts";
import type { Command } from "../../shell/script.ts";
import type { Run } from "../../shell/unwrapped.ts";
import { NO_OPTIONS } from "../../shell/shell-options.ts";
import { literal, literalOf } from "../../shell/value.ts";
import type { Analysis, MetPush } from "../analysis.ts";
import type { Hop } from "../evidence.ts";
import { unknownIdentity } from "../identity.ts";
import { forgetTouched } from "../programs/touched-files.ts";
import { findTool } from "../tools/find-tool.ts";
import { resolvePath } from "../paths.ts";
import { hasSymbol } from "../text.ts";
import { whyOutOfSight } from "../traces/may-reach-server.ts";
import { mergeOutcomes, withShell, type Outcome, type World } from "../world.ts";
import { callOf } from "./call-of.ts";

import { meetElsewhere, withUnknown } from "./elsewhere.ts";
import { start } from "./run-command.ts";
import { meetForeignPushes } from "./foreign-pushes.ts";
import { noticeOutOfSight } from "./notice.ts";
import { endShell } from "./traps.ts";
import { enterProcess, leaveProcess, leaveSource } from "./process.ts";
import { print } from "./redirect.ts";
import { runStatements, type Place } from "./run-statements.ts";
import { statusOfGrep } from "../programs/grep.ts";
import { scopeOf } from "./scope-of.ts";
import { sourceOfCommand, sourceOfFile } from "./script-source.ts";
import { MOST_LEVELS, type Call, type Walk } from "./walk.ts";

/** A script of the repository, `make target`, `npm run name`: followed where its file is in sight. */
export function runFollowed(run: Run, command: Command, world: World, place: Place): readonly Outcome[] {
  const { walk } = place;
  const { directory } = world.shell;
  const followed = follow(run, {
    directory: hasSymbol(directory) ? undefined : directory,
    root: walk.root,
    readRepositoryFile: (path) => {
      // What the job has written is there in the place of what the repository has.
      const written = world.files.get(`${walk.root}/${path}`);
      if (written?.kind !== "text") return walk.analysis.readRepositoryFile(path);
      return hasSymbol(written.text) ? undefined : written.text;
    },
  });
  if (followed.kind !== "scripts" || walk.depth >= MOST_LEVELS) {
    const fields = run.kind === "program" ? run.fields : [];
    if (run.kind === "program" && walk.isRecording) meetTool(command, fields, world, place);
    meetPassed(command, fields, world, place);
    meetForeignProgram(fields, world, { ...place, walk: { ...walk, source: commandSource(command, place) } });
    noticeOutOfSight(whyOutOfSight(followed, fields, walk.analysis.symbols), command, place);
    const output =
      world.shell.printed === undefined
        ? undefined
        : outputOfCommand(
            { ...command, redirections: [] },
            fields,
            { ...scopeOf(walk, world), output: undefined as never },
            place.input,
          );
    const files = forgetTouched(callOf(command, fields, world, place));
    return [
      { world: print({ ...world, files }, output), status: statusOfProgram(callOf(command, fields, world, place)) },
    ];
  }
  let outcomes: readonly Outcome[] = [{ world, status: true }];
  for (const script of followed.scripts) {
    if (script.script.kind === "unreadable") {
      noticeOutOfSight(`${script.path} cannot be read: ${script.script.reason}`, command, place);
      continue;
    }
    const inner: Walk = {
      ...walk,
      source: sourceOfFile(script.path, script.script.text, script.line),
      dialect: script.dialect,
      depth: walk.depth + 1,
    };
    const { statements } = script.script;
    outcomes = mergeOutcomes(
      outcomes.flatMap((outcome) => {
        if (outcome.jump !== undefined) return [outcome];
        const started = script.isProcess ? enterProcess(outcome.world, script.options) : outcome.world;
        const entered = withShell(withOwnPath(started, script, walk), {
          ...(script.positional === undefined ? {} : { positional: script.positional.map(({ value }) => value) }),
          ...(script.directory === undefined ? {} : { directory: script.directory }),
        });
        const inside = { ...place, walk: inner };
        const ends = runStatements(statements, entered, inside);
        return script.isProcess
          ? endShell(ends, inside).map((end) => leaveProcess(end, outcome.world))
          : ends.map((end) => leaveSource(end, outcome.world));
      }),
    );
  }
  return outcomes;
}

/** What build tools run of their own files has no path of its own. */
const RECIPES = /(?:^|\/)(?:package\.json|(?:GNU)?makefile|justfile)$|\.mk$/i;

/** `$0` and `BASH_SOURCE`: where a script looks for its neighbours. What is sourced keeps the `$0` of who sources it. */
function withOwnPath(world: World, { path, isProcess }: { path: string; isProcess: boolean }, { root }: Walk): World {
  if (RECIPES.test(path)) return world;
  const { shell } = world;
  const own = literal(`${root}/${path}`);
  const arrays = new Map(shell.arrays).set("BASH_SOURCE", [own, ...(shell.arrays.get("BASH_SOURCE") ?? [])]);
  const variables = isProcess ? new Map(shell.variables).set("0", { value: own, isExported: false }) : shell.variables;
  return withShell(world, { arrays, variables });
}

/** Programs that start what stands behind them with the variables and in the directory that they have got themselves. */
const PASSING: ReadonlySet<string> = new Set(
  "asdf aws-vault bundle bunx conda dbus-run-session devbox direnv doppler dotenv dotenvx hatch micromamba mise nix nix-shell npm npx op pdm pipenv pixi pnpm poetry rye uv uvx with-retry yarn".split(
    " ",
  ),
);

/** `poetry run git push`: whoever starts git decides what git finds. */
function meetPassed(command: Command, fields: readonly Field[], world: World, place: Place): void {
  const words = fields.map(({ value }) => literalOf(value));
  const at = words.findIndex((word, index) => index > 0 && word !== undefined && /^(?:.*\/)?git$/.test(word));
  if (at < 0 || !place.walk.isRecording || !words.slice(at + 1).includes("push")) return;
  const name = words[0] ?? "";
  const rest = fields.slice(at);
  if (PASSING.has(name)) start(command, rest, [], enterProcess(world, NO_OPTIONS), place);
  else
    meetElsewhere(
      { fields: rest, reason: `what \`${name}\` makes of the command behind it is not known` },
      command,
      world,
      place,
    );
}

/** All that is met in a program of another language stands where its command does. */
function commandSource(command: Command, { walk }: Place): Walk["source"] {
  const { source } = walk;
  const span = source.spanOf(command.start, command.end);
  return { text: source.text, spanOf: () => span, label: source.label };
}

/** `python -c "subprocess.run(['git', 'push'])"`: its pushes, as far as they are written out. */
function meetForeignProgram(fields: readonly Field[], world: World, { walk, input }: Place): void {
  const program = walk.isRecording ? findForeignProgram(fields, input) : undefined;
  if (program === undefined) return;
  const { symbols } = walk.analysis;
  const written =
    program.path === undefined ? undefined : world.files.get(resolvePath(world.shell.directory, program.path));
  const text =
    program.text !== undefined
      ? symbols.encode(program.text)
      : written?.kind === "text"
        ? written.text
        : readRepositoryText(program.path, world, walk);
  if (text === undefined) return;
  const reason = `the program is written in ${program.language}, which is not read`;
  meetForeignPushes({ text, reason, world: enterProcess(world, NO_OPTIONS), walk });
}

function readRepositoryText(path: string | undefined, world: World, { analysis, root }: Walk): string | undefined {
  const full = path === undefined ? "" : resolvePath(world.shell.directory, path);
  return full.startsWith(`${root}/`) ? analysis.readRepositoryFile(full.slice(root.length + 1)) : undefined;
}

/** A tool that pushes by itself: what it does besides is not followed. */
function meetTool(command: Command, fields: readonly Field[], world: World, place: Place): void {
  const call = callOf(command, fields, world, place);
  const tool = findTool(call);
  if (tool === undefined) return;
  const { run, note, reason } = tool;
  const label = call.command;
  const record: Analysis["record"] = (met) =>
    place.walk.analysis.record(note === undefined ? met : assume(met, { span: call.span, text: note }));
  const noted = { ...place.walk.analysis, record };
  const analysis = reason === undefined ? noted : withUnknown(noted, reason);
  const source = { ...sourceOfCommand(run, call.span), label };
  const script = parseValue(place.walk.analysis.symbols.decode(run));
  if (script.kind === "unreadable") return;
  runStatements(script.statements, world, {
    ...place,
    walk: { ...place.walk, analysis, source, depth: place.walk.depth + 1 },
  });
}

/** What may push here, and is not seen to. Where it could not with what is in sight, it has something of its own, or does not push. */
function assume(met: MetPush, hop: Hop): MetPush {
  const hops = [{ ...hop, isAssumed: true }, ...met.hops];
  if (met.identity.kind !== "none") return { ...met, hops };
  const reason = "what runs here is out of sight, and git is given no credential in sight";
  return { ...met, identity: unknownIdentity(reason), intended: undefined, stop: undefined, hops };
}

/** Programs that answer a question by how they end. */
const QUESTIONS = new Set([
  "grep",
  "egrep",
  "fgrep",
  "rg",
  "diff",
  "cmp",
  "which",
  "type",
  "hash",
  "pgrep",
  "jq",
  "test-ref",
]);

function statusOfProgram(call: Call): Outcome["status"] {
  const [first] = call.fields;
  const name = first === undefined ? undefined : literalOf(first.value);
  if (name === "grep" || name === "egrep" || name === "fgrep") return statusOfGrep(call);
  return name !== undefined && QUESTIONS.has(name) ? "open" : "likely";
}
