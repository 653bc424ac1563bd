import { openCatalog } from "../../src/actions/catalog.ts";
import { judgePush, type Consequences, type Question, type Surroundings } from "../../src/consequences/consequences.ts";
import { readProtections } from "../../src/consequences/rulesets/read-protections.ts";
import type { Protections } from "../../src/consequences/rulesets/ruleset.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import { readFile } from "../../src/read/read-file.ts";

const catalog = await openCatalog();

/** What a workflow's pushes come to, in order. */
export function judgeWorkflow(text: string, around: Partial<Surroundings> = {}): readonly Consequences[] {
  const path = ".github/workflows/a.yml";
  const { node } = readFile(path, text);
  if (node === undefined) throw new Error("no workflow");
  const surroundings = {
    repository: undefined,
    defaultBranch: "main",
    protections: undefined,
    credentials: new Map(),
    ...around,
  };
  const { repository } = surroundings;
  return analyzeFile(path, node, { catalog, repository }).pushes.map((push) => judgePush(push, node, surroundings));
}

/** The answer to a question about a workflow's only push, with its reasons as one text. */
export function answer(question: Question, text: string, around: Partial<Surroundings> = {}): string {
  const [consequences, ...others] = judgeWorkflow(text, around);
  if (consequences === undefined || others.length > 0) throw new Error("not one push");
  const reasons = consequences.reasons.filter(({ about }) => about === question);
  const told = reasons.map(({ text, rule }) => (rule === undefined ? text : `${rule.type}: ${text}`));
  return `${consequences[question]}: ${told.join("; ")}`;
}

/** Rulesets as GitHub's API gives them. */
export function protections(...json: readonly object[]): Protections {
  const read = readProtections(json);
  if (read.kind === "wrong") throw new Error(JSON.stringify(read.problems));
  return read.protections;
}

export function ruleset(rules: readonly (string | object)[], more: object = {}): object {
  return {
    name: "protect main",
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    bypass_actors: [],
    rules: rules.map((rule) => (typeof rule === "string" ? { type: rule } : rule)),
    ...more,
  };
}

/** A workflow whose job checks out, commits and pushes. */
export function pushing({
  on = "workflow_dispatch:",
  permissions = "{ contents: write }",
  checkout = "",
  steps = "",
  commit = 'git add a.txt\ngit commit -m "update a"',
  push = "git push origin HEAD:main",
}: {
  readonly on?: string;
  readonly permissions?: string;
  readonly checkout?: string;
  readonly steps?: string;
  readonly commit?: string;
  readonly push?: string;
} = {}): string {
  const indent = (text: string, by: number): string => text.replaceAll("\n", `\n${" ".repeat(by)}`);
  return `on:
  ${indent(on, 2)}
permissions: ${permissions}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      ${indent(steps, 6)}
      - uses: actions/checkout@v5
        with: { ${checkout} }
      - run: |
          ${indent(`${commit}\n${push}`, 10)}
`;
}

/** Options of `pushing` for a push with the secret BOT. */
export const AS_BOT = {
  checkout: "token: '${{ secrets.BOT }}'",
} as const;
