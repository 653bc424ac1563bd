import type { Catalog } from "../actions/catalog.ts";
import { hideTokens } from "../credentials/hide-tokens.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import { printValue } from "../emit/print-value.ts";
import { entryOf } from "../import/needed-jobs.ts";
import type { PlannedCredential, PlannedPush } from "../import/planned-push.ts";
import { UsageError } from "../ir/errors.ts";
import type { Mapping, Value } from "../ir/node.ts";
import type { Job } from "../ir/workflow.ts";
import { firstCombination } from "../prove/runner/first-combination.ts";
import { EvaluationError } from "../prove/runner/evaluate.ts";
import { parseScript } from "../shell/parse-script.ts";
import type { Script } from "../shell/script.ts";
import type { SmokeBranch } from "./choose-branch.ts";
import { findCommands, type FoundCommand } from "./find-command.ts";
import { isOfEvent, keepSteps, runStep, type KeepOptions } from "./keep-steps.ts";
import { addNeeds, isNeeded, noNeeds, type Needs } from "./needs.ts";
import { fromData, mapping, only, sequence, take, textAt, textsOf } from "./plain-value.ts";
import { pushWords } from "./push-words.ts";
import { pushingScript } from "./pushing-step.ts";
import { reportJob } from "./report-job.ts";
import { sliceScript } from "./slice-script.ts";
import { commitLines, pushLines, type LinesRequest } from "./smoke-lines.ts";

export interface SmokeRequest extends KeepOptions {
  /** The workflow that is tried, as people know it. */
  readonly path: string;
  /** Its YAML, read. */
  readonly workflow: Value;
  /** The job that pushes. */
  readonly job: Job;
  readonly verdict: PushVerdict;
  readonly branch: SmokeBranch;
  /** Who pushes, where `push({ … })` says it. */
  readonly as: PlannedCredential | undefined;
  readonly catalog: Catalog;
}

/** The throw-away workflow before it is made a source. */
export interface SmokeDraft {
  readonly text: string;
  /** What `push({ … })` takes the place of, by the ids of steps of the job `push`. */
  readonly pushes: ReadonlyMap<string, PlannedPush>;
}

/** What says that a file is a smoke test's: its first comment. */
export const TEMPORARY = "Temporary, written by flowkeep smoke for ";

/**
 * Writes the workflow that tries a push on GitHub: the job's steps that the push depends on, an empty commit, the push, and the same push
 * back; and a job that asks GitHub who it was. Of an action that may push in several ways there are as many; the analysis knows which
 * of them it takes.
 *
 * @throws UsageError where the push cannot be repeated
 */
export function writeSmoke(request: SmokeRequest): readonly SmokeDraft[] {
  const { path, workflow, verdict } = request;
  const job = entryOf(entryOf(workflow, "jobs") ?? workflow, verdict.job);
  const steps = job === undefined ? undefined : entryOf(job, "steps");
  const step = steps?.kind === "sequence" ? steps.items[verdict.step] : undefined;
  if (job === undefined || steps?.kind !== "sequence" || step?.kind !== "mapping")
    throw new UsageError(`\`${verdict.command}\` is not a push of a step of ${path} itself`);
  if (request.as !== undefined)
    return [draftWith(request, { job, steps: steps.items }, (needs) => typedSteps(request, step, needs))];
  const pushing = pushingScript(step, request.actions, request.catalog);
  const script = parseScript(textAt(pushing, "run") ?? "");
  const isOwnScript = pushing === step;
  const found = script.kind === "script" ? findCommands(script, isOwnScript ? verdict.command : undefined) : [];
  if (script.kind !== "script" || found.length === 0)
    throw new UsageError(
      `\`${verdict.command}\` does not stand in the step's own script, or stands in a function or a \`$(…)\`: a smoke test repeats only pushes that a step spells out`,
    );
  return found
    .slice(0, isOwnScript ? 1 : undefined)
    .map((command) =>
      draftWith(request, { job, steps: steps.items }, (needs) =>
        scriptSteps(request, { pushing, script, ...command }, needs),
      ),
    );
}

