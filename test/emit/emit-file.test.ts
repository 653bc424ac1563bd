import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "prettier";
import { emitFile } from "../../src/emit/emit-file.ts";
import { withoutHeader } from "../../src/emit/header.ts";
import { workflowFromValue } from "../../src/ir/from-value.ts";
import type { Mapping } from "../../src/ir/node.ts";
import { rewrite } from "../../src/ir/walk.ts";
import { readTree, treeOf, type Plain } from "./trees.ts";

const release: Plain = {
  name: "Release",
  "run-name": "Release ${{ inputs.version }}",
  on: {
    push: { branches: ["main", "release/**"], "tags-ignore": ["v0.*"] },
    schedule: [{ cron: "30 5 * * 1" }],
    workflow_dispatch: { inputs: { version: { description: "Which: the tag", required: true, default: "1.10" } } },
  },
  permissions: {},
  concurrency: { group: "release-${{ github.ref }}", "cancel-in-progress": false },
  jobs: {
    build: {
      "runs-on": "ubuntu-latest",
      strategy: { "fail-fast": false, matrix: { node: [20, 22, "22.10"], os: ["ubuntu-latest"] } },
      steps: [
        { uses: "actions/checkout@v5", with: { "persist-credentials": false } },
        { name: "Test", if: "!cancelled()", run: "npm ci\nnpm test -- --reporter=dot\n" },
        { run: 'echo "$VERSION" > version.txt', env: { VERSION: "${{ inputs.version }}", ON: "yes", EMPTY: "" } },
      ],
    },
    deploy: {
      needs: ["build"],
      "runs-on": ["self-hosted", "linux"],
      "timeout-minutes": 5,
      steps: [{ run: "make deploy" }],
    },
  },
};

function workflow(plain: Plain) {
  return workflowFromValue(treeOf(plain) as Mapping).node;
}

describe("emitFile", () => {
  it("writes a workflow as a careful person would", async () => {
    const { text } = emitFile(workflow(release), { source: "workflows-src/release.ts" });
    expect(text).toBe(readFileSync(new URL("fixtures/release.yml", import.meta.url), "utf8"));
    expect(await check(text, { parser: "yaml" })).toBe(true);
  });

  it("gives the line of each node that was defined", () => {
    const defined = rewrite(workflow(release), (node, path) => ({ ...node, origin: { path, call: undefined } }));
    const { text, places } = emitFile(defined, { source: "workflows-src/release.ts" });
    const lines = text.split("\n");
    const lineOf = (path: string) => places.find(({ node }) => node.origin?.path.join(".") === path)?.line ?? 0;
    expect(lines[lineOf("jobs.deploy") - 1]).toBe("  deploy:");
    expect(lines[lineOf("jobs.build.steps.1") - 1]).toBe("      - name: Test");
    expect(lines[lineOf("jobs.build.steps.2.env.ON") - 1]).toBe('          "ON": "yes"');
    expect(lines[lineOf("jobs.deploy.timeout-minutes") - 1]).toBe("    timeout-minutes: 5");
    expect(lines[lineOf("") - 1]).toBe("name: Release");
  });

  it("writes the same again from what it wrote, with or without header", () => {
    const { text } = emitFile(workflow(release), { source: "workflows-src/release.ts" });
    for (const written of [text, withoutHeader(text)]) {
      const read = workflowFromValue(readTree(written) as Mapping).node;
      expect(emitFile(read, { source: "workflows-src/release.ts" }).text).toBe(text);
    }
  });

  it("leaves what a careful person wrote as it is: comments, blank lines, flow style, anchors", async () => {
    const text = readFileSync(new URL("fixtures/kept.yml", import.meta.url), "utf8");
    const read = workflowFromValue(readTree(text) as Mapping).node;
    expect(withoutHeader(emitFile(read, { source: "x.ts" }).text)).toBe(text);
    expect(await check(text, { parser: "yaml" })).toBe(true);
  });
});
