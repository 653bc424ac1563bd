import type { Job, Workflow } from "../ir/workflow.ts";
import { secretNames, sshKeyNames } from "./secret-names.ts";
import { sameIdentity } from "../credentials/identity.ts";
import { judgePush } from "../consequences/consequences.ts";
import { callFrame, neededOf, whyNotCalled } from "./call-frame.ts";
import { comparePushes, type ComparedPush } from "./compare-pushes.ts";
import type { FakeCredentials } from "./fake-credentials.ts";
import type { FoundJob } from "./find-jobs.ts";
import { readTracedPushes } from "./git-trace.ts";
import { observePushes } from "./observed-push.ts";
import type { ProvedJob, ProvedPush, ProveRequest } from "./proof.ts";
import { endProcesses } from "./runner/end-processes.ts";
import { evaluateCondition, evaluateText, EvaluationError } from "./runner/evaluate.ts";
import { firstCombination } from "./runner/first-combination.ts";
import { sceneOf, type Frame, type JobRun, type RunnerTools } from "./runner/job-run.ts";
import type { JobSetting, NeededJob } from "./runner/job-setting.ts";
import { makeRunnerFolder } from "./runner/runner-folder.ts";
import { readEnv, runJobSteps } from "./runner/run-steps.ts";
import { writePrograms } from "./runner/write-programs.ts";
import type { GitServer } from "./server/git-server.ts";
import { jobRights } from "./token-rights.ts";

export interface JobTrial {
  readonly found: FoundJob;
  /** All jobs that are tried. */
  readonly all: readonly FoundJob[];
  readonly request: ProveRequest;
  readonly common: Pick<JobSetting, "repository" | "defaultBranch" | "trigger" | "sha">;
  /** How the jobs ended that have run, by id. */
  readonly needs: ReadonlyMap<string, NeededJob>;
  readonly tools: RunnerTools;
  readonly server: GitServer;
  readonly folder: string;
}

/** Runs one job on a runner of its own, and compares its pushes with what was said of them. */
export async function proveJob(trial: JobTrial): Promise<ProvedJob & { readonly needed: NeededJob }> {
  const { found, request, tools, server, folder: root } = trial;
  const { id, job } = found;
  const { run, frame, combinations, skipped } = await prepareJob(trial);
  const requestsBefore = server.requests.length;
  try {
    if (skipped === undefined) await runJobSteps(run, job.steps?.items ?? [], frame);
  } finally {
    await endProcesses(root);
  }
  const observed = observePushes(
    await readTracedPushes(run.setting.folder.trace),
    server.requests.slice(requestsBefore),
    tools.credentials,
  );
  const predicted = request.predicted.filter((push) => push.job === id);
  const pushes = (job.steps?.items ?? []).flatMap((_, step) => {
    const ran = run.steps.find((other) => other.step === step);
    const during = observed.filter(
      ({ started }) => ran !== undefined && ran.started <= started && started <= ran.ended,
    );
    return comparePushes(
      predicted.filter((push) => push.step === step),
      during,
    ).map((push) => withConsequences(push, step, request));
  });
  const result = skipped === undefined ? run.state.status : "skipped";
  const needed = { result, outputs: outputsOf(run, job, frame) };
  return { job: id, skipped, combinations, steps: run.steps, pushes, needed };
}

/**
 * Whether it was to be accepted is compared where it is known, where the server came to look at it, and where it saw whom the first answer
 * names: what is said is said of that one.
 */
function withConsequences(push: ComparedPush, step: number, { workflow, around }: ProveRequest): ProvedPush {
  const { predicted, observed, agree } = push;
  const consequences = predicted && judgePush(predicted, workflow, around);
  const isFirst =
    predicted !== undefined && observed !== undefined && sameIdentity(predicted.identity, observed.identity);
  const expected = isFirst ? (consequences?.ruleset ?? "unknown") : "unknown";
  const differs = expected !== "unknown" && observed?.decision !== undefined && expected !== observed.decision;
  return { ...push, step, consequences, agree: agree === true && differs ? false : agree };
}

interface PreparedJob {
  readonly run: JobRun;
  readonly frame: Frame;
  readonly combinations: number;
  readonly skipped: string | undefined;
}

