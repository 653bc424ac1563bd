import { beforeAll, describe, expect, test } from "vitest";
import type { ActionInterface } from "../../src/actions/action-interface.ts";
import { openCatalog, readCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { resolveInterface, type ResolvedAction, type UnknownAction } from "../../src/actions/resolve-interface.ts";

let catalog: Catalog;
beforeAll(async () => {
  catalog = await openCatalog();
});

function resolved(ref: string, from = catalog): ResolvedAction {
  const result = resolveInterface(ref, { catalog: from });
  if (result.kind === "unknown") throw new Error(result.reason);
  return result;
}

function unknown(ref: string, from = catalog): UnknownAction {
  const result = resolveInterface(ref, { catalog: from });
  if (result.kind === "resolved") throw new Error(`${ref} is known`);
  return result;
}

const SHA = (digit: string) => digit.repeat(40);
/** An action whose moving tags are out of date, as snapshots have them. */
const stale = readCatalog(`{
"Octo/tool":{"inputs":[["a",0,null,0]],"interfaces":[{"using":"node24","inputs":[0],"outputs":[],"nested":[]}],"versions":[\
{"major":"v2","tag":"v2.1.0","sha":"${SHA("1")}","majorRef":{"type":"tag","name":"v2","sha":"${SHA("2")}","sameInterface":false},"interface":0},\
{"major":"v1","tag":"v1.9.0","sha":"${SHA("3")}","majorRef":{"type":"branch","name":"release/v1","sha":"${SHA("4")}","sameInterface":true},"interface":0},\
{"major":null,"tag":null,"branch":"main","sha":"${SHA("5")}","interface":0}]}
}
`);

describe("every version of the catalogue", () => {
  test("is found by its tag or branch, its major and its commit", () => {
    for (const name of catalog.names) {
      for (const version of catalog.find(name)?.versions ?? []) {
        const wholeNumber = version.tag === version.major || version.majorRef?.name === version.tag;
        const found = resolved(`${name}@${version.tag ?? version.branch}`);
        expect([found.by, found.version]).toEqual([
          version.tag === null ? "branch" : wholeNumber ? "major" : "tag",
          version,
        ]);
        expect(resolved(`${name}@${version.sha}`).interface).toEqual(version.interface);
        if (version.major !== null) expect(resolved(`${name}@${version.major}`).by).toBe("major");
        if (version.majorRef !== undefined) expect(resolved(`${name}@${version.majorRef.name}`).version).toBe(version);
      }
    }
  });
});

describe("resolveInterface", () => {
  test.each([
    ["octo/TOOL@v2", "major", "v2.1.0"],
    ["octo/tool@v2.1.0", "tag", "v2.1.0"],
    ["octo/tool@refs/tags/v2.1.0", "tag", "v2.1.0"],
    ["octo/tool@release/v1", "major", "v1.9.0"],
    ["octo/tool@v1", "major", "v1.9.0"],
    ["octo/tool@main", "branch", null],
    ["octo/tool@refs/heads/main", "branch", null],
    [`octo/tool@${SHA("3")}`, "sha", "v1.9.0"],
    [`octo/tool@${SHA("4")}`, "sha", "v1.9.0"],
  ])("%s is found by %s", (ref, by, tag) => {
    const found = resolved(ref, stale);
    expect([found.by, found.version?.tag]).toEqual([by, tag]);
  });

  test("says when a moving tag had another interface", () => {
    expect(resolved("octo/tool@v2", stale).note).toBe(
      "v2 pointed at a commit with another interface than v2.1.0's when the catalogue was made; this is v2.1.0's",
    );
    expect(resolved("octo/tool@v1", stale).note).toBeUndefined();
  });

  test.each([
    [`octo/tool@${SHA("2")}`, `the catalogue knows Octo/tool, but not the commit ${SHA("2")}`],
    ["octo/tool@V2.1.0", "the catalogue knows Octo/tool, but not V2.1.0; the newest it knows is v2.1.0"],
    ["octo/tool@v2.0.0", "the catalogue knows Octo/tool, but not v2.0.0; the newest it knows is v2.1.0"],
    [
      "octo/tool@1111111",
      "the catalogue knows Octo/tool, but no 1111111; a commit must be given by all 40 digits, GitHub takes no short one",
    ],
    ["octo/other@v1", "the catalogue does not know octo/other"],
    ["octo/tool/sub@v1", "the catalogue does not know octo/tool/sub"],
    ["docker://alpine:3", "a docker image has no manifest, and takes any input"],
    [
      "./.github/actions/x",
      "there is no action.yml in ./.github/actions/x: the path counts from the root of the repository",
    ],
    [
      "octo/tool/.github/workflows/a.yml@v1",
      "octo/tool/.github/workflows/a.yml@v1 is a reusable workflow, not an action",
    ],
    ["octo/tool", '"octo/tool" names no version: write owner/name@ref, or ./path for an action in this repository'],
  ])("%s stays unknown: %s", (ref, reason) => {
    expect(unknown(ref, stale).reason).toBe(reason);
  });

  test.each([
    ["actions/chekout@v5", "actions/checkout@v5"],
    ["action/checkout@v5", "actions/checkout@v5"],
    ["checkout", "actions/checkout@newest"],
    ["docker/chekout@v5", "actions/checkout@v5"],
    ["actions/checkout@v5.0.1", "actions/checkout@v5"],
    ["actions/checkout@v99", "actions/checkout@newest"],
    ["dtolnay/rust-toolchain@stabel", "dtolnay/rust-toolchain@stable"],
    ["somebody/setup-uv@v4", "astral-sh/setup-uv@v4"],
  ])("%s may mean %s", (ref, meant) => {
    // The catalogue is refreshed every week.
    const newest = catalog.find("actions/checkout")?.versions[0]?.major;
    expect(unknown(ref).didYouMean).toContain(meant.replace("newest", String(newest)));
    for (const suggestion of unknown(ref).didYouMean) expect(resolved(suggestion)).toBeTruthy();
  });

  test("suggests nothing where nothing is near", () => {
    expect(unknown("zzzzqqqq/wwwwxxxx@v1").didYouMean).toEqual([]);
  });

  test("takes the manifest that was given for a ref, before the catalogue", () => {
    const own: ActionInterface = { using: "node24", inputs: new Map(), outputs: ["x"], nested: [] };
    const given = new Map([
      ["./local", own],
      ["actions/checkout@v5", own],
    ]);
    for (const ref of given.keys()) {
      const found = resolveInterface(ref, { catalog, given });
      expect(found).toMatchObject({ kind: "resolved", by: "given", interface: own });
    }
  });
});
