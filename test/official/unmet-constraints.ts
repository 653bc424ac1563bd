import { checkExpressions } from "../../src/expressions/check-file.ts";
import { readFile } from "../../src/read/read-file.ts";
import { officialErrors } from "../../src/read/official/run-parser.ts";
import { readSchema, variantsOf } from "./schema-variants.ts";

const STEP = { id: "db", run: "make", background: true };
const KINDS = {
  workflow: {
    schema: "workflow-v1.0",
    root: "workflow-root-strict",
    path: ".github/workflows/ci.yml",
    base: { on: "push", jobs: { a: { "runs-on": "ubuntu-latest", steps: [STEP] } } },
  },
  action: {
    schema: "action-v1.0",
    root: "action-root-strict",
    path: "action.yml",
    base: { name: "a", description: "b", runs: { using: "composite", steps: [{ run: "make", shell: "bash" }] } },
  },
} as const;

/** What GitHub takes although its published schema does not: docs/reader-disagreements.md. */
const KNOWN: readonly RegExp[] = [
  /^on\.\w+: \{\}$/,
  /^on\.repository_dispatch\.types: /,
  /^on\.workflow_call\.inputs\.zzz\.default: (?:-?\d|true)/,
  /^on\.workflow_dispatch\.inputs(?:\.zzz)?: null$/,
  // Of actions: the runner reads an input or output without a definition, and only the Marketplace minds the icon.
  /^(?:inputs|outputs)(?:\.zzz)?: null$/,
  /^branding\.icon: /,
];
/** What GitHub may have more of one day is a warning: keys, activity types; and a default that is none of the options. */
const NEWER = /knows no key|has no activity type|is not among the options|is none of |should have a/;

export interface Unmet {
  /** How many files GitHub's parser refused. */
  readonly tried: number;
  /** Those of them in which nothing is wrong here, or less than an error for no such reason. */
  readonly gaps: readonly string[];
}

/** Compares what GitHub's parser and ours have against files that differ from a valid one in one place. */
export async function unmet(kind: keyof typeof KINDS, isWanted = (_name: string): boolean => true): Promise<Unmet> {
  const { schema, root, path, base } = KINDS[kind];
  const gaps: string[] = [];
  let tried = 0;
  for (const { name, content } of variantsOf(readSchema(schema), root, base)) {
    if (!isWanted(name)) continue;
    const text = JSON.stringify(content);
    const [theirs] = await officialErrors(path, text);
    if (theirs === undefined) continue;
    tried++;
    const { node, problems, expressions } = readFile(path, text);
    const found = [...problems, ...(node === undefined ? [] : checkExpressions(node, expressions))];
    const isMet = found.some(({ severity, message }) => severity === "error" || NEWER.test(message));
    if (!isMet && !KNOWN.some((known) => known.test(name))) gaps.push(`${name}: ${theirs.message}`);
  }
  return { tried, gaps };
}
