import type { Scalar } from "../../ir/node.ts";
import { remember } from "../../ir/remember.ts";
import type { RunStep } from "../../ir/workflow.ts";
import type { Expression } from "../../expressions/ast.ts";
import { readRun, type ReadRun } from "../../shell/read-run.ts";
import { findShells, type Shell } from "../../shell/which-shell.ts";
import { parseScript } from "../../shell/parse-script.ts";
import type { ParsedScript } from "../../shell/script.ts";
import { NO_OPTIONS, type ShellOptions } from "../../shell/shell-options.ts";
import { literal, unknown, type Value } from "../../shell/value.ts";
import { readEnvFile, type EnvFile } from "../../shell/env-file.ts";
import { withoutTree } from "../files.ts";
import { resolvePath, WORKSPACE } from "../paths.ts";
import { hasSymbol, type Text } from "../text.ts";
import { runStatements } from "../script/run-statements.ts";
import { sourceOfCommand, sourceOfScalar, type ScriptSource } from "../script/script-source.ts";
import { endShell } from "../script/traps.ts";
import type { Walk } from "../script/walk.ts";
import type { Outcome, Variable, World } from "../world.ts";
import { mayExportFromCode, mayExportUnseen, withMoreVariables, withUnseenVariables } from "./unseen-variables.ts";
import { contextsOf, nameOfEnd, type JobContext } from "./job-context.ts";
import { evaluateExpression, evaluateText, textOfOutcomes } from "./evaluate-expression.ts";
import { defaultVariables, ENV_FILE, OUTPUT_FILE, processVariables } from "./process-environment.ts";
import { credentialsIn } from "../lives/find-holdings.ts";
import { mayReachServer, runsPrograms } from "../traces/may-reach-server.ts";
import { meetForeignPushes } from "../script/foreign-pushes.ts";

/** Their trees are large. */
const MOST_SCRIPTS = 1000;

/** Each script is parsed once, whatever job, matrix or caller runs it. */
const readersByShell = new Map<string, (text: string) => ReadRun>();

/** Runs a step's script in a world. The worlds that come of it are those in which the job goes on. */
export function runScriptStep(
  step: RunStep,
  env: ReadonlyMap<string, Value>,
  world: World,
  job: JobContext,
): readonly World[] {
  const ends = runInShell(step, env, world, job);
  return mayExportUnseen(step.run.text) ? ends.map(withMoreVariables) : ends;
}

function runInShell(step: RunStep, env: ReadonlyMap<string, Value>, world: World, job: JobContext): readonly World[] {
  const isLookedAt =
    job.isRelevant(step) || (job.analysis.notice !== undefined && isOfInterest(step.run.text, env, world, job));
  if (!isLookedAt) return [world];
  const contexts = contextsOf(job, world);
  const shellText = step.shell === undefined ? undefined : evaluateText(step.shell.text, contexts);
  const shell = shellOf(shellText, job);
  if (shell === undefined) return [world];
  const written = step.workingDirectory?.text ?? job.defaults.directory ?? ".";
  const directory = resolvePath(WORKSPACE, evaluateText(written, contexts));
  const run = readOnce(step.run.text, shell);
  const source = sourceOfScalar(step.run);
  if (run.kind === "unknown" || run.script.kind === "unreadable") {
    const reason =
      run.kind === "unknown" ? run.reason : `the script cannot be read: ${(run.script as { reason: string }).reason}`;
    if (mayReachServer(step.run.text))
      job.analysis.notice?.({ kind: "out-of-sight", span: step.run.span, text: reason });
    const begun = run.kind === "unknown" ? undefined : readBeginning(run, step.run.text, shell);
    const worlds =
      begun === undefined ? [world] : runParsed({ ...begun, source, directory, env, world, job, goesOn: true });
    const start = begun?.script.end ?? 0;
    const rest: ScriptSource = { ...source, spanOf: (from, to) => source.spanOf(start + from, start + to) };
    const variables = processVariables(defaultVariables(job), worlds[0] ?? world, env);
    const entered = enterShell(worlds[0] ?? world, { directory, variables });
    meetForeignPushes({ text: step.run.text.slice(start), reason, world: entered, walk: walkOf(job, rest, "bash") });
    return mayExportFromCode(step.run.text.slice(start)) ? worlds.map(withMoreVariables) : worlds;
  }
  return runParsed({
    script: run.script,
    source,
    options: run.options,
    dialect: run.dialect,
    directory,
    env,
    world,
    job,
    goesOn: step.continueOnError?.text === "true",
  });
}

