import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../src/actions/catalog.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import { readFile } from "../../src/read/read-file.ts";

interface Expected {
  readonly kind: string;
  readonly name: string | null;
  readonly step: number;
  readonly title: string;
}

/** The cases that were run on a real git, as workflows. */
export function scoreTruthTable(folder: string, catalog: Catalog): { lines: readonly string[]; isMissed: boolean } {
  const cases = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Record<string, Expected>;
  const wrong: string[] = [];
  for (const [id, expected] of Object.entries(cases)) {
    const path = `.github/workflows/${id}.yml`;
    const { node } = readFile(path, readFileSync(join(folder, "workflows", `${id}.yml`), "utf8"));
    if (node === undefined) continue;
    const { pushes, reads } = analyzeFile(path, node, { catalog });
    const found = [...pushes, ...reads].find(({ step }) => step === expected.step);
    const name = found !== undefined && "name" in found.identity ? found.identity.name : null;
    if (found?.identity.kind === expected.kind && name === expected.name) continue;
    wrong.push(
      `  ${id}: ${found?.identity.kind ?? "missing"} ${name ?? ""}, not ${expected.kind} ${expected.name ?? ""} (${expected.title})`,
    );
  }
  const count = Object.keys(cases).length;
  return { lines: [`truth table: ${count - wrong.length} of ${count} right`, ...wrong], isMissed: wrong.length > 0 };
}
