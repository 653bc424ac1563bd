import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeContext, makeExpr, makeScript } from "../../src/define/expressions/make.ts";
import { definitionOf } from "../../src/define/model.ts";
import { unindent } from "../../src/define/scripts/block-text.ts";
import { scriptText } from "../../src/define/scripts/script-text.ts";

const github = makeContext<{ head_ref: unknown; sha: unknown; event: { issue: { title: unknown; body: unknown } } }>(
  "github",
);
const matrix = makeContext<{ os: unknown; node: unknown }>("matrix");

function scriptOf(
  literals: readonly string[],
  values: readonly unknown[],
  shell?: string,
  env: Record<string, string> = {},
) {
  const definition = definitionOf(makeScript(Object.assign([...literals], { raw: literals }), values));
  if (definition?.is !== "script" || !("literals" in definition)) throw new Error("no script");
  return scriptText(definition, shell, new Map(Object.entries(env)), (source) => source);
}

const sh = (literals: TemplateStringsArray, ...values: unknown[]) => scriptOf(literals, values);

describe("values travel as variables", () => {
  test.each([
    ["bare", sh`echo ${github.head_ref}`, 'echo "$HEAD_REF"'],
    ["in double quotes", sh`echo "on ${matrix.os}!"`, 'echo "on ${MATRIX_OS}!"'],
    ["in single quotes", sh`echo 'on ${matrix.os}!'`, `echo 'on '"$MATRIX_OS"'!'`],
    ["in a substitution in quotes", sh`echo "$(tr a b <<<${matrix.os})"`, 'echo "$(tr a b <<<"$MATRIX_OS")"'],
    [
      "in a heredoc",
      sh`cat <<EOF\n${matrix.os}\nEOF\necho ${matrix.os}`,
      'cat <<EOF\n${MATRIX_OS}\nEOF\necho "$MATRIX_OS"',
    ],
    ["behind an escaped quote", sh`echo \\"${matrix.os}`, 'echo \\""$MATRIX_OS"'],
    ["in a comment", sh`# for ${matrix.os}\necho ${matrix.os}`, '# for MATRIX_OS\necho "$MATRIX_OS"'],
    ["a # inside a word starts no comment", sh`echo a#'${matrix.os}'`, `echo a#''"$MATRIX_OS"''`],
    ["in a default of a parameter", sh`echo "${"$"}{X:-${matrix.os}}"`, 'echo "${X:-${MATRIX_OS}}"'],
  ])("%s", (_, { text }, expected) => {
    expect(text).toBe(expected);
  });

  test("the same expression is one variable, another one gets another name", () => {
    const { text, env } = sh`${matrix.os} ${matrix.os} ${makeExpr("env.MATRIX_OS")}`;
    expect(text).toBe('"$MATRIX_OS" "$MATRIX_OS" "$ENV_MATRIX_OS"');
    expect([...env]).toEqual([
      ["MATRIX_OS", "matrix.os"],
      ["ENV_MATRIX_OS", "env.MATRIX_OS"],
    ]);
  });

  test("a variable that the step has already is used, and one that means something else is left alone", () => {
    expect(scriptOf(["", ""], [matrix.os], undefined, { MATRIX_OS: "${{ matrix.os }}" })).toEqual({
      text: '"$MATRIX_OS"',
      env: new Map(),
    });
    expect(scriptOf(["", ""], [matrix.os], undefined, { MATRIX_OS: "mine" }).text).toBe('"$MATRIX_OS_VALUE"');
  });

  test("names that belong to GitHub or the shell are not taken", () => {
    expect([
      ...sh`${makeExpr("vars.PATH")}${makeExpr("env.GITHUB_TOKEN")}${makeExpr("hashFiles('x')")}`.env.keys(),
    ]).toEqual(["VARS_PATH", "ENV_GITHUB_TOKEN", "HASH_FILES_X"]);
    expect([...sh`${makeExpr("runner.temp")}${makeExpr("runner.os == 'Linux'")}`.env.keys()]).toEqual([
      "VALUE_OF_RUNNER_TEMP",
      "VALUE_OF_RUNNER_OS_LINUX",
    ]);
  });

  test("what is known now is part of the script", () => {
    expect(sh`make ${"-j"} ${4} ${true}`.text).toBe("make -j 4 true");
    expect(() => sh`make ${null}`).toThrow("not null");
  });

  test("pwsh reads variables its own way, other shells are refused", () => {
    expect(scriptOf(["Write-Host ", ""], [matrix.os], "pwsh").text).toBe("Write-Host ${env:MATRIX_OS}");
    expect(() => scriptOf(["print(", ")"], [matrix.os], "python")).toThrow("put them into `env` yourself");
    expect(() => sh`cat <<'EOF'\n${matrix.os}\nEOF`).toThrow("expands nothing");
  });
});

test("the template's own indentation is taken off", () => {
  expect(
    sh`
    set -e
    if true; then
      make ${matrix.os}
    fi
  `.text,
  ).toBe('set -e\nif true; then\n  make "$MATRIX_OS"\nfi\n');
  expect(unindent(["a\n  b"])).toEqual(["a\n  b"]);
});

// Each context with what bash prints for it when the value is V.
const contexts: readonly (readonly [string, string, (value: string) => string])[] = [
  ["printf '%s\\n' ", "", (value) => `${value}\n`],
  ["printf '%s\\n' \"a ", ' b"', (value) => `a ${value} b\n`],
  ["printf '%s\\n' 'a ", " b'", (value) => `a ${value} b\n`],
  ["printf '%s\\n' \"$(printf '%s.' \"", '")"', (value) => `${value}.\n`],
  ["cat <<EOF\na ", " b\nEOF\n", (value) => `a ${value} b\n`],
  ["printf '%s\\n' pre", "post", (value) => `pre${value}post\n`],
];

test("whatever the value is, bash sees just that value", () => {
  const value = fc.string({ unit: fc.constantFrom(..."$`\"'\\(){};&|<>*?[]#!~ \t\n-=aB0é") });
  fc.assert(
    fc.property(fc.constantFrom(...contexts), value, ([before, after, printed], text) => {
      const script = scriptOf([before, after], [matrix.os]);
      const out = execFileSync("bash", ["--norc", "-euc", script.text], {
        env: { PATH: process.env.PATH, MATRIX_OS: text },
        encoding: "utf8",
      });
      expect(out).toBe(printed(text));
    }),
    { numRuns: 150 },
  );
});