interface Production {
  readonly job: Value;
  readonly steps: readonly Value[];
}

function draftWith(request: SmokeRequest, { job, steps }: Production, write: (needs: Needs) => OwnSteps): SmokeDraft {
  const { path, workflow, verdict, branch } = request;
  const needs = noNeeds();
  const { own, pushes } = write(needs);
  for (const text of own.flatMap(textsOf)) addNeeds(needs, text);
  const before = keepSteps(steps.slice(0, verdict.step), needs, request);
  const env = [workflow, job].map((level) => only(take(level, "env"), (name) => isNeeded(needs, name)));
  const push = pushJob(request, job, env[1], [...before, ...own]);
  refuseUnavailable([...textsOf(push), ...textsOf(env[0])], request);
  const mentioned = [...textsOf(push), ...textsOf(env[0])].join("\n");
  const file = mapping({
    name: `Smoke test of ${textAt(workflow, "name") ?? baseName(path)}`,
    on: mapping({ workflow_dispatch: dispatchInputs(workflow, mentioned) ?? mapping({}) }),
    permissions: take(workflow, "permissions"),
    env: env[0],
    jobs: mapping({ push, report: reportJob(verdict, branch) }),
  });
  return { text: headComment(request) + printValue(file, { separate: true }).text, pushes };
}

function headComment({ path, verdict, branch }: SmokeRequest): string {
  const { job, step, stepName } = verdict;
  const where = `job '${job}', step ${step + 1}${stepName === undefined ? "" : ` '${hideTokens(stepName)}'`}`;
  const lines = [
    `${TEMPORARY}${path}: flowkeep smoke --remove takes it away.`,
    `It pushes an empty commit to ${branch.name ?? "the branch that it is started on"} as ${where} does, asks GitHub who`,
    "pushed, and takes the commit back in the same way.",
  ];
  return `${lines.map((line) => `# ${line.replaceAll("\n", " ")}\n`).join("")}\n`;
}

interface OwnSteps {
  readonly own: readonly Mapping[];
  readonly pushes: ReadonlyMap<string, PlannedPush>;
}

interface PushingScript extends FoundCommand {
  readonly pushing: Mapping;
  readonly script: Script;
}

/** The push of a script, with what of the script it depends on. */
function scriptSteps(
  { path, branch }: SmokeRequest,
  { pushing, script, command, before }: PushingScript,
  needs: Needs,
): OwnSteps {
  const words = pushWords(command, script);
  const request: LinesRequest = { branch, file: baseName(path), hasAuthor: false };
  for (const line of [...commitLines(words, request), ...pushLines(words, request)]) addNeeds(needs, line);
  const kept = sliceScript(script, before, needs, undefined);
  const hasAuthor = kept.some((line) => /\buser\.email\b/.test(line));
  const lines = [...kept, ...commitLines(words, { ...request, hasAuthor }), ...pushLines(words, request)];
  return { own: [runStep(pushing, lines, needs, { id: "pushed", name: NAME })], pushes: new Map() };
}

const NAME = "Push an empty commit as production does, and take it back";

