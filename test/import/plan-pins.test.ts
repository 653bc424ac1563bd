import { describe, expect, test } from "vitest";
import { emptyCatalog, openCatalog, readCatalog } from "../../src/actions/catalog.ts";
import { emptyLock, type Lock } from "../../src/actions/lock.ts";
import { findUses } from "../../src/actions/pin-uses.ts";
import { planPins } from "../../src/import/plan-pins.ts";
import { readWorkflow } from "../../src/read/read-file.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);

/** What each `uses` becomes, in order, and the lock. */
function plan(uses: readonly string[], lock: Lock = emptyLock, catalog = emptyCatalog) {
  const steps = uses.map((each) => `      - uses: ${each}\n`).join("");
  const { node } = readWorkflow("x.yml", `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps}`);
  if (node === undefined) throw new Error("the workflow cannot be read");
  const pins = planPins([node], lock, { catalog });
  const written = findUses(node).map(({ scalar, ref }) => {
    const pinned = pins.refs.get(scalar);
    return pinned === undefined ? ref : pinned.comment === undefined ? pinned.ref : `${pinned.ref} # ${pinned.comment}`;
  });
  return { written, lock: Object.fromEntries(pins.lock.actions) };
}

describe("planPins", () => {
  test.each([
    ["a tag", "v1.2.3", "octo/a@v1.2.3"],
    ["a major", "v4", "octo/a@v4"],
    ["a tag without v", "4.1", "octo/a@4.1"],
    ["a tag with a suffix", "v1.0.0-rc.1", "octo/a@v1.0.0-rc.1"],
    ["a tag and words", "v1.2.3 (see #7)", "octo/a@v1.2.3 # (see #7)"],
  ])("%s behind a commit becomes the ref", (_, comment, written) => {
    const planned = plan([`octo/a@${A} # ${comment}`]);
    expect(planned.written).toEqual([written]);
    const [ref = ""] = written.split(" ");
    expect(planned.lock).toEqual({ [ref]: { sha: A, tag: ref.slice("octo/a@".length), uses: [] } });
  });

  test.each([
    ["a bare number", "4"],
    ["a branch", "main"],
    ["words", "pinned for now"],
    ["words with a version in them", "as of v4"],
  ])("%s behind a commit stays a comment", (_, comment) => {
    const { written, lock } = plan([`octo/a@${A} # ${comment}`]);
    expect(written).toEqual([`octo/a@${A}`]);
    expect(lock).toEqual({});
  });

  test("a commit without a comment stays as it is", () => {
    expect(plan([`octo/a@${A}`])).toEqual({ written: [`octo/a@${A}`], lock: {} });
  });

  test("of two commits with one tag, the one that is there more often gets the ref", () => {
    const { written, lock } = plan([`octo/a@${A} # v1`, `octo/a@${B} # v1`, `Octo/a@${B} # v1`]);
    expect(written).toEqual([`octo/a@${A}`, "octo/a@v1", "Octo/a@v1"]);
    expect(lock).toEqual({
      [`octo/a@${A}`]: { sha: A, tag: "v1", uses: [] },
      "octo/a@v1": { sha: B, tag: "v1", uses: [] },
      "Octo/a@v1": { sha: B, tag: "v1", uses: [] },
    });
  });

  test("where a tag is used unpinned too, commits stay commits", () => {
    const { written, lock } = plan([`octo/a@${A} # v1`, "octo/a@v1"]);
    expect(written).toEqual([`octo/a@${A}`, "octo/a@v1"]);
    expect(lock).toEqual({ [`octo/a@${A}`]: { sha: A, tag: "v1", uses: [] } });
  });

  test("comments that differ stay comments", () => {
    const { written, lock } = plan([
      `octo/a@${A} # v1 once`,
      "octo/a@v1",
      `octo/a@${A} # v1.0`,
      "octo/a@v1.0",
      `octo/a@${A}`,
    ]);
    expect(written).toEqual([`octo/a@${A} # v1 once`, "octo/a@v1", `octo/a@${A} # v1.0`, "octo/a@v1.0", `octo/a@${A}`]);
    expect(lock).toEqual({ [`octo/a@${A}`]: { sha: A, uses: [] } });
  });

  test("the lock's own commits come first", () => {
    const lock: Lock = { version: 1, actions: new Map([["octo/a@v1", { sha: A, tag: "v1", uses: [] }]]) };
    expect(plan([`octo/a@${B} # v1`, `octo/a@${A} # v1`], lock).written).toEqual([`octo/a@${B}`, "octo/a@v1"]);
  });

  test("what was not pinned stays unpinned, though the catalogue knows the commit", async () => {
    const catalog = await openCatalog();
    const tag = catalog.find("actions/checkout")?.versions[0]?.tag ?? "";
    const { written, lock } = plan([`actions/checkout@${tag}`, "actions/checkout@v5", "octo/a@v1"], emptyLock, catalog);
    expect(written).toEqual([`actions/checkout@${tag}`, "actions/checkout@v5", "octo/a@v1"]);
    expect(Object.entries(lock).map(([ref, { unpinned }]) => [ref, unpinned])).toEqual([
      ["actions/checkout@v5", "moving tag"],
      [`actions/checkout@${tag}`, "as imported"],
    ]);
  });

  test("a commit that the catalogue knows gets no tag that was not there", async () => {
    const catalog = await openCatalog();
    const version = catalog.find("actions/checkout")?.versions[0];
    const ref = `actions/checkout@${version?.sha}`;
    const { written, lock } = plan([ref], emptyLock, catalog);
    expect(written).toEqual([ref]);
    expect(lock[ref]).toEqual({ sha: version?.sha, manifest: expect.stringMatching(/^sha256-/), uses: [] });
  });

  test("what only the catalogue's next version is known of is typed as that", () => {
    const packed = {
      inputs: [["name", 0, null, 0]],
      interfaces: [{ using: "node24", inputs: [0], outputs: [], nested: [] }],
      versions: [{ major: "v6", tag: "v6.1.0", sha: B, interface: 0 }],
    };
    const catalog = readCatalog(`{\n"octo/a":${JSON.stringify(packed)}\n}\n`);
    const { lock } = plan([`octo/a@${A} # v6.0.2`, "octo/a@v6.0.3", "octo/a@v6.2.0"], emptyLock, catalog);
    expect(lock).toEqual({
      "octo/a@v6.0.2": { sha: A, tag: "v6.0.2", typedAs: "v6.1.0", uses: [] },
      "octo/a@v6.0.3": { unpinned: "as imported", typedAs: "v6.1.0", uses: [] },
    });
  });

  test("reusable workflows are pinned too", () => {
    const text = `on: push\njobs:\n  a:\n    uses: octo/w/.github/workflows/x.yml@${A} # v2\n`;
    const { node } = readWorkflow("x.yml", text);
    if (node === undefined) throw new Error("the workflow cannot be read");
    const { lock } = planPins([node], emptyLock, { catalog: emptyCatalog });
    expect([...lock.actions]).toEqual([["octo/w/.github/workflows/x.yml@v2", { sha: A, tag: "v2", uses: [] }]]);
  });
});
