import { expect, test } from "vitest";
import { unmet } from "./unmet-constraints.ts";

// Every event of GitHub has its own definitions in the schema, and nearly the same ones: test/long tries all of them.
const EVENTS = /^on\.(?!(?:push|issues|schedule|workflow_run|workflow_call|workflow_dispatch)\b)/;

test("all that the schema of workflows does not allow is a problem here", async () => {
  const { tried, gaps } = await unmet("workflow", (name) => !EVENTS.test(name));
  expect(tried).toBeGreaterThan(1000);
  expect(gaps).toEqual([]);
});

test("all that the schema of actions does not allow is a problem here", async () => {
  const { tried, gaps } = await unmet("action");
  expect(tried).toBeGreaterThan(300);
  expect(gaps).toEqual([]);
});
