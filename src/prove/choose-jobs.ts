import { UsageError } from "../ir/errors.ts";
import { nearestName } from "../ir/suggest.ts";
import { walk } from "../ir/walk.ts";
import type { CallJob, Job, Step, Workflow } from "../ir/workflow.ts";
import { findJobs, neededIds, type FoundJob } from "./find-jobs.ts";
import type { ProveRequest } from "./proof.ts";
import { namesOf } from "./runner/step-name.ts";

/** The jobs to try, with those that they take outputs from before them. */
export function chooseJobs(request: ProveRequest): readonly FoundJob[] {
  const { path, workflow, folder, job: wanted, predicted } = request;
  const all = findJobs(path, workflow, folder);
  const isWanted = ({ id }: FoundJob): boolean => id === wanted || id.startsWith(`${wanted} / `);
  if (wanted !== undefined && !all.some(isWanted))
    throw new UsageError(
      `${path} has no job '${wanted}' with steps; it has ${all.map(({ id }) => id).join(", ") || "none"}`,
    );
  const pushing = all.filter(({ id }) => predicted.some((push) => push.job === id));
  if (wanted === undefined && pushing.length === 0)
    throw new UsageError(`no job of ${path} pushes, as far as can be seen: name one with --job to try it all the same`);
  const chosen: FoundJob[] = [];
  const choose = (job: FoundJob): void => {
    if (chosen.includes(job)) return;
    const needed = usesNeeds(job) ? neededIds(job, all) : [];
    // Jobs that need each other in a circle are none that GitHub starts.
    const before = all.filter(({ id }) => needed.includes(id) && !open.has(id));
    open.add(job.id);
    for (const other of before) choose(other);
    chosen.push(job);
  };
  const open = new Set<string>();
  for (const job of wanted === undefined ? pushing : all.filter(isWanted)) choose(job);
  checkStubs(
    request,
    chosen.flatMap(({ job }) => job.steps?.items ?? []),
  );
  return chosen;
}

/** A stub that is for no step would be forgotten in silence. */
function checkStubs({ stubs }: ProveRequest, steps: readonly Step[]): void {
  const names = steps.flatMap(namesOf);
  for (const name of stubs?.keys() ?? []) {
    if (names.includes(name) || (/^\d+$/.test(name) && Number(name) <= steps.length)) continue;
    const near = nearestName(name, names);
    const hint =
      near === undefined ? `there are ${names.map((other) => `'${other}'`).join(", ")}` : `did you mean '${near}'?`;
    throw new UsageError(`no step of the jobs that are tried is called '${name}'; ${hint}`);
  }
}

function usesNeeds({ job, call }: FoundJob): boolean {
  const nodes = [job, ...(call === undefined ? [] : [call.job])];
  return nodes.flatMap(textsIn).some((text) => /\bneeds\s*[.[]/.test(text));
}

/** The text of every scalar. */
export function textsIn(node: Workflow | Job | CallJob): readonly string[] {
  const texts: string[] = [];
  walk(node, (inner) => {
    if (inner.kind === "scalar") texts.push(inner.text);
  });
  return texts;
}
