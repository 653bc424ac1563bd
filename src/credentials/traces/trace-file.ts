import type { FileNode } from "../../ir/any-node.ts";
import { analyzeFile, type AnalyzeOptions, type FileVerdicts } from "../analyze-file.ts";
import { jobsToTrace } from "./known-traces.ts";
import { JobTracer, type JobTrace } from "./trace-job.ts";

/** The verdicts of a file, and what its jobs do with credentials besides. */
export interface FileTraces extends FileVerdicts {
  readonly jobs: readonly JobTrace[];
}

/**
 * What each checkout's credential is used for, who gets tokens as arguments, what is left behind: for all jobs, also those that
 * push nothing. The verdicts are those of `analyzeFile`.
 *
 * @example
 * const { jobs } = traceFile(path, node, { catalog });
 * jobs[0].checkouts[0].uses; // the pushes and fetches that send what it keeps
 */
export function traceFile(path: string, node: FileNode, options: AnalyzeOptions): FileTraces {
  const { known, keep } = jobsToTrace(node, options);
  const tracers = new Map<string, JobTracer>();
  // What happens in a step is told before the step itself is.
  let met: Parameters<JobTracer["add"]>[1][number][] = [];
  const verdicts = analyzeFile(path, node, {
    ...options,
    passedOver: known,
    notice: (event) => met.push(event),
    meet: (push) => met.push({ kind: "met", push }),
    observe: (step) => {
      const { job } = step.place;
      let tracer = tracers.get(job);
      if (tracer === undefined) tracers.set(job, (tracer = new JobTracer(job, node.kind !== "workflow")));
      tracer.add(step, met);
      met = [];
      options.observe?.(step);
    },
  });
  const walked = [...tracers.values()].map((tracer) => tracer.finish());
  const meeting = new Set([...verdicts.pushes, ...verdicts.reads].map(({ job }) => job));
  for (const trace of walked) if (!meeting.has(trace.job)) keep(trace);
  return { ...verdicts, jobs: known.size === 0 ? walked : inOrder([...known.values(), ...walked], node) };
}

/** Those of called workflows stand where they are called. */
function inOrder(traces: readonly JobTrace[], node: FileNode): readonly JobTrace[] {
  const ids = node.kind === "workflow" ? (node.jobs?.entries ?? []).map(({ key }) => key.text) : [];
  const placeOf = ({ job }: JobTrace): number => ids.indexOf(job.split(" / ", 1)[0] ?? "");
  return traces.toSorted((a, b) => placeOf(a) - placeOf(b));
}
