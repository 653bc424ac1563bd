import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkExpressions } from "../../src/expressions/check-file.ts";
import type { Node } from "../../src/ir/any-node.ts";
import { checkCall } from "../../src/ir/check/check-call.ts";
import { locate, type Span } from "../../src/ir/span.ts";
import { readWorkflow } from "../../src/read/read-file.ts";

// GitHub's own tests of its workflow parser. They are not ours to publish: they are read from beside the repository.
const SUITE = join(import.meta.dirname, "../../../shared/data/reader-suite");
const DISAGREEMENTS = join(import.meta.dirname, "../../docs/reader-disagreements.md");

interface Case {
  readonly name: string;
  readonly text: string;
  /** Called workflows by their `uses`. */
  readonly called: ReadonlyMap<string, string>;
  /** `line:column` of each error. */
  readonly errors: readonly string[];
}

function readCase(name: string): Case {
  const [, text = "", ...rest] = readFileSync(join(SUITE, name), "utf8").split(/^---[ \t]*\r?\n/m);
  const expected = JSON.parse(rest.pop() ?? "{}") as { errors?: readonly { Message: string }[] };
  const called = new Map<string, string>();
  for (let at = 0; at + 1 < rest.length; at += 2) called.set((rest[at] ?? "").trim(), rest[at + 1] ?? "");
  const errors = (expected.errors ?? []).map(({ Message }) => {
    const place = /\(Line: (\d+), Col: (\d+)\)/.exec(Message);
    return `${place?.[1] ?? "?"}:${place?.[2] ?? "?"}`;
  });
  return { name, text, called, errors: errors.sort() };
}

/** `line:column` of all that we find: an expression's problem stands where its scalar begins, as in the suite. */
function placesWeFind({ text, called }: Case): readonly string[] {
  const { node, problems, expressions } = readWorkflow("suite.yml", text);
  const spans: (Span | undefined)[] = problems.map(({ span }) => span);
  if (node !== undefined) {
    const stopping = checkExpressions(node, expressions).filter(({ severity }) => severity === "error");
    spans.push(...stopping.map(({ scalar }) => scalar.span));
    const report = (_: unknown, __: unknown, at: Node) => void spans.push(at.span);
    for (const { key, value: job } of node.jobs?.entries ?? []) {
      if (job.kind !== "call-job") continue;
      const callee = readWorkflow("called.yml", called.get(job.uses?.text ?? "") ?? "").node;
      if (callee !== undefined) checkCall(job, callee, ["jobs", key.text], report);
    }
  }
  return spans.map((span) => (span === undefined ? "?" : placeOf(span))).sort();
}

function placeOf(span: Span): string {
  const { startLine, startColumn } = locate(span);
  return `${startLine}:${startColumn}`;
}

if (!existsSync(SUITE)) {
  test.skip(`skipped: ${SUITE} is not here`, () => {});
} else {
  const cases = readdirSync(SUITE)
    .filter((name) => name.endsWith(".yml"))
    .map(readCase);
  const disagreements = cases.flatMap((each) => {
    const found = placesWeFind(each);
    return found.join() === each.errors.join() ? [] : [{ name: each.name, github: each.errors, flowkeep: found }];
  });

  test("agrees with GitHub's parser on what is wrong and where, in at least 95 of 100 cases", () => {
    console.log(`${cases.length - disagreements.length} of ${cases.length} agree`, disagreements);
    expect(cases.length).toBe(74);
    expect(disagreements.length / cases.length).toBeLessThanOrEqual(0.05);
  });

  test("gives the reason for every disagreement", () => {
    const page = readFileSync(DISAGREEMENTS, "utf8");
    expect(disagreements.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
  });
}
