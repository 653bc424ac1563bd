import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import { sourceFile } from "../../src/ir/span.ts";
import { eventsToValue } from "../../src/read/events-to-value.ts";
import { yamlToValue } from "../../src/read/yaml-to-value.ts";
import { grownText, mutatedText } from "./mutated-texts.ts";

/** Holds the fast path against the `yaml` package; false for a text that the fast path leaves to it. */
export function checkBothPaths(path: string, text: string): boolean {
  const file = sourceFile(path, text);
  const fast = eventsToValue(file);
  if (fast === undefined) return false;
  const { value, problems } = yamlToValue(file);
  // The test runner's own comparison takes ten times as long.
  if (problems.length > 0 || !isDeepStrictEqual(fast, value)) {
    expect({ value: fast, problems: [] }, JSON.stringify(text)).toStrictEqual({ value, problems });
  }
  return true;
}

/** As `checkBothPaths`, on texts that are real, damaged, grown, and mixed from pieces. */
export function checkBothPathsOnFuzz(numRuns: number): void {
  fc.assert(
    fc.property(fc.oneof(mutatedText, grownText, mixedText), (text) => {
      checkBothPaths("fuzz.yml", text);
    }),
    { numRuns },
  );
}

/** This repository's YAML files. */
export function ownFiles(): readonly string[] {
  const root = join(import.meta.dirname, "../..");
  return [".github", "examples", "test"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.ya?ml$/.test(name) && !name.includes("node_modules"))
      .map((name) => join(root, folder, name)),
  );
}

const BEGINNINGS = ["k:", "a: ", "on: [", "on: {", "- ", "on:\n  a", "r: |\n  x\n", "r: >\n  x\n", 'r: "', "r: '"];
const PIECES = [
  "a", "b: ", "k:", ": ", ":", "-", "- ", " ", "  ", "    ", "\n", "\n", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "#", " # c", "\n# c",
  "'", "''", '"', "\\n", "\\", "\\\n", "|", ">", "|-", "|+", ">-", ">+2", "|2", "[", "]", "{", "}", ",", ", ", "&x ", "*x", "?", "? ",
  "!", "!!str ", "---\n", "...", "%", "@", "`", "~", "1", "0x1", "1.0", "true", "é", "\u{1f600}", "\t", "\u2028", "\u0085", "<<: ",
  "\\x41", "\\u00e9", "\nb: c", "\n  k: v", "x y", "null", ".5e3", "-1", "+.inf", "\\U0001F600", "\\/", "\\_",
]; // prettier-ignore

/** Short texts of which one in eight is YAML, mostly such as nobody would write. */
const mixedText = fc
  .tuple(
    fc.constantFrom(...BEGINNINGS),
    fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }),
    fc.constantFrom("", "", "]", "}", '"', "'"),
    fc.constantFrom("", "\n", "\nz: 1\n"),
  )
  .map(([beginning, pieces, closing, end]) => beginning + pieces.join("") + closing + end);
