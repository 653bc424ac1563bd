import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openCatalog } from "../../src/actions/catalog.ts";
import { pathToFileURL } from "node:url";
import { scoreBench } from "./bench.ts";
import { scoreCorpus } from "./corpus.ts";
import { scoreSpeed } from "./speed.ts";
import { scoreTruthTable } from "./truth-table.ts";

/** Prints the scoreboard. @returns the exit code: 1 where a target is missed */
export async function main(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string", default: join(root, "../shared/data") },
      wrong: { type: "boolean", default: false },
      reasons: { type: "boolean", default: false },
      truth: { type: "boolean", default: false },
      bench: { type: "boolean", default: false },
      corpus: { type: "boolean", default: false },
      speed: { type: "boolean", default: false },
    },
  });
  const catalog = await openCatalog(pathToFileURL(join(root, "data/action-catalog.json")));
  const isAll = !values.truth && !values.bench && !values.corpus && !values.speed;
  const lines: string[] = [];
  let isMissed = false;
  const add = (score: { readonly lines: readonly string[]; readonly isMissed: boolean }): void => {
    lines.push(...score.lines, "");
    isMissed ||= score.isMissed;
  };
  if (isAll || values.truth) add(scoreTruthTable(join(root, "test/fixtures/truth-table"), catalog));
  for (const [name, wanted, score] of [
    ["pushbench", values.bench, scoreBench],
    ["corpus", values.corpus, scoreCorpus],
  ] as const) {
    if (!isAll && !wanted) continue;
    const folder = join(values.data, name);
    if (existsSync(folder)) add(score(folder, catalog, values));
    else lines.push(`${name}: skipped, there is no ${folder}`, "");
  }
  const corpus = join(values.data, "corpus");
  if ((isAll || values.speed) && existsSync(corpus)) add(scoreSpeed(root, corpus));
  console.log(lines.join("\n"));
  return isMissed ? 1 : 0;
}
