import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { audit } from "../../src/pipeline.ts";
import { withProject } from "../end-to-end/compile-project.ts";

// These rules look at what a repository has on GitHub: `test/fixtures/audit/<rule>` is a workflow and an inventory.
const FIXTURES = join(import.meta.dirname, "../fixtures/audit");

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "flowkeep-orphans-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function findings(rule: string): Promise<readonly string[]> {
  mkdirSync(join(root, ".github/workflows"), { recursive: true });
  cpSync(join(FIXTURES, rule, "workflow.yml"), join(root, ".github/workflows/refresh.yml"));
  cpSync(join(FIXTURES, rule, "inventory.json"), join(root, "inventory.json"));
  const audited = await withProject(root, (project) =>
    audit(project, { paths: [], mayRun: false, inventory: "inventory.json" }),
  );
  return audited.findings.map(({ ruleId, span, message }) => `${span?.file}:${span?.startLine} ${ruleId} ${message}`);
}

describe("what the inventory has and nothing uses", () => {
  it("is found by orphan-secret: secrets, variables, Apps", async () => {
    expect(await findings("orphan-secret")).toEqual([
      expect.stringMatching(/^inventory\.json:2 orphan-secret .*CACHE_APP_KEY/),
      expect.stringMatching(/^inventory\.json:3 orphan-secret .*CACHE_APP_ID/),
      expect.stringMatching(/^inventory\.json:4 orphan-secret .*cache-pusher/),
    ]);
  });

  it("is found by orphan-bypass-actor, where nothing pushes as the entry", async () => {
    expect(await findings("orphan-bypass-actor")).toEqual([
      expect.stringMatching(/^inventory\.json:11 orphan-bypass-actor .*App 123456/),
      expect.stringMatching(/^inventory\.json:12 orphan-bypass-actor .*deploy key/),
    ]);
  });

  it("has a fixture for each rule of its kind", () => {
    expect(readdirSync(FIXTURES).sort()).toEqual(["orphan-bypass-actor", "orphan-secret"]);
  });
});
