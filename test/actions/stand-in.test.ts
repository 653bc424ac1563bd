import { describe, expect, test } from "vitest";
import { boundActions } from "../../src/actions/bound-actions.ts";
import { readCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { fillLock } from "../../src/actions/fill-lock.ts";
import { listActions } from "../../src/actions/list-actions.ts";
import type { Lock } from "../../src/actions/lock.ts";
import { parseLock } from "../../src/actions/parse-lock.ts";
import { printLock } from "../../src/actions/print-lock.ts";
import { standIn } from "../../src/actions/stand-in.ts";

/** A catalogue of one action in these versions, each with an input of its own. */
function catalogOf(...tags: readonly string[]): Catalog {
  const versions = tags.map((tag, interface_) => ({
    major: /^v?\d+/.exec(tag)?.[0] ?? null,
    tag,
    sha: String(interface_).padStart(40, "0"),
    interface: interface_,
  }));
  const packed = {
    inputs: tags.map((tag) => [`only-in-${tag}`, 0, null, 0]),
    interfaces: tags.map((_, at) => ({ using: "node24", inputs: [at], outputs: [], nested: [] })),
    versions,
  };
  return readCatalog(`{\n"octo/greet":${JSON.stringify(packed)}\n}\n`);
}

describe("standIn", () => {
  test.each([
    ["a later one of its major", "v6.0.2", ["v7.0.0", "v6.3.0", "v6.1.0", "v5.0.0"], "v6.1.0"],
    ["one that differs in the patch", "v7.0.1", ["v7.0.0", "v6.1.0"], "v7.0.0"],
    ["rather a later one", "v6.1.1", ["v6.2.0", "v6.1.0"], "v6.2.0"],
    ["whatever the letter in front", "6.0.2", ["v6.1.0"], "v6.1.0"],
    ["not one whose inputs may be fewer", "v6.2.0", ["v6.1.0"], undefined],
    ["none of another major", "v9.0.0", ["v10.0.0", "v8.0.0"], undefined],
    ["below 1, of the same minor alone", "v0.2.1", ["v0.3.0", "v0.2.4"], "v0.2.4"],
    ["below 1, none of another minor", "v0.2.1", ["v0.3.0", "v0.1.9"], undefined],
    ["no date", "2026.08.14", ["2026.09.01", "2026.08.13"], undefined],
    ["no moving tag", "v6", ["v6.1.0"], undefined],
    ["no prerelease", "v6.0.0-rc.1", ["v6.1.0"], undefined],
  ])("%s", (_, tag, known, expected) => {
    expect(standIn(`octo/greet@${tag}`, catalogOf(...known))?.tag ?? undefined).toBe(expected);
  });

  test("of a commit, by the tag behind it", () => {
    const ref = `octo/greet@${"a".repeat(40)}`;
    expect(standIn(ref, catalogOf("v6.1.0"))).toBeUndefined();
    expect(standIn(ref, catalogOf("v6.1.0"), "v6.0.2")?.tag).toBe("v6.1.0");
  });

  test("of an action that nobody knows, none", () => {
    expect(standIn("octo/other@v6.0.2", catalogOf("v6.1.0"))).toBeUndefined();
  });
});

describe("a ref that is typed as another version", () => {
  const ref = "octo/greet@v6.0.2";
  const sha = "a".repeat(40);
  const lock: Lock = { version: 1, actions: new Map([[ref, { sha, tag: "v6.0.2", typedAs: "v6.1.0", uses: [] }]]) };
  const inputsOf = (lock: Lock, catalog: Catalog) =>
    boundActions(lock, { catalog }).bound.map(({ interface: { inputs }, asOf }) => [[...inputs.keys()], asOf]);

  test("is bound to that version's inputs, and says so", () => {
    const catalog = catalogOf("v6.1.0");
    expect(inputsOf(lock, catalog)).toEqual([[["only-in-v6.1.0"], "v6.1.0"]]);
    expect(listActions(lock, { catalog })[0]?.notes).toEqual([
      `${ref} is typed as v6.1.0, since the catalogue does not know it; \`npx flowkeep actions add ${ref}\` asks for its own manifest`,
    ]);
  });

  test("stays what it is where the lock is filled again", () => {
    expect(fillLock([ref], lock, { catalog: catalogOf("v6.1.0") })).toEqual({ lock, unpinned: [], unknown: [] });
  });

  test("gets its own inputs once the catalogue knows it, and keeps its commit", () => {
    const catalog = catalogOf("v6.1.0", "v6.0.2");
    const filled = fillLock([ref], lock, { catalog }).lock;
    expect(filled.actions.get(ref)).toEqual({
      sha,
      tag: "v6.0.2",
      manifest: expect.stringMatching(/^sha256-/),
      uses: [],
    });
    expect(inputsOf(filled, catalog)).toEqual([[["only-in-v6.0.2"], undefined]]);
  });

  test("is missed where the catalogue has that version no more", () => {
    expect(boundActions(lock, { catalog: catalogOf("v5.0.0") }).unknown.map(({ ref }) => ref)).toEqual([ref]);
  });

  test("is printed and read", async () => {
    const text = printLock(lock);
    expect(text).toContain('"typedAs": "v6.1.0"');
    expect(await parseLock(text, "x.json")).toEqual({ kind: "lock", lock });
    const unpinned: Lock = {
      version: 1,
      actions: new Map([[ref, { unpinned: "as imported", typedAs: "v6.1.0", uses: [] }]]),
    };
    expect(await parseLock(printLock(unpinned), "x.json")).toEqual({ kind: "lock", lock: unpinned });
  });

  test("cannot have a manifest of its own too", async () => {
    const both = printLock(lock).replace('"typedAs"', `"manifest": "sha256-${"A".repeat(43)}=", "typedAs"`);
    const parsed = await parseLock(both, "x.json");
    expect(parsed.kind === "lock" ? [] : parsed.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining("has both `manifest` and `typedAs`"),
    ]);
  });
});
