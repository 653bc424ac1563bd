import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScript } from "../../src/shell/parse-script.ts";
import type { Scope } from "../../src/shell/scope.ts";
import { literal, literalOf, unknown, type Value } from "../../src/shell/value.ts";
import { evaluateArguments } from "../../src/shell/words.ts";

const isLong = process.env["SUITE"] === "long";
const hasBash = spawnSync("bash", ["-c", "true"]).status === 0;

const VARIABLES: Readonly<Record<string, string>> = {
  A: "one",
  B: "two words",
  C: "",
  URL: "https://github.com/octo/app.git",
  P: "a*b",
};
const POSITIONAL = ["first", "second one", ""];

const scope: Scope = {
  variable: (name): Value | undefined => (name in VARIABLES ? literal(VARIABLES[name] ?? "") : undefined),
  array: (name) => (name === "LIST" ? [literal("x y"), literal("z")] : undefined),
  positional: POSITIONAL.map(literal),
  expression: () => unknown("an expression"),
};

const char = fc.constantFrom(..."abZ09_-.,:/=@%+^~ \t\"'\\$`!#&|;()<>{}é\n");
const plainChar = fc.constantFrom(..."abZ09_-.,:/=@%+^~");
const text = (chars: fc.Arbitrary<string>, most = 6) => fc.array(chars, { maxLength: most }).map((all) => all.join(""));

const variable = fc.constantFrom(
  "$A",
  "${A}",
  "$B",
  "${B}",
  "$C",
  "$UNSET",
  "$1",
  "$2",
  "${3}",
  "$#",
  "${A:-x}",
  "${C:-d e}",
  "${C-d}",
  "${UNSET:-'q r'}",
  '${UNSET:-"q r"}',
  "${UNSET-$B}",
  "${A:+set}",
  "${C:+set}",
  "${#URL}",
  "${URL#https://}",
  "${URL##*/}",
  "${URL%.git}",
  "${URL%%:*}",
  "${URL/github/example}",
  "${URL//o/0}",
  "${URL:8}",
  "${URL:8:6}",
  "${URL: -4}",
  "${A^^}",
  "${A^}",
  "${P#'a*'}",
  "${P%\\*b}",
  "${LIST[0]}",
  "${LIST[1]}",
  "${LIST}",
);

const singleQuoted = text(char.filter((c) => c !== "'")).map((inner) => `'${inner}'`);
const doubleQuotedPiece = fc.oneof(
  plainChar,
  fc.constantFrom(" ", "'", "\\$", "\\`", '\\"', "\\\\", "\\a", "\\\n", "#", "*", "{a,b}", "~"),
  variable,
);
const doubleQuoted = text(doubleQuotedPiece).map((inner) => `"${inner}"`);
const ansiC = text(fc.constantFrom("a", "\\n", "\\t", "\\'", "\\\\", "\\x41", "\\101", '"', "$", " ", "é")).map(
  (inner) => `$'${inner}'`,
);
const escaped = char.map((c) => `\\${c}`);
const braces = fc
  .array(text(fc.constantFrom("a", "b", "1", "/", "'c,d'", '"$B"', "{e,f}"), 3), { minLength: 2, maxLength: 3 })
  .map((alternatives) => `{${alternatives.join(",")}}`);
const range = fc.constantFrom(
  "{1..3}",
  "{3..1}",
  "{a..c}",
  "{01..03}",
  "{1..7..3}",
  "{-1..1}",
  "{x}",
  "{}",
  "{a,",
  "b}",
);
const bare = text(plainChar.filter((c) => c !== "~"));

const word = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: bare },
      { weight: 3, arbitrary: variable },
      { weight: 2, arbitrary: doubleQuoted },
      singleQuoted,
      ansiC,
      escaped,
      braces,
      range,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => pieces.join(""))
  // bash expands braces in the text, so that `$A{,b}` is `$A` and `$Ab`: that is not followed.
  .filter((written) => !/\$\w+\{/.test(written));

function bashWords(words: readonly string[]): readonly (readonly string[])[] {
  const setup = Object.entries(VARIABLES).map(([name, value]) => `${name}='${value}'`);
  const prints = words.map((one) => `printf '%s\\0' ${one} end-of-word`);
  const script = [...setup, "LIST=('x y' z)", "set -f", ...prints].join("\n");
  const { stdout, status, stderr } = spawnSync("bash", ["--norc", "-c", script, "bash", ...POSITIONAL], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" },
  });
  if (status !== 0) throw new Error(`bash failed: ${stderr}`);
  const all: string[][] = [[]];
  for (const field of stdout.split("\0").slice(0, -1)) {
    if (field === "end-of-word") all.push([]);
    else all.at(-1)?.push(field);
  }
  return all.slice(0, -1);
}

function ourWords(written: string): readonly (string | undefined)[] {
  const script = parseScript(`printf '%s\\0' ${written} end-of-word`);
  if (script.kind === "unreadable") return [`unreadable: ${script.reason}`];
  const [command] = script.statements;
  if (command?.kind !== "command") return [`a ${command?.kind ?? "nothing"}`];
  const [list, ...others] = evaluateArguments(command.words.slice(2, -1), scope);
  if (list === undefined || others.length > 0) return ["several lists"];
  return list.fields.map(({ value, isOne }) => (isOne ? literalOf(value) : undefined));
}

describe.skipIf(!hasBash)("words are what bash makes of them", () => {
  it("for generated words", { timeout: isLong ? 600_000 : 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 30, maxLength: 30 }), (words) => {
        const wanted = bashWords(words);
        for (const [index, one] of words.entries()) {
          const ours = ourWords(one);
          const all = wanted[index] ?? [];
          // Braces that become very many words may be unknown.
          const expected = all.length > 16 && ours[0] === undefined ? [undefined] : all;
          expect({ one, words: ours }).toEqual({ one, words: expected });
        }
      }),
      { numRuns: isLong ? 1_000 : 40 },
    );
  });

  it.each([
    ["$B", ["two", "words"]],
    ['"$B"', ["two words"]],
    ["x$B", ["xtwo", "words"]],
    ["$C", []],
    ['"$C"', [""]],
    ['"$@"', ["first", "second one", ""]],
    ["$@", ["first", "second", "one"]],
    ['"${LIST[@]}"', ["x y", "z"]],
    ['a"$@"b', ["afirst", "second one", "b"]],
    ["{a,b}{1,2}", ["a1", "a2", "b1", "b2"]],
    ["\"${UNSET:-'q'}\"", ["'q'"]],
    ['"$A\\\na"', [""]],
    ['"$UR\\\nL\\\n!"', ["https://github.com/octo/app.git!"]],
    ["x$UR\\\n\\\nL", ["xhttps://github.com/octo/app.git"]],
    ['"$A\\\n-a"', ["one-a"]],
    ['"${A}\\\na"', ["onea"]],
    ['"$1\\\n1"', ["first1"]],
  ])("for %s", (written, wanted) => {
    expect(ourWords(written)).toEqual(wanted);
    expect(bashWords([written])).toEqual([wanted]);
  });

  it("except that an expansion whose dollar ends the line is unknown", () => {
    expect(bashWords(['"$\\\nA"'])).toEqual([["one"]]);
    expect(ourWords('"$\\\nA"')).toEqual([undefined]);
    expect(ourWords('"\\$\\\nA"')).toEqual(["$A"]);
  });
});