async function prepareJob(trial: JobTrial): Promise<PreparedJob> {
  const { found, all, request, common, tools, folder: root } = trial;
  const { id, job, workflow, call } = found;
  const folder = await makeRunnerFolder(root, common.repository);
  await writePrograms(folder.bin, tools.ssh);
  const outer: JobSetting = {
    ...common,
    needs: new Map(),
    workflow: { name: request.workflow.name?.text ?? request.path, path: request.path },
    jobId: id.replace(/^.* \/ /, ""),
    jobToken: tools.credentials.jobToken(jobRights(found, common.repository)),
    secrets: fakeSecrets(
      [...new Set([request.workflow, ...all.map((each) => each.workflow)])],
      request,
      tools.credentials,
    ),
    vars: request.vars ?? new Map(),
    matrix: {},
    folder,
    os: "Linux",
  };
  const state = { env: new Map<string, string>(), path: [], status: "success" as const };
  const start: JobRun = { setting: outer, tools, state, steps: [], scripts: 0 };
  const scope = { run: start, needs: trial.needs, all };
  const frame = (inputs: Frame["inputs"]): Frame => ({
    outputs: new Map(),
    inputs,
    actionPath: undefined,
    defaults: defaultsOf(job, workflow),
  });
  try {
    const { inputs, secrets } = callFrame(call, scope);
    const needs = new Map(Object.entries(neededOf(job.needs, call, scope)));
    const own = frame(inputs);
    const before: JobRun = { ...start, setting: { ...outer, needs, secrets } };
    const { first: matrix, count: combinations } = firstCombination(job, sceneOf(before, own, new Map()));
    const run: JobRun = { ...before, setting: { ...before.setting, matrix } };
    for (const env of [workflow.env, job.env])
      for (const [name, value] of readEnv(env, run, own, new Map(state.env))) state.env.set(name, value);
    return { run, frame: own, combinations, skipped: whyNotCalled(call, scope) ?? whySkipped(job, run, own) };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { run: start, frame: frame(undefined), combinations: 1, skipped: error.message };
  }
}

/** A job's own condition sees how those ended that it needs; those that were not tried are taken to have succeeded. */
function whySkipped(job: Job, run: JobRun, frame: Frame): string | undefined {
  const results = [...run.setting.needs.values()].map(({ result }) => result);
  const scene = sceneOf(run, frame, new Map());
  const status = {
    success: results.every((result) => result === "success"),
    failure: results.includes("failure"),
    cancelled: false,
  };
  return evaluateCondition(job.if?.text, { ...scene, status })
    ? undefined
    : `its condition is false: ${job.if?.text ?? "a job that it needs failed"}`;
}

/** Every secret that the workflows name; those that are not set are empty. */
function fakeSecrets(
  workflows: readonly Workflow[],
  { emptySecrets, predicted }: ProveRequest,
  credentials: FakeCredentials,
): ReadonlyMap<string, string> {
  const keys = sshKeyNames(workflows, predicted);
  const valueOf = (name: string): string => {
    if (emptySecrets?.has(name) === true) return "";
    return keys.has(name) ? credentials.sshKey(name) : credentials.secret(name);
  };
  return new Map([...secretNames(workflows)].map((name) => [name, valueOf(name)]));
}

function defaultsOf(job: Job, workflow: Workflow): Frame["defaults"] {
  const [own, outer] = [job.defaults, workflow.defaults].map((defaults) =>
    defaults?.run?.kind === "run-defaults" ? defaults.run : undefined,
  );
  return {
    shell: own?.shell?.text ?? outer?.shell?.text,
    directory: own?.workingDirectory?.text ?? outer?.workingDirectory?.text,
  };
}

function outputsOf(run: JobRun, job: Job, frame: Frame): ReadonlyMap<string, string> {
  if (job.outputs?.kind !== "mapping") return new Map();
  const scene = sceneOf(run, frame, run.state.env);
  // What holds a secret the runner hands on to no other job: actions/runner, JobExtension.cs.
  const handOn = (text: string): string => (run.tools.credentials.mask(text) === text ? text : "");
  return new Map(job.outputs.entries.map(({ key, value }) => [key.text, handOn(evaluateText(value.text, scene))]));
}
