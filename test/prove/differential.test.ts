import fc from "fast-check";
import { expect, it } from "vitest";
import { randomJob } from "./differential/random-job.ts";
import { describe, shrink, tryJobs } from "./differential/try-jobs.ts";

it("who the server sees is who was predicted, in 30 random jobs", { timeout: 300_000 }, async () => {
  const { agreed, depends, unknown, unsent, wrong } = await tryJobs(fc.sample(randomJob(3), { numRuns: 30 }), 2);
  const [first] = wrong;
  expect(first === undefined ? "" : describe(await shrink(first))).toBe("");
  // Most pushes are sent, and most answers are one.
  expect(agreed + depends + unknown).toBeGreaterThan(unsent);
  expect(unknown).toBeLessThanOrEqual(agreed / 2);
});
