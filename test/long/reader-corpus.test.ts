import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { Lexer } from "yaml";
import { checkExpressions } from "../../src/expressions/check-file.ts";
import type { Value } from "../../src/ir/node.ts";
import { locate } from "../../src/ir/span.ts";
import { readFile } from "../../src/read/read-file.ts";
import { officialErrors, type OfficialError } from "../../src/read/official/run-parser.ts";

// Real workflows and actions from public repositories. They are not ours to publish: they are read from beside the repository.
const CORPUS = join(import.meta.dirname, "../../../shared/data/corpus");

/** Keys and forms that GitHub has and its published parser does not: docs/reader-disagreements.md. */
const KNOWN_GAPS = [/'cache-mode'/, /Invalid cron expression/, /while reading 'input default'/];

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : /\.ya?ml$/.test(path) ? [path] : []));
}

/** What we say is wrong, as `line:column message`; of the expressions only what stops GitHub. */
function ourErrors(path: string, text: string) {
  const { node, value, problems, expressions } = readFile(path, text);
  const inExpressions = node === undefined ? [] : checkExpressions(node, expressions);
  const found = [
    ...problems.map(({ span, message }) => ({ span, message })),
    ...inExpressions
      .filter(({ severity }) => severity === "error")
      .map(({ scalar, message }) => ({ span: scalar.span, message })),
  ];
  const errors = found.map(({ span, message }) => {
    const place = span && locate(span);
    return `${place?.startLine}:${place?.startColumn} ${message}`;
  });
  return { errors, value, isAction: node?.kind === "action-file" };
}

function printError({ start, message }: OfficialError): string {
  return `${start?.line ?? "?"}:${start?.column ?? "?"} ${message}`;
}

function countComments(value: Value): number {
  const { before = [], trailing, end = [] } = value.comments ?? {};
  const own = [...before, ...end].filter((line) => line !== null).length + (trailing === undefined ? 0 : 1);
  if (value.alias !== undefined) return own;
  if (value.kind === "sequence") return value.items.reduce((sum, item) => sum + countComments(item), own);
  if (value.kind === "mapping") {
    return value.entries.reduce((sum, { key, value: child }) => sum + countComments(key) + countComments(child), own);
  }
  return own;
}

/** Comments as the lexer of the `yaml` package finds them. */
function countHashes(text: string): number {
  let count = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!inScalar && lexeme.startsWith("#")) count++;
    inScalar = !inScalar && lexeme === "\x1f";
  }
  return count;
}

if (!existsSync(CORPUS)) {
  test.skip(`skipped: ${CORPUS} is not here`, () => {});
} else {
  test("reads what GitHub reads in real repositories", { timeout: 600_000 }, async () => {
    const disagreements: string[] = [];
    const falseAlarms: string[] = [];
    const lostComments: string[] = [];
    let accepted = 0;
    const files = filesIn(CORPUS);
    for (const path of files) {
      const name = relative(CORPUS, path);
      const text = readFileSync(path, "utf8");
      const { errors, value, isAction } = ourErrors(path, text);
      const theirs = (await officialErrors(name, text, isAction)).map(printError);
      if (theirs.length === 0) accepted++;
      if (theirs.length === 0 && errors.length > 0) falseAlarms.push(`${name}:${errors[0]}`);
      if (
        theirs.length > 0 &&
        errors.length === 0 &&
        !theirs.every((each) => KNOWN_GAPS.some((gap) => gap.test(each)))
      ) {
        disagreements.push(`${name}:${theirs[0]}`);
      }
      if (value !== undefined && countComments(value) !== countHashes(text)) lostComments.push(name);
    }
    console.log({ files: files.length, accepted, falseAlarms, disagreements });
    expect(falseAlarms.length + disagreements.length).toBeLessThanOrEqual(files.length * 0.005);
    expect(lostComments).toEqual([]);
  });
}
