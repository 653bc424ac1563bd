import type { RunStep } from "../../ir/workflow.ts";
import { literalOf } from "../../shell/value.ts";
import type { Analysis } from "../analysis.ts";
import { decideIn } from "../conditions/decide-in.ts";
import { sameInAll } from "../conditions/starts.ts";
import { RUNNER_TEMP, WORKSPACE, parentOf } from "../paths.ts";
import type { StepPlace } from "../step-place.ts";
import type { Text } from "../text.ts";
import type { World } from "../world.ts";
import { deciding, type JobStatus } from "./condition-formula.ts";
import type { MatrixValues } from "../jobs/find-matrix.ts";
import { outcomeOf, type Contexts, type Outcome } from "./evaluate-expression.ts";

/** What the steps of one job, or of one composite action in it, have around them. */
export interface JobContext {
  readonly analysis: Analysis;
  readonly jobId: string;
  /** `os` → `Linux`, where the runner's labels tell. */
  readonly runnerOs: string | undefined;
  readonly runsOn: readonly string[];
  readonly isInContainer: boolean;
  /** Those of the caller; undefined where they are not known. */
  readonly inputs: ReadonlyMap<string, Text> | undefined;
  readonly secret: (name: string) => Text;
  readonly matrix: MatrixValues;
  /** An output of a job that it needs; undefined where that is not known. */
  readonly needs: (job: string, output: string) => Text | undefined;
  /** In front of the ids of steps: those of a composite action are its own. */
  readonly scope: string;
  /** `github.action_path` of a composite action. */
  readonly actionPath: Text | undefined;
  /** Defaults of the job and the workflow for `run:`. */
  readonly defaults: {
    readonly shell: string | undefined;
    readonly workflowShell: string | undefined;
    readonly directory: string | undefined;
  };
  /** Whether a script has a say in who pushes. */
  readonly isRelevant: (step: RunStep) => boolean;
  /** The step of the workflow that all this belongs to. */
  readonly site: StepPlace;
  /** Called when a step of the workflow begins: what is met from then on is met in it. */
  readonly enter: (place: StepPlace) => void;
}

/** The contexts of expressions at one point of a job. */
export function contextsOf(job: JobContext, world: World, status: JobStatus = "success"): Contexts {
  const { analysis } = job;
  const { symbols, formulas } = analysis;
  return deciding(
    { symbols, look: (path) => look(path, job, world, status) },
    (formula) => decideIn(formula, world.facts, analysis),
    (when, formula) => {
      if (!formulas.has(when)) formulas.set(when, formula());
    },
    status,
  );
}

function look(path: readonly string[], job: JobContext, world: World, status: JobStatus): Outcome | Text | undefined {
  const [context, name = "", ...rest] = path;
  const { symbols } = job.analysis;
  switch (context) {
    case "secrets":
      return name === "" ? undefined : job.secret(name);
    case "github":
      return lookUpGithub(name.toLowerCase(), rest, job);
    case "env": {
      const value = world.env.get(name);
      if (value !== undefined) return symbols.encode(value);
      return world.envMayHoldMore === true ? symbols.reference(`env.${name}`) : "";
    }
    case "inputs":
      return job.inputs?.get(name.toLowerCase());
    case "matrix":
      return job.matrix.get([name, ...rest].join("."));
    case "needs":
      return rest[0] === "outputs" && rest[1] !== undefined ? job.needs(name, rest[1]) : undefined;
    case "steps": {
      if (rest[0] === "outcome" || rest[0] === "conclusion") {
        const value = world.outputs.get(nameOfEnd(`${job.scope}${name}`, rest[0]));
        const end = value === undefined ? undefined : symbols.encode(value);
        // Where a step has failed, any of those that would have done well may be it.
        return status !== "success" && end === "success" ? undefined : end;
      }
      if (rest[0] !== "outputs" || rest[1] === undefined) return undefined;
      const value = world.outputs.get(`${job.scope}${name}.${rest[1]}`);
      if (value !== undefined) return outcomeOf(symbols.encode(value), symbols);
      // A step that was passed over has no outputs.
      const end = world.outputs.get(nameOfEnd(`${job.scope}${name}`, "conclusion"));
      return end !== undefined && literalOf(end) === "skipped" ? "" : undefined;
    }
    case "runner":
      if (name === "temp") return RUNNER_TEMP;
      if (name === "workspace") return parentOf(WORKSPACE);
      return name === "os" ? job.runnerOs : undefined;
    default:
      return undefined;
  }
}

/** Where a step's `outcome` or `conclusion` is kept: no output has such a name. */
export function nameOfEnd(step: string, end: "outcome" | "conclusion"): string {
  return `${step}.\0${end}`;
}

/** Never empty while a job runs. */
const ALWAYS_SET = new Set([
  "token",
  "repository",
  "repository_owner",
  "actor",
  "ref",
  "ref_name",
  "sha",
  "run_id",
  "run_number",
  "workflow",
  "event_name",
  "triggering_actor",
]);

function lookUpGithub(name: string, rest: readonly string[], job: JobContext): Outcome | Text | undefined {
  const { symbols, repository, starts } = job.analysis;
  const known = sameInAll(["github", name, ...rest].join("."), starts);
  if (known !== undefined) return known;
  if (name === "event" && rest[0] === "inputs" && rest[1] !== undefined) return job.inputs?.get(rest[1].toLowerCase());
  if (rest.length > 0) return symbols.reference(["github", name, ...rest].join("."), true);
  switch (name) {
    case "workspace":
      return WORKSPACE;
    case "server_url":
      return "https://github.com";
    case "api_url":
      return "https://api.github.com";
    case "action_path":
      return job.actionPath;
    case "repository":
      if (repository !== undefined) return repository;
      break;
    case "repository_owner":
      if (repository !== undefined) return repository.split("/")[0] ?? "";
      break;
  }
  return symbols.reference(`github.${name}`, !ALWAYS_SET.has(name));
}
