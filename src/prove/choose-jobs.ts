import { UsageError } from "../ir/errors.ts";
import { nearestName } from "../ir/suggest.ts";
import { scalarsOf, walk } from "../ir/walk.ts";
import type { Job, Step, Workflow } from "../ir/workflow.ts";
import type { ProveRequest } from "./proof.ts";
import { namesOf } from "./runner/step-name.ts";

/** The jobs to try, with those that they take outputs from before them. */
export function chooseJobs(request: ProveRequest): readonly (readonly [string, Job])[] {
  const { path, workflow, job: wanted, predicted } = request;
  const jobs = new Map(
    workflow.jobs?.entries.flatMap(({ key, value }) => (value.kind === "job" ? [[key.text, value] as const] : [])),
  );
  if (wanted !== undefined && !jobs.has(wanted))
    throw new UsageError(`${path} has no job '${wanted}' with steps; it has ${[...jobs.keys()].join(", ") || "none"}`);
  const pushing = [...jobs.keys()].filter((id) => predicted.some((push) => push.job === id));
  if (wanted === undefined && pushing.length === 0)
    throw new UsageError(`no job of ${path} pushes, as far as can be seen: name one with --job to try it all the same`);
  const chosen = new Set<string>();
  const choose = (id: string): void => {
    const job = jobs.get(id);
    if (job === undefined || chosen.has(id)) return;
    if (usesNeeds(job)) for (const { text } of scalarsOf(job.needs)) choose(text);
    chosen.add(id);
  };
  for (const id of wanted === undefined ? pushing : [wanted]) choose(id);
  const tried = [...jobs]
    .filter(([id]) => chosen.has(id))
    .sort(([a], [b]) => [...chosen].indexOf(a) - [...chosen].indexOf(b));
  checkStubs(
    request,
    tried.flatMap(([, job]) => job.steps?.items ?? []),
  );
  return tried;
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

function usesNeeds(job: Job): boolean {
  return textsIn(job).some((text) => /\bneeds\s*[.[]/.test(text));
}

/** The text of every scalar. */
export function textsIn(node: Workflow | Job): readonly string[] {
  const texts: string[] = [];
  walk(node, (inner) => {
    if (inner.kind === "scalar") texts.push(inner.text);
  });
  return texts;
}
