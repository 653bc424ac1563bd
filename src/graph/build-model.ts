import type { ActionFile } from "../ir/action-file.ts";
import type { FileNode, Node } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import type { AnyJob } from "../ir/workflow.ts";
import type { CredentialLife } from "../credentials/lives/credential-lives.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Finding } from "../report/finding.ts";
import { describeCredentials } from "./describe-credential.ts";
import { describeEnvironment, describeMatrix, describeRunsOn, needsOf } from "./describe-job.ts";
import { describePush } from "./describe-push.ts";
import { describeStep } from "./describe-step.ts";
import { describeTriggers } from "./describe-trigger.ts";
import { given } from "./given.ts";
import { describeFinding, spreadFindings, type Section } from "./spread-findings.ts";
import type { GraphJob, GraphModel, GraphWorkflow, Places } from "./graph-model.ts";

/** A workflow or an action, with what was found out about it. */
export interface GraphInput {
  /** The YAML file, from the root. */
  readonly path: string;
  readonly node: FileNode;
  /** Where nodes are written. */
  readonly placesOf: (node: Node) => Places;
  readonly pushes: readonly PushVerdict[];
  readonly lives: readonly CredentialLife[];
  readonly findings: readonly Finding[];
}

/** The job id that a composite action's steps have in verdicts. */
const COMPOSITE = "(composite)";

/**
 * What a page shows of workflows and composite actions; other actions have nothing to show.
 *
 * @param missing why files are not among them
 *
 * @example
 * const model = buildModel([{ path, node, placesOf, pushes, lives, findings: [] }]);
 * model.workflows[0].jobs[0].credentials; // [{ name: "GITHUB_TOKEN", where: ".git/config", from: 0, to: 4, … }]
 */
export function buildModel(inputs: readonly GraphInput[], missing: readonly Finding[] = []): GraphModel {
  const shown = inputs.filter(({ node }) => node.kind === "workflow" || node.runs?.kind === "composite-runs");
  const ids = makeIds(shown.map(({ path }) => path));
  const workflows = shown.map((input) => buildWorkflow(input, ids));
  return missing.length === 0
    ? { version: 1, workflows }
    : { version: 1, workflows, missing: missing.map(describeFinding) };
}

/** Path → id. */
function makeIds(paths: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of paths) {
    const short = path.replace(/^\.github\/(?:workflows\/)?/, "").replace(/\.ya?ml$/, "");
    const stem = short.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "workflow";
    let id = stem;
    for (let number = 2; taken.has(id.toLowerCase()); number++) id = `${stem}-${number}`;
    taken.add(id.toLowerCase());
    ids.set(path, id);
  }
  return ids;
}

function buildWorkflow(input: GraphInput, ids: ReadonlyMap<string, string>): GraphWorkflow {
  const { path, node, placesOf } = input;
  const jobs =
    node.kind === "workflow"
      ? (node.jobs?.entries ?? []).map(({ key, value }) => buildJob(key, value, input, ids))
      : [buildRuns(node, input)];
  const sections = jobs.flatMap((job): readonly Section[] => [
    { places: job.places, key: job.id },
    ...job.steps.map(({ places, index }) => ({ places, key: `${job.id} ${index}` })),
  ]);
  const findings = spreadFindings(input.findings, sections);
  return {
    id: ids.get(path) ?? path,
    path,
    name: node.name?.text || path,
    kind: node.kind === "workflow" ? "workflow" : "action",
    places: placesOf(node),
    triggers: node.kind === "workflow" ? describeTriggers(node.on) : [],
    jobs: jobs.map((job) => ({
      ...job,
      findings: findings.get(job.id) ?? [],
      steps: job.steps.map((step) => ({ ...step, findings: findings.get(`${job.id} ${step.index}`) ?? [] })),
    })),
    findings: findings.get("") ?? [],
  };
}

function buildJob(key: Scalar, job: AnyJob, input: GraphInput, ids: ReadonlyMap<string, string>): GraphJob {
  const { text: id } = key;
  const pushes = input.pushes.filter((push) => push.job === id);
  const lives = input.lives.filter((life) => life.job === id);
  const base = {
    id,
    name: job.name?.text || id,
    // A job begins with its key.
    places: { ...input.placesOf(job), ...input.placesOf(key) },
    needs: needsOf(job),
    ...given("if", job.if?.text),
    ...given("matrix", describeMatrix(job.strategy)),
    findings: [],
  };
  if (job.kind === "call-job") {
    const uses = job.uses?.text ?? "";
    const workflow = ids.get(uses.replace(/^(?:\.|\$)\//, ""));
    const called = input.pushes.filter((push) => push.job.startsWith(`${id} / `));
    const calls = { uses, ...given("workflow", workflow) };
    return { ...base, calls, steps: [], pushes: called.map(describePush), credentials: [] };
  }
  return {
    ...base,
    ...given("runsOn", describeRunsOn(job.runsOn)),
    ...given("environment", describeEnvironment(job.environment)),
    steps: (job.steps?.items ?? []).map((step, index) => describeStep(step, index, pushes, input.placesOf)),
    pushes: [],
    credentials: describeCredentials(lives, pushes),
  };
}

/** The steps of a composite action, as a job. */
function buildRuns(action: ActionFile, { pushes, lives, placesOf }: GraphInput): GraphJob {
  const steps = action.runs?.kind === "composite-runs" ? (action.runs.steps?.items ?? []) : [];
  const own = pushes.filter(({ job }) => job === COMPOSITE);
  return {
    id: "runs",
    name: "steps",
    places: placesOf(action.runs ?? action),
    needs: [],
    steps: steps.map((step, index) => describeStep(step, index, own, placesOf)),
    pushes: [],
    credentials: describeCredentials(
      lives.filter(({ job }) => job === COMPOSITE),
      own,
    ),
    findings: [],
  };
}
