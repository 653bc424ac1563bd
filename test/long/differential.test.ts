import fc from "fast-check";
import { it } from "vitest";
import { describe, shrink, tryJobs } from "../prove/differential/try-jobs.ts";
import { randomJob } from "../prove/differential/random-job.ts";

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env["JOBS"] ?? 300);

it(`seed ${seed}`, { timeout: 7_200_000 }, async () => {
  const jobs = fc.sample(randomJob, { seed, numRuns });
  const started = performance.now();
  const tally = await tryJobs(jobs, 2);
  console.log(
    JSON.stringify({ ...tally, wrong: tally.wrong.length, stopped: tally.stopped.length }),
    Math.round(performance.now() - started),
  );
  if (process.env["SHOW"]) console.log(tally.stopped.join("\n"));
  for (const wrong of tally.wrong.slice(0, Number(process.env["SHOW"] ?? 5)))
    console.log(describe(await shrink(wrong)));
});
