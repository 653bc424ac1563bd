import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installDeclarations } from "./build-declarations.ts";
import { writeManyWorkflows } from "./many-workflows.ts";
import { runTsc, type TscRun } from "./run-tsc.ts";

// Counted, not timed: only `--singleThreaded` gives the same count each time. A change that makes types dearer by more than
// 5 % fails here; one that is worth it changes budget.json.
const { workflows, instantiations } = JSON.parse(readFileSync(new URL("./budget.json", import.meta.url), "utf8")) as {
  workflows: number;
  instantiations: number;
};

let folder: string;
let measured: TscRun;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "flowkeep-budget-"));
  writeManyWorkflows(folder, workflows);
  await installDeclarations(folder);
  measured = await runTsc(folder, "-p", ".", "--extendedDiagnostics", "--singleThreaded");
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(`${workflows} workflows compile`, () => {
  expect(measured.diagnostics).toEqual([]);
});

test("their types are within 5 % of the committed budget", () => {
  const count = Number(/^Instantiations:\s+(\d+)$/m.exec(measured.output)?.[1]);
  expect(count).toBeGreaterThan(instantiations * 0.5);
  expect(count).toBeLessThanOrEqual(instantiations * 1.05);
});
