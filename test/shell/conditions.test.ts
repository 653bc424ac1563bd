import { describe, expect, it } from "vitest";
import { evaluateCondition, matchesWord } from "../../src/shell/conditions.ts";
import { parseScript } from "../../src/shell/parse-script.ts";
import { literal, reference } from "../../src/shell/value.ts";
import { scope } from "./scope.ts";

const truthOf = (text: string): boolean | undefined => {
  const script = parseScript(text);
  return script.kind === "script" ? evaluateCondition(script.statements, scope) : undefined;
};

describe("evaluateCondition", () => {
  it.each([
    ["true", true],
    ["false", false],
    ["! true", false],
    ["git push", undefined],
    ["true && git push", undefined],
    ["false && git push", false],
    ["true || git push", true],
    ['[ -n "$REPO" ]', true],
    ['[ -z "$REPO" ]', false],
    ['[ -n "$EMPTY" ]', false],
    ["[ -n $UNSET ]", true],
    ['[ -z "${UNSET:-}" ]', true],
    ['[ -n "$PAT" ]', undefined],
    ['[ -n "$TOKEN" ]', true],
    ['[ "$TOKEN" = "" ]', false],
    ['[ "$PAT" = "$PAT" ]', true],
    ['[ "$DIR" = "$DIR" ]', undefined],
    ['[ "$REPO" = octo/app ]', true],
    ['test "$REPO" != octo/app', false],
    ['[ ! -f "$REPO" ]', undefined],
    ['[ "$REPO" ]', true],
    ["[ ]", false],
    ["[ a", undefined],
    ['[ "$#" -eq 2 ]', true],
    ["[ 1 -gt 2 ]", false],
    ["[[ $REPO == octo/* ]]", true],
    ['[[ $REPO == "octo/*" ]]', false],
    ["[[ $REPO != o*/b* && -n $REPO ]]", true],
    ["[[ -n $PAT || -n $REPO ]]", true],
    ["[[ $PAT == octo/* ]]", undefined],
    ["[[ $REPO =~ ^octo ]]", undefined],
    ["[[ $EITHER == a ]]", undefined],
    ["[[ -n $EITHER ]]", true],
  ])("%s", (text, wanted) => {
    expect(truthOf(text)).toBe(wanted);
  });
});

describe("matchesWord", () => {
  it.each([
    ["*", literal("x"), true],
    ["*", reference("x"), true],
    ["a*|b", literal("x"), false],
    ["[ax]", literal("x"), true],
    ["[!a-c]?", literal("xy"), true],
    ["[[:alpha:]]", literal("x"), undefined],
    ["refs/heads/*", reference("github.ref"), undefined],
  ])("%s against a value", (pattern, value, wanted) => {
    const script = parseScript(`case x in ${pattern}) ;; esac`);
    const [statement] = script.kind === "script" ? script.statements : [];
    const [word] = statement?.kind === "case" ? (statement.items[0]?.patterns ?? []) : [];
    expect(word && matchesWord(value, word, scope)).toBe(wanted);
  });
});
