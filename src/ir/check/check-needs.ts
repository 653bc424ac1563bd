import type { Mapping, Scalar } from "../node.ts";
import { nearestName } from "../suggest.ts";
import type { Report } from "../syntax-problem.ts";
import { scalarsOf } from "../walk.ts";
import type { AnyJob } from "../workflow.ts";

/** Every job must be able to start one day: the jobs that it needs exist, and none of them waits for it. */
export function checkNeeds(jobs: Mapping<AnyJob>, report: Report): void {
  // A value that is no job at all has been reported; the rest of the graph is still worth checking.
  const needs = new Map(
    jobs.entries.map(({ key, value }) => [fold(key), "needs" in value ? scalarsOf(value.needs) : []] as const),
  );
  const ends = endingJobs(needs);
  if (needs.size > 0 && ends.size === 0 && [...needs.values()].every((each) => each.length > 0)) {
    report("bad-needs", "every job needs another one: none can start", jobs, ["jobs"]);
  }
  const isStuck = ends.size === 0;
  for (const { key } of jobs.entries) {
    if (ends.has(fold(key))) continue;
    for (const need of needs.get(fold(key)) ?? []) {
      if (ends.has(fold(need)) || (isStuck && needs.has(fold(need)))) continue;
      const message = needs.has(fold(need))
        ? `\`${key.text}\` and \`${need.text}\` wait for each other, at least by way of other jobs: neither can start`
        : `\`${key.text}\` needs \`${need.text}\`, and no job has this id${suggestion(need.text, key.text, jobs)}`;
      report("bad-needs", message, need, ["jobs", key.text, "needs"]);
    }
  }
}

function suggestion(need: string, user: string, jobs: Mapping<AnyJob>): string {
  const others = jobs.entries.map(({ key }) => key.text).filter((id) => id !== user);
  const meant = nearestName(need, others);
  return meant === undefined ? "" : `; did you mean \`${meant}\`?`;
}

/** The jobs that can start once those that they need have ended. */
function endingJobs(needs: ReadonlyMap<string, readonly Scalar[]>): ReadonlySet<string> {
  const missing = new Map<string, number>();
  const waiting = new Map<string, string[]>();
  for (const [id, each] of needs) {
    const ids = new Set(each.map(fold));
    missing.set(id, ids.size);
    for (const need of ids) {
      const others = waiting.get(need);
      if (others === undefined) waiting.set(need, [id]);
      else others.push(id);
    }
  }
  // A set is visited in the order in which it grows.
  const ends = new Set([...needs.keys()].filter((id) => missing.get(id) === 0));
  for (const id of ends) {
    for (const other of waiting.get(id) ?? []) {
      const left = (missing.get(other) ?? 0) - 1;
      missing.set(other, left);
      if (left === 0) ends.add(other);
    }
  }
  return ends;
}

/** Ids count without regard to case: GitHub's server. */
function fold({ text }: Scalar): string {
  return text.toLowerCase();
}
