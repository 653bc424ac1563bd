import type { ActionFile } from "../../ir/action-file.ts";
import { actionName, parseUses, type UsesRef } from "../../ir/uses-ref.ts";
import type { Scalar } from "../../ir/node.ts";
import type { Step, UsesStep } from "../../ir/workflow.ts";
import { readAction } from "../../read/read-file.ts";
import { literal, type Value } from "../../shell/value.ts";
import { actionVersions, isBetween } from "../actions/action-version.ts";
import type { KnownAction } from "../actions/action-table.ts";
import { namesGit } from "../traces/may-reach-server.ts";
import { resolvePath, WORKSPACE } from "../paths.ts";
import type { Text } from "../text.ts";
import { withFact, type World } from "../world.ts";
import { planPushes } from "../jobs/may-push.ts";
import { relevance } from "./is-relevant.ts";
import { decideIn } from "../conditions/decide-in.ts";
import { deciding } from "./condition-formula.ts";
import { runCheckout } from "./checkout-step.ts";
import { contextsOf, type JobContext } from "./job-context.ts";
import { evaluateExpression, evaluateText, textOfOutcomes, type Contexts } from "./evaluate-expression.ts";
import { withUnknown } from "../script/elsewhere.ts";
import { meetForeignPushes } from "../script/foreign-pushes.ts";
import { expressionOf } from "./parse-text.ts";
import { runSteps } from "./run-steps.ts";
import { defaultVariables, processVariables } from "./process-environment.ts";
import { mayExportFromCode, withMoreVariables } from "./unseen-variables.ts";
import { CURRENT, enterShell, runActionScript, walkOf } from "./run-script.ts";
import { sourceOfScalar } from "../script/script-source.ts";

type Inputs = ReadonlyMap<string, Text>;

/** Runs a `uses:` in a world: a checkout, an action of the table, a composite action of the repository. */
export function runActionStep(
  step: UsesStep,
  env: ReadonlyMap<string, Value>,
  world: World,
  job: JobContext,
  id: string,
): readonly World[] {
  const ref = parseUses(step.uses.text);
  // Few actions are followed, and of the others nobody asks what they are given.
  const given = (): Inputs => givenInputs(step, contextsOf(job, world));
  switch (ref.kind) {
    case "repository":
      return runKnown(step, ref, given, env, world, job, id);
    case "local":
    case "self":
      return runLocal(step, ref.path, given, world, job, ref.kind === "self", env);
    case "docker":
      noticeOutOfSight(step, "a container runs with the workspace in it, and what it does is not in sight", job);
      meetContainer(step, env, world, job);
      return [withMoreVariables(world)];
    case "invalid":
      return [world];
  }
}

/** What a container is told to run: `args: sh -c "git push"`. Its variables and its home are its own. */
function meetContainer(step: UsesStep, env: ReadonlyMap<string, Value>, world: World, job: JobContext): void {
  if (step.with?.kind !== "mapping") return;
  const variables = processVariables(defaultVariables(job), world, env);
  const entered = enterShell(world, { directory: WORKSPACE, variables });
  for (const { key, value } of step.with.entries) {
    if (value.kind !== "scalar" || !/^(?:args|entrypoint)$/i.test(key.text)) continue;
    const reason = "it runs in a container, whose files and variables are not followed";
    const walk = walkOf(job, sourceOfScalar(value), "sh");
    const analysis = withUnknown(walk.analysis, reason);
    // The image's own program may be git.
    const text = /^push\b/.test(value.text.trim()) && /\bgit\b/.test(step.uses.text) ? `git ${value.text}` : value.text;
    meetForeignPushes({ text, reason, world: entered, walk: { ...walk, analysis } });
  }
}

function noticeOutOfSight({ uses }: UsesStep, text: string, { analysis }: JobContext): void {
  analysis.notice?.({ kind: "out-of-sight", span: uses.span, text });
}

/** What stands in `with`, by names in lower case. */
export function givenInputs(step: UsesStep, contexts: Contexts): Inputs {
  if (step.with?.kind !== "mapping") return new Map();
  return new Map(
    step.with.entries.map(({ key, value }) => [key.text.toLowerCase(), evaluateText(value.text ?? "", contexts)]),
  );
}

