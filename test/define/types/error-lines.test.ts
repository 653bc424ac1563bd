import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { repository, runTsc, type Diagnostic } from "./run-tsc.ts";

// In the fixtures `// ✗ part of the message` ends each line that must fail. No other line may.
const folder = `${repository}test/fixtures/types/`;
const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));

let diagnostics: readonly Diagnostic[] = [];
beforeAll(async () => {
  ({ diagnostics } = await runTsc(folder, "-p", "."));
});

describe.each(files)("%s", (file) => {
  const lines = readFileSync(`${folder}${file}`, "utf8").split("\n");
  const marked = lines.flatMap((text, index) => {
    const part = /\/\/ ✗ (.+)$/.exec(text)?.[1];
    return part === undefined ? [] : [{ line: index + 1, part }];
  });

  test("fails on the marked lines, and on no other", () => {
    const failing = new Set(diagnostics.filter((found) => found.file === file).map((found) => found.line));
    expect([...failing].sort((a, b) => a - b)).toEqual(marked.map(({ line }) => line));
    expect(lines.filter((text) => text.includes("✗")).length).toBe(marked.length);
  });

  if (marked.length > 0) {
    test.each(marked)("line $line says: $part", ({ line, part }) => {
      const messages = diagnostics.filter((found) => found.file === file && found.line === line);
      expect(messages.map(({ message }) => message).join("\n")).toContain(part);
    });
  }
});

test("outside the fixtures' own lines nothing fails", () => {
  expect(diagnostics.filter(({ file }) => !files.includes(file) && /(define|index)/.test(file))).toEqual([]);
});
