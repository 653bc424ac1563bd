import type { Mapping, Scalar } from "./node.ts";
import type { Report } from "./syntax-problem.ts";
import { scalarsOf } from "./walk.ts";
import type { AnyJob } from "./workflow.ts";

/** Every job must be able to start one day: the jobs that it needs exist, and none of them waits for it. */
export function checkNeeds(jobs: Mapping<AnyJob>, report: Report): void {
  // Ids count without regard to case: GitHub's server. Two that differ only in case have been reported.
  const waiting = new Map<string, readonly Scalar[]>();
  // A value that is no job at all has been reported; the rest of the graph is still worth checking.
  for (const { key, value } of jobs.entries) waiting.set(fold(key), "needs" in value ? scalarsOf(value.needs) : []);
  const all = new Set(waiting.keys());
  if (all.size > 0 && [...waiting.values()].every((needs) => needs.length > 0)) {
    report("bad-needs", "every job needs another one: none can start", jobs, ["jobs"]);
    return;
  }
  const finished = new Set<string>();
  for (let ready = startable(waiting, finished); ready.length > 0; ready = startable(waiting, finished)) {
    for (const id of ready) {
      finished.add(id);
      waiting.delete(id);
    }
  }
  for (const [id, needs] of waiting) {
    for (const need of needs) {
      if (finished.has(fold(need))) continue;
      const message = all.has(fold(need))
        ? `\`${id}\` and \`${need.text}\` wait for each other, at least by way of other jobs: neither can start`
        : `\`${id}\` needs \`${need.text}\`, and no job has this id`;
      report("bad-needs", message, need, ["jobs", id, "needs"]);
    }
  }
}

function startable(waiting: ReadonlyMap<string, readonly Scalar[]>, finished: ReadonlySet<string>): readonly string[] {
  return [...waiting].filter(([, needs]) => needs.every((need) => finished.has(fold(need)))).map(([id]) => id);
}

function fold({ text }: Scalar): string {
  return text.toLowerCase();
}