function runKnown(
  step: UsesStep,
  ref: Extract<UsesRef, { kind: "repository" }>,
  given: () => Inputs,
  env: ReadonlyMap<string, Value>,
  world: World,
  job: JobContext,
  id: string,
): readonly World[] {
  const name = actionName(ref).toLowerCase();
  if (name === "actions/checkout") return runCheckout(step, ref, given(), world, job, id);
  if (name === "actions/github-script") {
    const script =
      step.with?.kind === "mapping" ? step.with.entries.find(({ key }) => key.text === "script")?.value : undefined;
    if (script?.kind === "scalar") {
      const reason = "the script is JavaScript, which is not read";
      if (namesGit(script.text))
        noticeOutOfSight(step, "the script is JavaScript that names git or another program", job);
      const variables = processVariables(defaultVariables(job), world, env);
      const entered = enterShell(world, { directory: WORKSPACE, variables });
      const walk = walkOf(job, sourceOfScalar(script), "bash");
      meetForeignPushes({ text: script.text, reason, world: entered, walk });
      if (mayExportFromCode(script.text)) return [withMoreVariables(world)];
    }
    return [world];
  }
  const known = job.analysis.actions.get(name) ?? [];
  const versions = actionVersions(ref, step.uses, job.analysis.catalog);
  const fitting = versions.map((version) => known.find(({ from, before }) => isBetween(version, from, before)));
  const chosen = [...new Set(versions.length === 0 ? known : fitting)].filter((action) => action !== undefined);
  if (chosen.length === 0) {
    noticeOutOfSight(step, `what ${actionName(ref)} does with git is not known`, job);
    const minted = mintByInputs(step, world, id);
    return [name.startsWith("actions/") ? minted : withMoreVariables(minted)];
  }
  return chosen.flatMap((action) => {
    const range = `${action.from ?? "the first"} to ${action.before ?? "the newest"}`;
    const fact = `version: ${step.uses.text} is a version from ${range}`;
    const at = chosen.length === 1 ? world : withFact(world, fact, true);
    return runEntry(action, step.uses, given, env, at, job, id);
  });
}

function runEntry(
  action: KnownAction,
  uses: Scalar,
  given: () => Inputs,
  env: ReadonlyMap<string, Value>,
  world: World,
  job: JobContext,
  id: string,
): readonly World[] {
  const { symbols } = job.analysis;
  let minted = world;
  if (action.mints !== undefined) {
    const outputs = new Map(world.outputs);
    for (const output of action.mints)
      outputs.set(`${CURRENT}${output}`, symbols.decode(symbols.reference(`app.${id}`, false)));
    minted = { ...world, outputs };
  }
  if (action.run === undefined) return [minted];
  const outer = contextsOf(job, { ...minted, env: new Map([...minted.env, ...env]) });
  const inputs = new Map(given());
  for (const [name, text] of Object.entries(action.inputs ?? {}))
    if (!inputs.has(name.toLowerCase())) inputs.set(name.toLowerCase(), evaluateText(text, outer));
  const look: Contexts["look"] = (path) => {
    if (path[0] === "inputs") return inputs.get((path[1] ?? "").toLowerCase()) ?? "";
    if (path[0] === "revoked") return symbols.unknown("the action's own token: it revokes that when it ends");
    return outer.look(path);
  };
  const contexts = deciding({ symbols, look }, (formula) => decideIn(formula, world.facts, job.analysis));
  const own = new Map(env);
  for (const [name, text] of Object.entries(action.env ?? {})) {
    const expression = expressionOf(text);
    const value = expression === undefined ? "" : textOfOutcomes(evaluateExpression(expression, contexts), symbols);
    own.set(name, symbols.decode(value));
  }
  return runActionScript(action.run, uses.text, uses, own, minted, job);
}

/** An action that is given an App's id and key and has a token for output mints one, whoever wrote it. */
function mintByInputs({ with: given }: UsesStep, world: World, id: string): World {
  const names = given?.kind === "mapping" ? given.entries.map(({ key }) => key.text.toLowerCase()) : [];
  const hasApp = names.some((name) => /app[-_]?id|client[-_]id|issuer/.test(name));
  const hasKey = names.some((name) => /private[-_]?key/.test(name));
  if (!hasApp || !hasKey) return world;
  const outputs = new Map(world.outputs);
  const token: Value = { kind: "text", fragments: [{ kind: "reference", id: `app.${id}`, canBeEmpty: false }] };
  for (const name of ["token", "app_token", "app-token", "installation_token"]) outputs.set(`${CURRENT}${name}`, token);
  return { ...world, outputs };
}

