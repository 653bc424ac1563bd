import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import type { AnalyzeOptions } from "../../src/credentials/analyze-file.ts";
import { mayHoldCredentials } from "../../src/credentials/traces/may-hold-credentials.ts";
import { traceFile } from "../../src/credentials/traces/trace-file.ts";
import type { JobTrace } from "../../src/credentials/traces/trace-job.ts";
import type { FileNode } from "../../src/ir/any-node.ts";
import { readFile } from "../../src/read/read-file.ts";

const PATH = ".github/workflows/ci.yml";
const FIXTURES = join(import.meta.dirname, "../fixtures");

function nodeOf(text: string): FileNode | undefined {
  return readFile(PATH, text).node;
}

function says({ checkouts, unsets, tokenArguments, leftTokens }: JobTrace): boolean {
  const ofCheckouts = checkouts.some(({ keeps, uses, missed }) => keeps !== "no" || uses.length + missed.length > 0);
  return ofCheckouts || unsets.length + tokenArguments.length + leftTokens.length > 0;
}

function hold(steps: string, files: Readonly<Record<string, string>> = {}, job = ""): boolean {
  const text = `on: push\njobs:\n  job:\n${job}    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^/gm, "      ")}\n`;
  const node = nodeOf(text);
  if (node === undefined) throw new Error(text);
  return mayHoldCredentials(node, { catalog: emptyCatalog, readRepositoryFile: (path) => files[path] });
}

const KEEPS_NONE = "- uses: actions/checkout@v5\n  with: { persist-credentials: false }";

describe("the quick look for credentials", () => {
  it("misses nothing in the fixtures that walking through everything finds", () => {
    const files = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yml"));
    const options: AnalyzeOptions = { catalog: emptyCatalog };
    const counts = { looked: 0, skipped: 0 };
    for (const file of files) {
      const node = nodeOf(readFileSync(join(FIXTURES, file), "utf8"));
      if (node?.kind !== "workflow") continue;
      counts.looked++;
      if (mayHoldCredentials(node, options)) continue;
      counts.skipped++;
      const own = traceFile(PATH, node, options).jobs.filter(({ job }) => !job.includes(" / "));
      expect(own.filter(says), file).toEqual([]);
    }
    expect(counts.looked).toBeGreaterThan(200);
    expect(counts.skipped).toBeGreaterThan(20);
  });

  it.each([
    ["nothing but scripts", "- run: make"],
    ["a checkout that keeps none", `${KEEPS_NONE}\n- run: ./build.sh && npm ci && npm test`],
    ["actions that only set up tools", `${KEEPS_NONE}\n- uses: actions/setup-node@v4\n  with: { node-version: 22 }`],
  ])("passes over %s", (_, steps) => {
    expect(hold(steps)).toBe(false);
  });

  it.each([
    ["a checkout", "- uses: actions/checkout@v5"],
    ["a checkout that asks", "- uses: actions/checkout@v5\n  with: { persist-credentials: '${{ inputs.x }}' }"],
    ["a checkout in parallel", "- parallel:\n    - uses: actions/checkout@v5"],
    ["git", `${KEEPS_NONE}\n- run: git log`],
    ["a secret in a script", "- run: curl -H '${{ secrets.PAT }}' https://example.org"],
    ["a secret in a variable", "- run: ./deploy\n  env: { PAT: '${{ secrets.PAT }}' }"],
    ["the job's token", "- run: ./deploy\n  env: { PAT: '${{ github.token }}' }"],
    ["the whole context", "- run: ./deploy\n  env: { ALL: '${{ toJSON(github) }}' }"],
    ["an input that makes a token", "- uses: octo/mint@v1\n  with: { app-id: 1, private-key: x }"],
    ["an action that pushes", `${KEEPS_NONE}\n- uses: stefanzweifel/git-auto-commit-action@v5`],
    ["a composite action of the repository", `${KEEPS_NONE}\n- uses: ./.github/actions/release`],
  ])("looks closer at %s", (_, steps) => {
    expect(hold(steps)).toBe(true);
  });

  it("looks closer at a script of the repository that pushes, and at a variable of the job", () => {
    expect(hold(`${KEEPS_NONE}\n- run: ./deploy.sh`, { "deploy.sh": "git push" })).toBe(true);
    expect(hold(`${KEEPS_NONE}\n- run: ./deploy.sh`, { "deploy.sh": "echo" })).toBe(false);
    expect(hold("- run: make", {}, "    env: { T: '${{ secrets.PAT }}' }\n")).toBe(true);
  });
});
