import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./markdown.ts";

// docs/experiments.md, held against what was seen: a case of the page says who the server saw, and what came of it.
interface Observed {
  readonly identity: string | null;
  readonly outcome: string;
}
const observed = JSON.parse(readFileSync(join(ROOT, "test/fixtures/truth-table/observed.json"), "utf8")) as Readonly<
  Record<string, Observed>
>;
const rows = [
  ...readFileSync(join(ROOT, "docs/experiments.md"), "utf8").matchAll(
    /^\| \[?([A-K]\d\d)\]?(?:\(([^)]+)\))? +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm,
  ),
].map(([, id = "", link, , who = "", outcome = ""]) => ({ id, link, who, outcome }));

const OUTCOMES: Readonly<Record<string, string>> = {
  landed: "lands",
  rejected: "refused",
  "no-credential": "fails: no credential",
  "not-sent": "never begins",
  "ok-no-update": "says yes, moves nothing",
};
const IDENTITIES: Readonly<Record<string, string>> = {
  GITHUB_TOKEN: "`GITHUB_TOKEN`",
  PAT: "the PAT",
  PAT_DEV: "another's PAT",
  APP_TOKEN: "the App's token",
  DEPLOY_KEY: "the key",
};

test("the page has cases of every kind", () => {
  expect(rows.length).toBeGreaterThan(80);
  expect(new Set(rows.map(({ id }) => id[0])).size).toBeGreaterThanOrEqual(10);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test.each(rows)("$id says what was seen", ({ id, link, who, outcome }) => {
  const seen = observed[id];
  expect(outcome).toBe(OUTCOMES[seen?.outcome ?? ""] ?? seen?.outcome);
  const two = seen?.outcome === "400" ? "two headers" : undefined;
  expect(who).toBe(two ?? (seen?.identity == null ? "nobody" : IDENTITIES[seen.identity]));
  const workflow = `test/fixtures/truth-table/workflows/${id}.yml`;
  expect(link).toBe(existsSync(join(ROOT, workflow)) ? `../${workflow}` : undefined);
});