/** The script of a step, as far as its text alone tells; undefined where its shell's language is not read. */
export function readScript({ shell: written, run }: RunStep, job: JobContext): ParsedScript | undefined {
  const shell = shellOf(written?.text, job);
  const read = shell && readOnce(run.text, shell);
  return read?.kind === "read" ? read.script : undefined;
}

function shellOf(written: Text | undefined, { defaults, runsOn, isInContainer }: JobContext): Shell | undefined {
  const given = { step: written, job: defaults.shell, workflow: defaults.workflowShell };
  return findShells({ ...given, runsOn, isInContainer })[0];
}

/** Lines in front of what cannot be read: more are not tried. */
const MOST_LINES = 60;

/** A shell runs its script line by line until it comes to what it cannot read. */
function readBeginning(run: Extract<ReadRun, { kind: "read" }>, text: string, shell: Shell) {
  const { script } = run;
  if (script.kind !== "unreadable") return undefined;
  let end = script.place.end;
  for (let tries = 0; tries < MOST_LINES; tries++) {
    end = text.lastIndexOf("\n", end - 1);
    if (end <= 0) return undefined;
    const begun = readRun(text.slice(0, end), shell);
    if (begun.kind !== "unknown" && begun.script.kind === "script") return { ...begun, script: begun.script };
  }
  return undefined;
}

