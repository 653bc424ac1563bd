import { headerOf } from "../../src/emit/header.ts";
import type { OutputFile } from "../../src/emit/plan-writes.ts";

/** Eight files, each long enough that a torn write would show. */
export function writtenSet(version: number): readonly OutputFile[] {
  const body = `# version ${version}\n`.repeat(2000 + 3000 * version);
  const workflows = [1, 2, 3, 4, 5, 6, 7].map((n) => `.github/workflows/w${n}.yml`);
  return [...workflows, "generated/source-map.json"].map((path) => ({
    path,
    text: `${headerOf(`workflows-src/${path.length}.ts`)}${body}`,
  }));
}
