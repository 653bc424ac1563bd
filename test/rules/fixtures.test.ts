import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../src/report/finding.ts";
import { ALL_RULES } from "../../src/rules/all-rules.ts";
import { lintFixtures, ruleFixtures, type RuleFixture } from "./rule-fixtures.ts";

let found: ReadonlyMap<RuleFixture, readonly Finding[]>;
beforeAll(async () => {
  const isOfficial = ({ rule }: RuleFixture): boolean => rule === "official";
  found = new Map([
    ...(await lintFixtures(ruleFixtures.filter((fixture) => !isOfficial(fixture)))),
    ...(await lintFixtures(ruleFixtures.filter(isOfficial), { official: true })),
  ]);
}, 60_000);

/** Found where a project as a whole is looked at: test/cli has their tests. */
const WITHOUT_FIXTURE = [
  "config-not-run",
  "definition",
  "hand-edit",
  "hidden-source",
  "impostor-commit",
  "local-action-not-locked",
  "lock-unverified",
  "manifest-changed",
  "missing",
  "missing-lock-entry",
  "moved-tag",
  "not-at-root",
  "not-a-bump",
  "orphan",
  "orphan-bypass-actor",
  "orphan-secret",
  "pin-not-locked",
  "same-name",
  "stale",
  "stale-lock",
  "unexpected-commit",
  "unknown-action",
  "unread-config",
  "unreadable",
  "unused-action",
  "unused-baseline",
  "usage",
];

describe.each(ruleFixtures.map((fixture) => ({ file: `${fixture.rule}/${fixture.name}`, fixture })))(
  "$file",
  ({ fixture }) => {
    test("holds what is marked in it, and nothing else", () => {
      const lines = found.get(fixture)?.map(({ ruleId, span }) => `${span?.startLine} ${ruleId}`) ?? [];
      expect([...lines].sort()).toEqual([...fixture.expected].sort());
    });
  },
);

describe.each(ALL_RULES.filter(({ id }) => !WITHOUT_FIXTURE.includes(id)))("$id", ({ id, messages }) => {
  const own = ruleFixtures.filter(({ rule }) => rule === id);

  test("has a fixture that it finds something in, and a clean one", () => {
    expect(own.some(({ expected }) => expected.some((line) => line.endsWith(` ${id}`)))).toBe(true);
    expect(own.some(({ name, expected }) => name.startsWith("clean.") && expected.length === 0)).toBe(true);
  });

  test("says each of its messages in a fixture", () => {
    const said = own.flatMap((fixture) => found.get(fixture) ?? []).filter(({ ruleId }) => ruleId === id);
    const unsaid = Object.values(messages).filter(
      (message) => !said.some((finding) => pattern(message).test(finding.message)),
    );
    expect(unsaid).toEqual([]);
  });
});

/** A message whose names stand for any text. */
function pattern(message: string): RegExp {
  const parts = message.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`${parts.join("[^]*")}(?: \\(used in \\d+ places\\))?$`);
}

test("every rule has a file of its name", () => {
  const rules = join(import.meta.dirname, "../../src/rules");
  const files = readdirSync(rules, { recursive: true, encoding: "utf8" }).map((file) => basename(file, ".ts"));
  expect(ALL_RULES.map(({ id }) => id).filter((id) => !files.includes(id))).toEqual([]);
  expect(WITHOUT_FIXTURE.filter((id) => !ALL_RULES.some((rule) => rule.id === id))).toEqual([]);
});

test("rules are listed once, by id", () => {
  const ids = ALL_RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});