/** What has no say in who pushes may still fetch, or give a program a token. */
function isOfInterest(script: string, env: ReadonlyMap<string, Value>, world: World, job: JobContext): boolean {
  if (runsPrograms(script) || /\$\{\{[^}]*(?:secrets|token)/i.test(script)) return true;
  const { symbols } = job.analysis;
  const holdsToken = ([name, value]: readonly [string, Value]): boolean =>
    script.includes(name) && credentialsIn(symbols.encode(value), symbols).length > 0;
  return [...env].some(holdsToken) || [...world.env].some(holdsToken);
}

function readOnce(text: string, shell: Shell): ReadRun {
  const key = JSON.stringify(shell);
  let read = readersByShell.get(key);
  if (read === undefined) readersByShell.set(key, (read = remember((text) => readRun(text, shell), MOST_SCRIPTS)));
  return read(text);
}

/** The commands that stand for an action: the same few texts, time and again. */
const parseActionScript = remember((text): ParsedScript => parseScript(text, { hasExpressions: false }));

export function runActionScript(
  text: string,
  name: string,
  step: Scalar,
  env: ReadonlyMap<string, Value>,
  world: World,
  job: JobContext,
): readonly World[] {
  const script = parseActionScript(text);
  const source: ScriptSource = { ...sourceOfCommand(text, step.span), label: `uses: ${name}` };
  return runParsed({
    script,
    source,
    options: NO_OPTIONS,
    dialect: "bash",
    directory: WORKSPACE,
    env,
    world,
    job,
    goesOn: false,
    isOfTable: true,
  });
}

interface ParsedRun {
  readonly script: ParsedScript;
  readonly source: ScriptSource;
  readonly options: ShellOptions;
  readonly dialect: "bash" | "sh";
  readonly directory: Text;
  readonly env: ReadonlyMap<string, Value>;
  readonly world: World;
  readonly job: JobContext;
  /** `continue-on-error` */
  readonly goesOn: boolean;
  /** Commands that stand for an action: what they need they are given. */
  readonly isOfTable?: boolean;
}

function runParsed({
  script,
  source,
  options,
  dialect,
  directory,
  env,
  world,
  job,
  goesOn,
  isOfTable = false,
}: ParsedRun): readonly World[] {
  if (script.kind === "unreadable") return [world];
  const variables = processVariables(defaultVariables(job), world, env);
  const started = enterShell(world, {
    directory,
    options,
    variables: isOfTable ? variables : withUnseenVariables(variables, source.text, world),
  });
  const walk = walkOf(job, source, dialect);
  const place = { walk, isTested: false, input: undefined };
  const outcomes = endShell(runStatements(script.statements, started, place), place);
  return leaveStep(outcomes, world, job, goesOn);
}

export function walkOf(job: JobContext, source: ScriptSource, dialect: "bash" | "sh"): Walk {
  return {
    analysis: job.analysis,
    source,
    dialect,
    root: WORKSPACE,
    depth: 0,
    isRecording: true,
    evaluate: (expression, text, at) => evaluatePart(expression, text, at, job),
  };
}

export function enterShell(
  world: World,
  {
    directory,
    options = NO_OPTIONS,
    variables,
  }: { directory: Text; options?: ShellOptions; variables: ReadonlyMap<string, Variable> },
): World {
  const pwd = { value: literal(directory), isExported: true };
  const shell = {
    variables: hasSymbol(directory) ? variables : new Map(variables).set("PWD", pwd),
    arrays: new Map(),
    functions: new Map(),
    directory,
    positional: [],
    options,
    printed: undefined,
  };
  return { ...world, shell };
}

function evaluatePart(expression: Expression | undefined, text: string, world: World, job: JobContext): Value {
  if (expression === undefined) return unknown(`\${{ ${text} }} cannot be read`);
  const contexts = contextsOf(job, world);
  return contexts.symbols.decode(textOfOutcomes(evaluateExpression(expression, contexts), contexts.symbols));
}

/** Where the script failed for sure the job ends, unless there is no other way: then something is amiss with our reading. */
function leaveStep(outcomes: readonly Outcome[], before: World, job: JobContext, goesOn: boolean): readonly World[] {
  const leave = (world: World): World => readCommandFiles({ ...world, shell: before.shell }, job);
  if (goesOn) {
    const failure = nameOfEnd(CURRENT.slice(0, -1), "outcome");
    return outcomes.map((outcome) => {
      const world = leave(outcome.world);
      return hasFailed(outcome)
        ? { ...world, outputs: new Map(world.outputs).set(failure, literal("failure")) }
        : world;
    });
  }
  const good = outcomes.filter((outcome) => !hasFailed(outcome));
  return (good.length > 0 ? good : outcomes.slice(0, 1)).map(({ world }) => leave(world));
}

function hasFailed({ jump, status }: Outcome): boolean {
  return jump === "failure" || (jump === "exit" && status === false);
}

/** Takes over what the script wrote to `$GITHUB_ENV` and `$GITHUB_OUTPUT`. */
function readCommandFiles(world: World, job: JobContext): World {
  const { symbols } = job.analysis;
  const read = (path: Text): EnvFile => {
    const file = world.files.get(path);
    if (file?.kind === "text") return readEnvFile(symbols.decode(file.text));
    return { entries: [], reason: file === undefined ? undefined : "what was written is not known" };
  };
  const { entries: env, reason } = read(ENV_FILE);
  const { entries: outputs } = read(OUTPUT_FILE);
  const files = withoutTree(world.files, ENV_FILE.slice(0, ENV_FILE.lastIndexOf("/")));
  const more = reason === undefined ? world : withMoreVariables(world);
  if (env.length === 0 && outputs.length === 0) return files === more.files ? more : { ...more, files };
  const made = new Map(world.env);
  for (const { name, value } of env) made.set(name, value);
  const found = new Map(world.outputs);
  for (const { name, value } of outputs) found.set(`${CURRENT}${name}`, value);
  return { ...more, files, env: made, outputs: found };
}

/** Outputs of the step that is running, before its id is put in front. */
export const CURRENT = "<current>.";
