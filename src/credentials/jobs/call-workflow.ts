import { readWorkflow } from "../../read/read-file.ts";
import type { CallJob, Filters, Workflow } from "../../ir/workflow.ts";
import { evaluateText } from "../steps/evaluate-expression.ts";
import { contextsOf, type JobContext } from "../steps/job-context.ts";
import type { Symbols, Text } from "../text.ts";
import { emptyWorld, jobContext } from "./enter-job.ts";
import { fileMayPush } from "./may-push.ts";
import { assumeRepository, sightOf, startAnalysis } from "./start-analysis.ts";
import type { WorkflowRun } from "./workflow-run.ts";

/** Workflows that call workflows: docs.github.com, "Reuse workflows", limitations. */
const MOST_LEVELS = 10;

/**
 * The reusable workflow of the repository that a job calls, with what the job gives it.
 *
 * @param always also where it pushes nothing
 * @returns undefined where it is not in sight, or pushes nothing
 */
export function callWorkflow(
  id: string,
  job: CallJob,
  run: WorkflowRun,
  symbols: Symbols,
  needs: JobContext["needs"],
  { always = false } = {},
): WorkflowRun | undefined {
  const { options, caller } = run;
  const depth = (caller?.depth ?? 0) + 1;
  const file = /^(?:\.\/|\$\/)(.+\.ya?ml)$/.exec(job.uses?.text ?? "")?.[1];
  const text = file === undefined || depth > MOST_LEVELS ? undefined : options.readRepositoryFile?.(file);
  if (file === undefined || text === undefined) return undefined;
  if (!always && options.observe === undefined && !fileMayPush(text, sightOf(options))) return undefined;
  const workflow = readOnce(file, text);
  if (workflow === undefined) return undefined;
  const values = valuesOf(id, job, run, symbols, needs);
  const inputs = values(job.with);
  for (const [name, value] of defaultInputs(workflow)) if (!inputs.has(name)) inputs.set(name, value);
  const isInherited = job.secrets?.kind === "scalar" && job.secrets.text === "inherit";
  return {
    workflow,
    options,
    starts: run.starts,
    caller: {
      inputs,
      secrets: isInherited ? caller?.secrets : values(job.secrets),
      symbols,
      prefix: `${caller?.prefix ?? ""}${id} / `,
      permissions: job.permissions ?? run.workflow.permissions ?? caller?.permissions,
      depth,
    },
  };
}

/** Reads `with` and `secrets` of the calling job. */
function valuesOf(
  id: string,
  job: CallJob,
  { workflow, options, caller, starts }: WorkflowRun,
  symbols: Symbols,
  needs: JobContext["needs"],
): (entries: CallJob["with"]) => Map<string, Text> {
  const analysis = startAnalysis({
    options,
    symbols,
    assumedRepository: assumeRepository(options, workflow),
    starts,
    record: () => undefined,
  });
  const site = { job: id, step: 0, stepName: undefined, span: undefined };
  const context = jobContext(job, {
    id,
    workflow,
    analysis,
    caller,
    matrix: new Map(),
    needs,
    site,
    enter: () => undefined,
  });
  const contexts = contextsOf(context, emptyWorld());
  return (entries) =>
    new Map(
      entries?.kind === "mapping"
        ? entries.entries.map(({ key, value }) => [key.text.toLowerCase(), evaluateText(value.text, contexts)])
        : [],
    );
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

/** What `on.workflow_call` says. */
export function callFilters({ on }: Workflow): Filters | undefined {
  if (on?.kind !== "mapping") return undefined;
  const call = on.entries.find(({ key }) => key.text === "workflow_call")?.value;
  return call?.kind === "filters" ? call : undefined;
}

function defaultInputs(workflow: Workflow): readonly (readonly [string, Text])[] {
  const inputs = callFilters(workflow)?.inputs;
  if (inputs?.kind !== "mapping") return [];
  return inputs.entries.map(({ key, value }) => [
    key.text.toLowerCase(),
    value.kind === "input-definition" ? (value.default?.text ?? "") : "",
  ]);
}
