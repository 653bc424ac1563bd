import { describe, expect, it } from "vitest";
import { chooseCommit } from "../../../src/actions/remote/choose-commit.ts";
import { parseRefs, printRefs } from "../../../src/actions/remote/remote-refs.ts";

const sha = (digit: string): string => digit.repeat(40);

/** `v1.0.0 a` is a tag, `main a` under `heads` a branch. */
function refs(tags: readonly string[], heads: readonly string[] = ["main 0"]) {
  const lines = (kind: string, named: readonly string[]) =>
    named.map((line) => {
      const [name = "", digit = ""] = line.split(" ");
      return `${sha(digit)}\trefs/${kind}/${name}\n`;
    });
  return parseRefs([...lines("heads", heads), ...lines("tags", tags)].join(""));
}

describe("the refs that a server lists", () => {
  it("are tags with their commits, and branches; what git would refuse is passed over", () => {
    const listed = `${sha("1")}\tHEAD\n${sha("1")}\trefs/heads/main\n${sha("2")}\trefs/tags/v1\n${sha("1")}\trefs/tags/v1^{}\n${sha("3")}\trefs/tags/-x\n${sha("3")}\trefs/tags/a b\n${sha("4")}\trefs/pull/1/head\ngarbage\n`;
    const parsed = parseRefs(listed);
    expect([...parsed.tags]).toEqual([["v1", sha("1")]]);
    expect([...parsed.heads]).toEqual([["main", sha("1")]]);
    expect(parseRefs(printRefs(parsed))).toEqual(parsed);
  });
});

describe("a ref", () => {
  it.each([
    [
      "v5",
      ["v5 1", "v5.9.0 2", "v5.10.0 3", "v5.11.0-rc.1 4", "v6.0.0 5"],
      { by: "newest", tag: "v5.10.0", named: sha("1") },
    ],
    ["v5", ["v5.1 2", "v5.1.0 3"], { by: "newest", tag: "v5.1.0", named: undefined }],
    ["v5.1", ["v5.1 1", "v5.1.3 2", "v5.2.0 3"], { by: "newest", tag: "v5.1.3" }],
    ["v17", ["v17 1", "v18 2"], { by: "tag", tag: "v17" }],
    ["5", ["5.1.0 1", "v5.2.0 2"], { by: "newest", tag: "5.1.0" }],
    ["login/v1", ["login/v1.0.3 1", "other/v1.2.0 2", "v1.5.0 3"], { by: "newest", tag: "login/v1.0.3" }],
    ["v5.1.0", ["v5.1.0 1", "v5.1.0.1 2"], { by: "tag", tag: "v5.1.0" }],
    ["refs/tags/v5", ["v5 1", "v5.1.0 2"], { by: "tag", tag: "v5", commit: sha("1") }],
    ["refs/tags/v5.1.0", ["v5.1.0 1"], { by: "tag", tag: "v5.1.0" }],
    ["main", ["main 1"], { by: "tag", tag: "main", commit: sha("1") }],
    ["refs/heads/main", ["main 1"], { by: "branch", branch: "main", commit: sha("0") }],
    ["main", [], { by: "branch", branch: "main" }],
    [sha("a").toUpperCase(), ["v1 a", "v1.2.0 a", "latest a"], { by: "commit", commit: sha("a"), tag: "v1.2.0" }],
    [sha("a"), ["latest a"], { by: "commit", tag: "latest" }],
    [sha("a"), [], { by: "commit", tag: undefined }],
    // A branch may look like a short commit.
    ["abcdef1", ["abcdef1 1"], { by: "tag", tag: "abcdef1" }],
  ] as const)("%s stands for what it should", (ref, tags, chosen) => {
    expect(chooseCommit(ref, refs(tags))).toMatchObject({ kind: "chosen", ...chosen });
  });

  it("that is a short commit is refused with the reason", () => {
    expect(chooseCommit("abcdef1", refs([]))).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("a commit must be given by all 40 digits") as string,
    });
  });

  it("that is none gets the nearest and the newest", () => {
    expect(chooseCommit("v6", refs(["v5 1", "v5.1.0 1"]))).toMatchObject({
      reason: "there is no tag or branch v6",
      nearest: ["v5", "v5.1.0"],
    });
    expect(chooseCommit("mian", refs([]))).toMatchObject({ nearest: ["main"] });
  });
});
