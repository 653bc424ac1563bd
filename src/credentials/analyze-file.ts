import type { ActionFile } from "../ir/action-file.ts";
import type { FileNode } from "../ir/any-node.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { Origin } from "../ir/origin.ts";
import type { CallJob, Job, Step, Workflow } from "../ir/workflow.ts";
import type { StepIntent } from "../define/model.ts";
import { declaredIdentity } from "./declared-identity.ts";
import { readWorkflow } from "../read/read-file.ts";
import type { Catalog } from "../actions/catalog.ts";
import type { Value } from "../shell/value.ts";
import { findSystem } from "../shell/which-shell.ts";
import { actionTable, type KnownAction } from "./actions/action-table.ts";
import { KNOWN_ACTIONS } from "./actions/known-actions.ts";
import type { Analysis, MetPush, ObservedStep } from "./analysis.ts";
import { NO_FILES, withFile } from "./files.ts";
import type { CredentialEvent } from "./traces/credential-event.ts";
import { fileMayPush, stepsToPush, type Sight, type Surroundings } from "./jobs/may-push.ts";
import { findMatrix } from "./jobs/find-matrix.ts";
import { WORKSPACE } from "./paths.ts";
import { PROGRAMS } from "./programs/programs.ts";
import { NO_OPTIONS } from "../shell/shell-options.ts";
import { contextsOf, type JobContext, type StepPlace } from "./steps/job-context.ts";
import { evaluateText } from "./steps/evaluate-expression.ts";
import { readEnv, runSteps } from "./steps/run-steps.ts";
import { Symbols, type Text } from "./text.ts";
import { decidePushes, type Met, type PushVerdict } from "./verdicts.ts";
import type { World } from "./world.ts";

export interface AnalyzeOptions {
  readonly catalog: Catalog;
  /** Actions beside those that flowkeep knows; they go first. */
  readonly actions?: readonly KnownAction[] | undefined;
  /** A file of the repository, by its path from the root. */
  readonly readRepositoryFile?: ((path: string) => string | undefined) | undefined;
  /** `owner/name` */
  readonly repository?: string | undefined;
  /** What only definitions know: who a `push({ as })` is meant to be. */
  readonly intents?: ReadonlyMap<Origin, StepIntent> | undefined;
  /** Told what stands after each step of each job; then jobs that push nothing are walked through, too. */
  readonly observe?: ((step: ObservedStep) => void) | undefined;
  /** Told what steps do with credentials, beside pushing; and each push as it was met. */
  readonly notice?: ((event: CredentialEvent) => void) | undefined;
  readonly meet?: ((met: MetPush) => void) | undefined;
  /** `pushes`: `reads` stays empty, and jobs that only read from remotes are passed over. */
  readonly only?: "pushes" | undefined;
}

type SightOptions = Pick<AnalyzeOptions, "actions" | "readRepositoryFile" | "only">;

export interface FileVerdicts {
  readonly pushes: readonly PushVerdict[];
  /** `git clone` and `git ls-remote`: no pushes, but they go out with the same credentials. */
  readonly reads: readonly PushVerdict[];
}

/** Commands of one job before it counts as endless. */
const MOST_COMMANDS = 20_000;

/**
 * Who each push of a workflow or a composite action authenticates as, who was meant, and why.
 *
 * @example
 * const { node } = readFile(path, text);
 * const { pushes } = analyzeFile(path, node, { catalog });
 */
export function analyzeFile(path: string, node: FileNode, options: AnalyzeOptions): FileVerdicts {
  const met: Met[] = [];
  if (node.kind === "workflow") {
    for (const { key, value } of node.jobs?.entries ?? [])
      if (value.kind === "job") analyzeJob(path, key.text, value, node, options, met, NO_CALLER);
      else if (value.kind === "call-job") analyzeCall(path, key.text, value, node, options, met);
  } else analyzeAction(path, node, options, met);
  return decidePushes(met);
}

/** What a reusable workflow's caller gives it. */
interface Caller {
  readonly inputs: ReadonlyMap<string, Text> | undefined;
  /** Undefined: its secrets have their own names. */
  readonly secrets: ReadonlyMap<string, Text> | undefined;
  readonly symbols: Symbols | undefined;
  /** In front of the job's name. */
  readonly prefix: string;
  readonly depth: number;
}

const NOTHING = (): undefined => undefined;

const NO_CALLER: Caller = { inputs: undefined, secrets: undefined, symbols: undefined, prefix: "", depth: 0 };

function makeAnalysis(
  options: AnalyzeOptions,
  assumedRepository: string,
  symbols: Symbols,
  record: (met: MetPush) => void,
  mayWriteContents = false,
): Analysis {
  return {
    symbols,
    catalog: options.catalog,
    actions: tableFor(options.actions),
    programs: PROGRAMS,
    readRepositoryFile: options.readRepositoryFile ?? NOTHING,
    repository: options.repository,
    assumedRepository,
    record:
      options.meet === undefined
        ? record
        : (push) => {
            options.meet?.(push);
            record(push);
          },
    declaredBy: (step) => declaredIdentity(step, options.intents),
    mayWriteContents,
    observe: options.observe,
    notice: options.notice,
    budget: { left: MOST_COMMANDS },
  };
}

