import type { FileNode } from "../../ir/any-node.ts";
import type { Step } from "../../ir/workflow.ts";
import type { AnalyzeOptions } from "../analyze-options.ts";
import { assumeRepository } from "../jobs/start-analysis.ts";
import { contentOfJob } from "./job-content.ts";
import type { CheckoutTrace, JobTrace } from "./trace-job.ts";

/**
 * What was found of jobs that do nothing with credentials but keep them: another job with the same content does the same. Who has
 * many workflows has written few of them by hand.
 */
interface KnownTraces {
  readonly options: Pick<AnalyzeOptions, "catalog" | "actions" | "repository">;
  readonly byContent: Map<string, JobTrace>;
}

const known = new WeakMap<NonNullable<AnalyzeOptions["readRepositoryFile"]>, KnownTraces>();

/** The jobs of a file that are known already, and how to make others known. */
export interface JobsToTrace {
  /** By id. */
  readonly known: ReadonlyMap<string, JobTrace>;
  /** Takes what was found of one of the others, if it can be told of a job elsewhere. */
  readonly keep: (trace: JobTrace) => void;
}

const NOTHING_KNOWN: JobsToTrace = { known: new Map(), keep: () => undefined };

export function jobsToTrace(file: FileNode, options: AnalyzeOptions): JobsToTrace {
  const traces = tracesFor(options);
  // What is meant by a typed push stands in no content.
  const isTyped = [...(options.intents?.values() ?? [])].some(({ kind }) => kind === "push");
  if (traces === undefined || isTyped || file.kind !== "workflow") return NOTHING_KNOWN;
  const repository = assumeRepository(options, file);
  const jobs = new Map<string, { readonly content: string; readonly steps: readonly Step[] }>();
  const found = new Map<string, JobTrace>();
  for (const { key, value } of file.jobs?.entries ?? []) {
    if (value.kind !== "job") continue;
    if (jobs.has(key.text)) return NOTHING_KNOWN;
    const content = `${repository}\n${contentOfJob(key.text, value, file)}`;
    const steps = value.steps?.items ?? [];
    jobs.set(key.text, { content, steps });
    const trace = traces.get(content);
    if (trace !== undefined) found.set(key.text, traceElsewhere(trace, steps));
  }
  return {
    known: found,
    keep: (trace) => {
      const job = jobs.get(trace.job);
      if (job !== undefined && isTold(trace, job.steps)) traces.set(job.content, trace);
    },
  };
}

function tracesFor(options: AnalyzeOptions): Map<string, JobTrace> | undefined {
  const { readRepositoryFile: read, catalog, actions, repository } = options;
  if (read === undefined) return undefined;
  const before = known.get(read);
  if (
    before?.options.catalog === catalog &&
    before.options.actions === actions &&
    before.options.repository === repository
  )
    return before.byContent;
  const byContent = new Map<string, JobTrace>();
  known.set(read, { options: { catalog, actions, repository }, byContent });
  return byContent;
}

/** Whether nothing in it has a place but its checkouts, and they are steps of the job itself. */
function isTold(
  { checkouts, unsets, tokenArguments, leftTokens, ...trace }: JobTrace,
  steps: readonly Step[],
): boolean {
  return (
    unsets.length + tokenArguments.length + leftTokens.length === 0 &&
    steps.every((step, index) => step === trace.steps[index] && step.kind !== "parallel-step") &&
    checkouts.every(({ step, place, uses, missed }) => steps[place.step] === step && uses.length + missed.length === 0)
  );
}

/** The same of another job with the same content. Where exactly something may use a credential, is not told of it. */
function traceElsewhere(trace: JobTrace, steps: readonly Step[]): JobTrace {
  const checkouts = trace.checkouts.flatMap((checkout): readonly CheckoutTrace[] => {
    const step = steps[checkout.place.step];
    if (step?.kind !== "uses-step") return [];
    const place = { ...checkout.place, stepName: step.name?.text, span: step.span };
    const mayUse = checkout.mayUse.map(({ text }) => ({ span: undefined, text }));
    return [{ ...checkout, step, place, mayUse }];
  });
  return { ...trace, steps, checkouts };
}
