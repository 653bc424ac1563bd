import { expect, test } from "vitest";
import { unmet } from "../official/unmet-constraints.ts";

test("all that GitHub's schema of workflows does not allow is a problem here, for every event", async () => {
  const { tried, gaps } = await unmet("workflow");
  expect(tried).toBeGreaterThan(2500);
  expect(gaps).toEqual([]);
});