const tables = new WeakMap<readonly KnownAction[], ReturnType<typeof actionTable>>();

function tableFor(own: readonly KnownAction[] = KNOWN_ACTIONS) {
  let table = tables.get(own);
  if (table === undefined)
    tables.set(own, (table = own === KNOWN_ACTIONS ? actionTable(own) : actionTable(own, KNOWN_ACTIONS)));
  return table;
}

function analyzeJob(
  path: string,
  id: string,
  job: Job,
  workflow: Workflow,
  options: AnalyzeOptions,
  met: Met[],
  caller: Caller,
): void {
  const around = { env: [workflow.env, job.env], folder: defaultFolder(job) ?? defaultFolder(workflow) };
  const steps = leadingSteps(job.steps?.items ?? [], around, options);
  if (steps.length === 0) return;
  const assumed = options.repository ?? assumeRepository(workflow);
  const symbols = caller.symbols ?? new Symbols();
  for (const matrix of findMatrix(job, symbols)) {
    const site: StepPlace = { job: caller.prefix + id, step: 0, stepName: undefined, span: undefined };
    let place = site;
    const analysis = makeAnalysis(
      options,
      assumed,
      symbols,
      (push) => met.push({ ...push, workflow: path, place, matrix: matrix.when }),
      writesContents(job.permissions ?? workflow.permissions),
    );
    const outer = contextFor(id, job, workflow, analysis, caller, matrix.values, site, (next) => (place = next));
    const start = startWorld(outer, workflow, job);
    runSteps(steps, [start], outer);
  }
}

function contextFor(
  id: string,
  job: Job,
  workflow: Workflow,
  analysis: Analysis,
  caller: Caller,
  matrix: ReadonlyMap<string, Text>,
  site: StepPlace,
  enter: (place: StepPlace) => void,
): JobContext {
  const { symbols } = analysis;
  const base: JobContext = {
    analysis,
    jobId: id,
    runnerOs: undefined,
    runsOn: [],
    isInContainer: job.container !== undefined,
    inputs: caller.inputs,
    secret: (name) => {
      if (name.toUpperCase() === "GITHUB_TOKEN") return symbols.reference("github.token", false);
      return caller.secrets === undefined
        ? symbols.reference(`secrets.${name}`)
        : (caller.secrets.get(name.toLowerCase()) ?? "");
    },
    matrix,
    needs: new Map(),
    scope: "",
    actionPath: undefined,
    defaults: { shell: undefined, workflowShell: undefined, directory: undefined },
    site,
    enter,
  };
  const contexts = contextsOf(base, emptyWorld());
  const runsOn =
    job.runsOn?.kind === "runner-group" ? [] : scalarsOf(job.runsOn).map(({ text }) => evaluateText(text, contexts));
  const system = findSystem(runsOn);
  return {
    ...base,
    runsOn,
    runnerOs:
      system === "windows" ? "Windows" : runsOn.some((label) => /ubuntu|linux/i.test(label)) ? "Linux" : undefined,
    defaults: {
      shell: runDefaults(job)?.shell?.text,
      workflowShell: runDefaults(workflow)?.shell?.text,
      directory: defaultFolder(job) ?? defaultFolder(workflow),
    },
  };
}

function runDefaults({ defaults }: Pick<Job, "defaults">) {
  return defaults?.run?.kind === "run-defaults" ? defaults.run : undefined;
}

function defaultFolder(node: Pick<Job, "defaults">): string | undefined {
  return runDefaults(node)?.workingDirectory?.text;
}

function emptyWorld(): World {
  return {
    files: NO_FILES,
    env: new Map(),
    outputs: new Map(),
    facts: new Map(),
    shell: {
      variables: new Map(),
      arrays: new Map(),
      functions: new Map(),
      directory: WORKSPACE,
      positional: [],
      options: NO_OPTIONS,
      printed: undefined,
    },
  };
}

/** The world in which a job begins: nothing is checked out, and the workflow's and the job's `env` are set. */
function startWorld(context: JobContext, workflow: Workflow, job: Job): World {
  let world = emptyWorld();
  for (const env of [workflow.env, job.env]) {
    const added: ReadonlyMap<string, Value> = readEnv(env, world, context);
    world = { ...world, env: new Map([...world.env, ...added]) };
  }
  return world;
}

function writesContents(permissions: Workflow["permissions"]): boolean {
  if (permissions?.kind === "scalar") return permissions.text === "write-all";
  return permissions?.entries.some(({ key, value }) => key.text === "contents" && value.text === "write") ?? false;
}

