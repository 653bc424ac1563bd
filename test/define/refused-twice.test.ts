import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import { expect, test, vi } from "vitest";
import { findPersisted } from "../../src/define/push/check-persisted.ts";
import { fileDefinition, workflowToIr } from "../../src/define/convert/to-ir.ts";
import * as flowkeep from "../../src/index.ts";

// "Types may accept what gen refuses, never the reverse": the jobs of the fixture in which the types refuse a push (`// ✗`)
// are refused when compiling too.
const text = readFileSync(new URL("../fixtures/types/credential-state.ts", import.meta.url), "utf8");
const jobs = text.split(/^(?= {4}\w+: job\()/m).slice(1);
const refused = jobs.filter((job) => job.includes("✗ the checkout of")).map((job) => /^ {4}(\w+)/.exec(job)?.[1] ?? "");

test("what the types refuse, the compile step refuses", async () => {
  vi.spyOn(Math, "random").mockReturnValue(1); // where the types see two steps that may stand there, take the first
  const { code } = await transform(text, { loader: "ts", format: "cjs" });
  const module: { exports: { state?: unknown } } = { exports: {} };
  new Function("module", "exports", "require", code)(module, module.exports, () => flowkeep);
  const definition = fileDefinition(module.exports.state);
  if (definition?.is !== "workflow") throw new Error("the fixture exports no workflow");
  const { node, intents } = workflowToIr(definition, { pathOf: () => undefined });
  const found = (node.jobs?.entries ?? [])
    .filter(({ value }) => value.kind === "job" && findPersisted(value, intents).length > 0)
    .map(({ key }) => key.text);
  expect(refused.length).toBeGreaterThan(20);
  expect(found).toEqual(expect.arrayContaining(refused));
});