/** The push of `push({ … })`: the same again, and once more with a lease. */
function typedSteps({ path, branch, as }: SmokeRequest, step: Mapping, needs: Needs): OwnSteps {
  if (as === undefined) return { own: [], pushes: new Map() };
  const env = take(step, "env");
  const directory = take(step, "working-directory");
  const repository = textAt(env, "PUSH_REPOSITORY");
  const git = { git: "git", here: "git", remote: "origin" };
  const prepare = [
    ...commitLines(git, { branch, file: baseName(path), hasAuthor: false }),
    // What the lease of the push below looks at: nothing that somebody else has pushed is overwritten.
    `git update-ref "refs/remotes/origin/${branch.name ?? "${GITHUB_REF#refs/heads/}"}" HEAD`,
    'echo "commit=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"',
  ];
  const planned: PlannedPush = {
    as,
    repository: repository === "${{ github.repository }}" ? undefined : repository,
    branch: branch.branch,
    path: textAt(step, "working-directory"),
    comments: [],
  };
  if (as.kind === "app") needs.outputs.add(`${as.step}.token`);
  return {
    own: [
      mapping({
        name: "Make an empty commit",
        id: "made",
        "working-directory": directory,
        run: `${prepare.join("\n")}\n`,
      }),
      mapping({ name: "Push it as production does", id: "landed", run: "git push\n" }),
      mapping({
        name: "Go back to the commit before",
        id: "pushed",
        "working-directory": directory,
        env: mapping({ COMMIT: "${{ steps.made.outputs.commit }}" }),
        run: 'echo "commit=$COMMIT" >> "$GITHUB_OUTPUT"\ngit checkout --quiet --detach HEAD^\n',
      }),
      mapping({ name: "Take it back in the same way", id: "taken-back", run: "git push\n" }),
    ],
    pushes: new Map([
      ["landed", planned],
      ["taken-back", { ...planned, force: "with-lease" }],
    ]),
  };
}

function pushJob(request: SmokeRequest, job: Value, env: Value | undefined, steps: readonly Value[]): Mapping {
  const environment = take(job, "environment");
  const runsOn = take(job, "runs-on");
  const container = take(job, "container");
  const mentionsMatrix = [...steps, env, runsOn, container, environment]
    .flatMap(textsOf)
    .some((text) => /\bmatrix\b/.test(text));
  return mapping({
    "runs-on": runsOn,
    environment: environment?.kind === "mapping" ? take(environment, "name") : environment,
    permissions: take(job, "permissions"),
    "timeout-minutes": 5,
    strategy: mentionsMatrix ? oneCombination(request) : undefined,
    container,
    env,
    defaults: take(job, "defaults") ?? take(request.workflow, "defaults"),
    outputs: mapping({ commit: "${{ steps.pushed.outputs.commit }}" }),
    steps: sequence(steps),
  });
}

/** Of a matrix the first job: several would push at the same time. */
function oneCombination({ job }: SmokeRequest): Mapping {
  try {
    const { first } = firstCombination(job, { contexts: {}, status: {} });
    return mapping({ matrix: mapping({ include: sequence([fromData(first)]) }) });
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new UsageError(`the push depends on the job's matrix, which is computed when it runs (${error.message})`);
  }
}

/** What another job or the real event tells is not there in a run that somebody starts. */
function refuseUnavailable(texts: readonly string[], { verdict }: SmokeRequest): void {
  const expressions = texts.flatMap((text) => text.match(/\$\{\{[^]*?\}\}/g) ?? []);
  const unavailable = expressions.find(isOfEvent);
  if (unavailable === undefined) return;
  throw new UsageError(
    `\`${verdict.command}\` depends on \`${unavailable}\`, which a run that somebody starts does not have: a smoke test cannot send the same. Where only the branch comes from it, name one with --branch`,
  );
}

/** The inputs of the workflow that are asked for: a dispatch has them as well. */
function dispatchInputs(workflow: Value, mentioned: string): Mapping | undefined {
  const names = new Set([...mentioned.matchAll(/\binputs\.([\w-]+)/g)].map(([, name = ""]) => name));
  const on = entryOf(workflow, "on");
  for (const event of ["workflow_dispatch", "workflow_call"]) {
    const trigger = on === undefined ? undefined : entryOf(on, event);
    const inputs = only(take(trigger, "inputs"), (name) => names.has(name));
    if (inputs !== undefined) return mapping({ inputs });
  }
  return undefined;
}

/** `.github/workflows/release.yml` → `release.yml` */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
