import { describe, expect, it } from "vitest";
import { editWithSed } from "../../src/shell/sed-script.ts";
import { isCheap, readRegularExpression } from "../../src/shell/regular-expression.ts";

describe("regular expressions of scripts", () => {
  it.each([
    ["a\\(b\\)*c", false, "abbc", true],
    ["a(b)*c", true, "abbc", true],
    ["a(b)*c", false, "a(b)c", true],
    ["^[^/]*$", false, "a/b", false],
    ["[[:space:]]x", false, "a x", true],
    ["a+", false, "aa", false],
    ["a\\+", false, "aa", true],
    ["\\.git$", false, "r.git", true],
    ["\\.git$", false, "rxgit", false],
  ])("%s, extended %s, in %s", (text, isExtended, letters, found) => {
    expect(readRegularExpression(text, isExtended)?.test(letters)).toBe(found);
  });

  it.each(["(a*)*b", "(a+)+$", "((a)b)*", "([a-z]+x)+"])("refuses %s, which may never end", (text) => {
    expect(readRegularExpression(text, true)).toBeUndefined();
  });

  it("does not search long texts for what repeats often", () => {
    const [plain, often] = [readRegularExpression("abc", true), readRegularExpression("a*a*a*a*a*b", true)];
    expect(plain && isCheap(plain, "a".repeat(100_000))).toBe(true);
    expect(often && isCheap(often, "a".repeat(100_000))).toBe(false);
    const edit = editWithSed({ isExtended: true, isQuiet: false });
    expect(edit(["s/a*a*a*a*a*b/x/", "a".repeat(5_000)])).toBeUndefined();
  });
});