function relevanceOf(file: ActionFile, directory: string, { analysis }: JobContext): JobContext["isRelevant"] {
  const steps = file.runs?.kind === "composite-runs" ? (file.runs.steps?.items ?? NO_STEPS) : NO_STEPS;
  return relevance(analysis, steps, () => ({
    folders: [directory],
    // Its own inputs may hold what it runs.
    candidates: planPushes(steps, { env: [], folder: directory }, analysis).candidates,
    askers: undefined,
  }));
}

const NO_STEPS: readonly Step[] = [];

const actionFiles = new WeakMap<object, Map<string, ActionFile | undefined>>();

/** A composite action of the repository: its steps run with the caller's state. */
function runLocal(
  step: UsesStep,
  path: string,
  given: () => Inputs,
  world: World,
  job: JobContext,
  isSelf: boolean,
  env: ReadonlyMap<string, Value>,
): readonly World[] {
  if (job.scope.length > 200) return [world];
  const directory = isSelf ? path : resolvePath("/", path.replaceAll("\\", "/")).slice(1);
  const file = readLocalAction(directory, job);
  if (file?.runs?.kind !== "composite-runs") {
    const why = file === undefined ? "is not in sight" : "is no composite action: its code is not read";
    noticeOutOfSight(step, `${step.uses.text} ${why}`, job);
    return [withMoreVariables(world)];
  }
  const contexts = contextsOf(job, world);
  const inputs = new Map<string, Text>();
  if (file.inputs?.kind === "mapping")
    for (const { key, value } of file.inputs.entries) {
      const text = value.kind === "action-input" ? value.default?.text : undefined;
      inputs.set(key.text.toLowerCase(), text === undefined ? "" : evaluateText(text, contexts));
    }
  for (const [name, text] of given()) inputs.set(name, text);
  const scope = `${job.scope}${step.uses.text}/`;
  const inner: JobContext = {
    ...job,
    inputs,
    scope,
    actionPath: `${WORKSPACE}/${directory}`,
    isRelevant: relevanceOf(file, directory, job),
    defaults: { shell: undefined, workflowShell: undefined, directory: undefined },
  };
  const before: World = { ...world, env: new Map([...world.env, ...env]) };
  return runSteps(file.runs.steps?.items ?? [], [before], inner).map((after) => {
    const outputs = new Map([...after.outputs].filter(([name]) => !name.startsWith(scope)));
    if (file.outputs?.kind === "mapping")
      for (const { key, value } of file.outputs.entries) {
        const text = value.kind === "action-output" ? value.value?.text : undefined;
        if (text !== undefined)
          outputs.set(
            `${CURRENT}${key.text}`,
            inner.analysis.symbols.decode(evaluateText(text, contextsOf(inner, after))),
          );
      }
    // The step's own `env:` is gone; what was written to `$GITHUB_ENV` stays.
    const left = new Map(
      [...after.env].filter(([name, value]) => !(env.has(name) && env.get(name) === value) || world.env.has(name)),
    );
    for (const name of env.keys())
      if (after.env.get(name) === env.get(name) && world.env.has(name))
        left.set(name, world.env.get(name) ?? literal(""));
    return { ...after, outputs, env: left };
  });
}

function readLocalAction(directory: string, { analysis }: JobContext): ActionFile | undefined {
  let known = actionFiles.get(analysis.symbols);
  if (known === undefined) actionFiles.set(analysis.symbols, (known = new Map()));
  if (!known.has(directory)) known.set(directory, findAction(directory, analysis.readRepositoryFile));
  return known.get(directory);
}

function findAction(
  directory: string,
  readRepositoryFile: (path: string) => string | undefined,
): ActionFile | undefined {
  for (const name of ["action.yml", "action.yaml"]) {
    const path = directory === "" ? name : `${directory}/${name}`;
    const text = readRepositoryFile(path);
    if (text !== undefined) return readAction(path, text).node;
  }
  return undefined;
}
