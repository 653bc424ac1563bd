import { describe, expect, it } from "vitest";
import { literal, reference } from "../../src/shell/value.ts";
import { evaluateArguments, evaluateWord } from "../../src/shell/words.ts";
import { commandOf, scope } from "./scope.ts";
import { showFields, showValue } from "./show.ts";

const valueOf = (written: string): string => {
  const [{ value } = { value: undefined }] = commandOf(`X=${written}`).assignments;
  if (value === undefined || !("parts" in value)) throw new Error(`${written} is no word`);
  return showValue(evaluateWord(value, scope));
};

const argumentsOf = (written: string): readonly string[] =>
  evaluateArguments(commandOf(written).words, scope).map(
    ({ fields, when }) => showFields(fields) + (when === undefined ? "" : ` when ${when}`),
  );

describe("evaluateWord", () => {
  it.each([
    [
      '"https://x-access-token:${PAT}@github.com/${{ github.repository }}"',
      "https://x-access-token:<secrets.PAT>@github.com/<github.repository>",
    ],
    ["https://github.com/$REPO.git", "https://github.com/octo/app.git"],
    ["$UNSET", ""],
    ["~/.netrc", "/home/runner/.netrc"],
    ["*.md", "*.md"],
    ["${TOKEN:-x}", "<github.token>"],
    ["${PAT:-$TOKEN}", "<secrets.PAT> when `PAT` is set and not empty or <github.token> when `PAT` is empty"],
    ["${PAT-$TOKEN}", "<secrets.PAT>"],
    ["${EMPTY:-a}", "a"],
    ["${EMPTY-a}", ""],
    ["${UNSET:=a b}", "a b"],
    ["${PAT:+https://$PAT@h}", "https://<secrets.PAT>@h when `PAT` is set and not empty or  when `PAT` is empty"],
    ["${REPO%/*}", "octo"],
    ["${REPO#*/}", "app"],
    ["${REPO^^}", "OCTO/APP"],
    ["${REPO//[oa]/_}", "_ct_/_pp"],
    ["${REPO:0:4}", "octo"],
    ["${#REPO}", "8"],
    ["${DIR%/}", "?(a part of ${DIR} is taken, and its text is not known)"],
    ["$1-$2-$#", "v1-two words-2"],
    ["$?", "?($? is not known)"],
    ["$RANDOM", "?($RANDOM is another each time)"],
    ["$EITHER-1", "a-1 when x or b c-1 when y"],
    ["$((1+1))", "?(the result of $((1+1)))"],
  ])("%s", (written, wanted) => {
    expect(valueOf(written)).toBe(wanted);
  });

  it("takes the literal beginning from a text that is known in part", () => {
    const url = {
      variable: (name: string) => (name === "URL" ? evaluateWord(wordOf('"https://$PAT@h/r.git"'), scope) : undefined),
    };
    const own = { ...scope, ...url };
    expect(showValue(evaluateWord(wordOf("${URL#https://}"), own))).toBe("<secrets.PAT>@h/r.git");
    expect(showValue(evaluateWord(wordOf("${URL%.git}"), own))).toBe("https://<secrets.PAT>@h/r");
    expect(showValue(evaluateWord(wordOf("${URL#http://}"), own))).toBe("https://<secrets.PAT>@h/r.git");
    expect(showValue(evaluateWord(wordOf("${URL#https://abc}"), own))).toMatch(/^\?/);
    expect(showValue(evaluateWord(wordOf("${URL##*@}"), own))).toBe("h/r.git");
    expect(showValue(evaluateWord(wordOf("${URL%%@*}"), own))).toMatch(/^\?/);
  });

  it("knows that no short name of a ref begins with refs/", () => {
    const named = (letters: "short ref" | undefined) => ({
      ...scope,
      variable: () => reference("github.ref_name", { canBeEmpty: false, letters }),
    });
    expect(showValue(evaluateWord(wordOf("${BRANCH#refs/heads/}"), named("short ref")))).toBe("<github.ref_name>");
    expect(showValue(evaluateWord(wordOf("${BRANCH##*/}"), named("short ref")))).toMatch(/^\?/);
    expect(showValue(evaluateWord(wordOf("${BRANCH%refs/heads/}"), named("short ref")))).toMatch(/^\?/);
    expect(showValue(evaluateWord(wordOf("${BRANCH#refs/heads/}"), named(undefined)))).toMatch(/^\?/);
  });
});

function wordOf(written: string) {
  const [word] = commandOf(written).words;
  if (word === undefined) throw new Error(`${written} is no word`);
  return word;
}

describe("evaluateArguments", () => {
  it.each([
    ["git push $FLAGS origin", ["[git] [push] [--force] [--tags] [origin]"]],
    ['git push "$FLAGS"', ["[git] [push] [--force --tags]"]],
    ["git push $EMPTY $UNSET origin", ["[git] [push] [origin]"]],
    ['git push "$EMPTY"', ["[git] [push] []"]],
    ["cd $DIR", ["[cd] [?(it is computed)]*"]],
    ['cd "$DIR"', ["[cd] [?(it is computed)]"]],
    ["git add *.md", ["[git] [add] [?(the names of files that match *).md]*"]],
    ['x "$@"', ["[x] [v1] [two words]"]],
    ["x $@", ["[x] [v1] [two] [words]"]],
    ["export A=$FLAGS", ["[export] [A=--force --tags]"]],
    ["echo A=$FLAGS", ["[echo] [A=--force] [--tags]"]],
    [
      "git push ${PAT:+--force} origin",
      ["[git] [push] [--force] [origin] when `PAT` is set and not empty", "[git] [push] [origin] when `PAT` is empty"],
    ],
    ["git push $EITHER", ["[git] [push] [a] when x", "[git] [push] [b] [c] when y"]],
    [
      "git push ${PAT:-$TOKEN}",
      ["[git] [push] [<secrets.PAT> when `PAT` is set and not empty or <github.token> when `PAT` is empty]"],
    ],
  ])("%s", (written, wanted) => {
    expect(argumentsOf(written)).toEqual(wanted);
  });

  it("heeds `IFS`", () => {
    const withIfs = (ifs: string): string => {
      const own = { ...scope, variable: (name: string) => (name === "IFS" ? literal(ifs) : scope.variable(name)) };
      return showFields(evaluateArguments(commandOf("x $FLAGS").words, own)[0]?.fields ?? []);
    };
    expect(withIfs(" \t\n")).toBe("[x] [--force] [--tags]");
    expect(withIfs("")).toBe("[x] [--force --tags]");
    expect(withIfs(",")).toBe("[x] [?(the script splits words by an `IFS` of its own)]*");
  });

  it("ends with too many ways", () => {
    const [list, ...others] = argumentsOf(`x ${"$EITHER ".repeat(50)}`);
    expect(others.length).toBeLessThan(8);
    expect(list).toContain("too many ways");
  });
});
