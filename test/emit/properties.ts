import fc from "fast-check";
import { CORE_SCHEMA, load, YAML11_SCHEMA } from "js-yaml";
import { check } from "prettier";
import { parse } from "yaml";
import { isDeepStrictEqual } from "node:util";
import { firstDifference } from "../../src/ir/compare.ts";
import type { Comments, Value } from "../../src/ir/node.ts";
import { printValue } from "../../src/emit/print-value.ts";
import { arbitraryAnchoredTree } from "./arbitrary-trees.ts";
import { plainOf, readTree } from "./trees.ts";

/** What every tree's text must have. Each fails with the text, so that fast-check shows it. */
export const properties = {
  "readers of YAML 1.1 and 1.2 agree with the tree"(tree: Value): void {
    if (hasKey(tree, "on")) return; // the one exception: YAML 1.1 reads it as true
    const text = printValue(tree).text;
    const want = plainOf(tree);
    const read = {
      "yaml 1.2": parse(text),
      "yaml 1.1": parse(text, { version: "1.1" }),
      "js-yaml 1.2": load(text, { schema: CORE_SCHEMA }),
      "js-yaml 1.1": load(text, { schema: YAML11_SCHEMA }),
    } satisfies Record<string, unknown>;
    for (const [reader, got] of Object.entries(read)) {
      if (!isDeepStrictEqual(got, want)) throw new Error(`${reader} reads ${JSON.stringify(got)} in:\n${text}`);
    }
  },

  "what is read says the same as what was written"(tree: Value): void {
    const text = printValue(tree).text;
    const difference = firstDifference(tree, readTree(text));
    if (difference !== undefined) throw new Error(`${JSON.stringify(difference)} in:\n${text}`);
  },

  "what is read is written the same again"(tree: Value): void {
    const text = printValue(tree).text;
    const again = printValue(readTree(text)).text;
    if (again !== text) throw new Error(`first:\n${text}\nthen:\n${again}`);
  },

  "no comment is lost"(tree: Value): void {
    const text = printValue(tree).text;
    for (const line of commentsIn(tree)) if (!text.includes(line.trimEnd())) throw new Error(`no ${line} in:\n${text}`);
  },

  async "prettier changes nothing"(tree: Value): Promise<void> {
    const text = printValue(tree).text;
    if (!(await check(text, { parser: "yaml" }))) throw new Error(`prettier changes:\n${text}`);
  },
} satisfies Record<string, (tree: Value) => void | Promise<void>>;

/** Tries a property on trees with and without comments. */
export async function hold(
  property: (tree: Value) => void | Promise<void>,
  runs: number,
  seed?: number,
): Promise<void> {
  for (const comments of [false, true]) {
    const trees = arbitraryAnchoredTree({ comments });
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => property(tree)),
      seed === undefined ? { numRuns: runs } : { numRuns: runs, seed },
    );
  }
}

function hasKey(tree: Value, name: string): boolean {
  return tree.kind === "mapping" && tree.entries.some(({ key }) => key.text === name);
}

/** Comments that can be told from other text; those below an alias stand where its anchor does. */
function commentsIn(node: Value): readonly string[] {
  const own = linesOf(node.comments);
  if (node.alias !== undefined || node.kind === "scalar") return own;
  const below =
    node.kind === "sequence"
      ? node.items.flatMap(commentsIn)
      : node.entries.flatMap(({ key, value }) => [...linesOf({ ...key.comments, end: [] }), ...commentsIn(value)]);
  return [...own, ...below];
}

function linesOf({ before = [], trailing, end = [] }: Comments = {}): readonly string[] {
  const lines = [...before, trailing, ...end].filter((line) => typeof line === "string");
  return lines.filter((line) => /^ [a-z ]+$/.test(line)).map((line) => `#${line}`);
}