/** A reusable workflow of the repository, with what this job gives it. */
function analyzeCall(
  path: string,
  id: string,
  job: CallJob,
  workflow: Workflow,
  options: AnalyzeOptions,
  met: Met[],
): void {
  const uses = job.uses?.text ?? "";
  const file = /^(?:\.\/|\$\/)(.+\.ya?ml)$/.exec(uses)?.[1];
  const text = file === undefined ? undefined : options.readRepositoryFile?.(file);
  if (file === undefined || text === undefined) return;
  const workflowCalled = readOnce(file, text);
  if (workflowCalled === undefined) return;
  const symbols = new Symbols();
  const analysis = makeAnalysis(options, options.repository ?? assumeRepository(workflow), symbols, () => undefined);
  const site: StepPlace = { job: id, step: 0, stepName: undefined, span: undefined };
  const context: JobContext = contextFor(
    id,
    { ...job, kind: "job" } as unknown as Job,
    workflow,
    analysis,
    NO_CALLER,
    new Map(),
    site,
    () => undefined,
  );
  const contexts = contextsOf(context, emptyWorld());
  const values = (entries: CallJob["with"]): Map<string, Text> =>
    new Map(
      entries?.kind === "mapping"
        ? entries.entries.map(({ key, value }) => [key.text.toLowerCase(), evaluateText(value.text, contexts)])
        : [],
    );
  const inputs = values(job.with);
  const isInherited = job.secrets?.kind === "scalar" && job.secrets.text === "inherit";
  for (const [name, value] of defaultInputs(workflowCalled)) if (!inputs.has(name)) inputs.set(name, value);
  const caller: Caller = {
    inputs,
    secrets: isInherited ? undefined : values(job.secrets),
    symbols,
    prefix: `${id} / `,
    depth: 1,
  };
  for (const { key, value } of workflowCalled.jobs?.entries ?? [])
    if (value.kind === "job") analyzeJob(path, key.text, value, workflowCalled, options, met, caller);
}

/** Files that many jobs call are read once: text → what it says. */
const called = new Map<string, Workflow | undefined>();
const MOST_CALLED = 200;

function readOnce(path: string, text: string): Workflow | undefined {
  const key = `${path}\0${text}`;
  if (!called.has(key)) {
    if (called.size >= MOST_CALLED) called.clear();
    called.set(key, readWorkflow(path, text).node);
  }
  return called.get(key);
}

function defaultInputs(called: Workflow): readonly (readonly [string, Text])[] {
  if (called.on?.kind !== "mapping") return [];
  const call = called.on.entries.find(({ key }) => key.text === "workflow_call")?.value;
  if (call?.kind !== "filters" || call.inputs?.kind !== "mapping") return [];
  return call.inputs.entries.map(({ key, value }) => [
    key.text.toLowerCase(),
    value.kind === "input-definition" ? (value.default?.text ?? "") : "",
  ]);
}

/** A composite action on its own: the repository that it runs in is the caller's. */
function analyzeAction(path: string, action: ActionFile, options: AnalyzeOptions, met: Met[]): void {
  if (action.runs?.kind !== "composite-runs") return;
  const directory = path.includes("/") ? path.replace(/\/[^/]*$/, "") : "";
  const steps = leadingSteps(action.runs.steps?.items ?? [], { env: [], folder: directory }, options);
  if (steps.length === 0) return;
  const symbols = new Symbols();
  let place: StepPlace = { job: "(composite)", step: 0, stepName: undefined, span: undefined };
  const analysis = makeAnalysis(options, options.repository ?? "octo/app", symbols, (push) =>
    met.push({ ...push, workflow: path, place, matrix: undefined }),
  );
  const workflow: Workflow = { kind: "workflow", keys: [], unknown: [] };
  const job: Job = { kind: "job", keys: [], unknown: [] };
  const context = contextFor(
    "composite",
    job,
    workflow,
    analysis,
    NO_CALLER,
    new Map(),
    place,
    (next) => (place = next),
  );
  const reason = "the caller's job decides: this action checks nothing out itself";
  const files = withFile(NO_FILES, `${WORKSPACE}/.git/config`, { kind: "unknown", reason });
  const actionPath = directory === "" ? WORKSPACE : `${WORKSPACE}/${directory}`;
  runSteps(steps, [{ ...emptyWorld(), files }], { ...context, actionPath });
}

/**
 * Whether a file may push at all, by its text and those that it leads to. What says no need not even be parsed: nine files of ten.
 *
 * @example
 * const pushes = mayPush(text, options) ? analyzeFile(path, readFile(path, text).node, options).pushes : [];
 */
export function mayPush(text: string, options: SightOptions): boolean {
  return fileMayPush(text, sightOf(options));
}

function sightOf({ actions, readRepositoryFile = NOTHING, only }: SightOptions): Sight {
  return { actions: tableFor(actions), readRepositoryFile, withReads: only !== "pushes" };
}

/** The steps up to the last that may push. */
function leadingSteps(steps: readonly Step[], surroundings: Surroundings, options: AnalyzeOptions): readonly Step[] {
  return options.observe === undefined ? steps.slice(0, stepsToPush(steps, surroundings, sightOf(options))) : steps;
}

/** The repository that `github.repository` is compared as: the first whose GitHub URL stands in the workflow. */
function assumeRepository(workflow: Workflow): string {
  const text = workflow.span?.file.text ?? "";
  return /github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?(?=["'\s])/.exec(text)?.[1] ?? "octo/app";
}
