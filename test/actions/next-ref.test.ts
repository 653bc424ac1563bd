import { describe, expect, test } from "vitest";
import { nextRef } from "../../src/actions/next-ref.ts";
import { parseSpan } from "../../src/actions/time-span.ts";

const SHA = "a".repeat(40);

describe("a newer version is written as exactly as before", () => {
  test.each([
    ["v5", "v5.1.0", "v5"],
    ["v5", "v6.0.1", "v6"],
    ["v5.0", "v6.2.1", "v6.2"],
    ["v5.0.1", "v5.1.0", "v5.1.0"],
    ["v5.0.1", "v6", "v6"],
    ["v17", "v18", "v18"],
    ["5", "6.1.0", "6"],
    ["v5", "6.1.0", "6"],
    ["login/v1", "login/v2.0.3", "login/v2"],
    ["main", "v1.0.0", undefined],
    ["v5", "stable", undefined],
    ["b".repeat(40), "v6.0.0", SHA],
  ])("%s, %s → %s", (before, tag, next) => {
    expect(nextRef(before, { tag, sha: SHA })).toBe(next);
  });
});

test.each([
  ["12h", 43_200],
  ["7d", 604_800],
  ["2w", 1_209_600],
  ["0", 0],
  ["7", undefined],
  ["-7d", undefined],
  ["7 d", undefined],
  ["", undefined],
])("%j is %s seconds", (text, seconds) => {
  expect(parseSpan(text)).toBe(seconds);
});
