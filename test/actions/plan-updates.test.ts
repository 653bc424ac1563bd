import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import { emptyLock, type Lock, type LockEntry } from "../../src/actions/lock.ts";
import { planUpdates, type UpdateOptions } from "../../src/actions/plan-updates.ts";
import type { RemoteActions } from "../../src/actions/remote/remote-actions.ts";
import { ActionServer, release } from "./remote/action-server.ts";

const DAY = 86_400;
const NOW = 1_800_000_000;

const five = `inputs:
  gone: { description: x }
  Kept: { description: x }
runs: { using: node20, main: index.js }
outputs: { old: { description: x } }
`;
const six = `inputs:
  kept: { description: x, required: true }
  added: { description: x }
runs: { using: node24, main: index.js }
outputs: { new: { description: x } }
`;

let server: ActionServer;
let remote: RemoteActions;
let shas: Record<string, string>;
beforeAll(async () => {
  server = await ActionServer.start();
  const repository = await server.create("octo/deploy");
  const at = async (tag: string, age: number, text: string, annotated = false) =>
    [tag, await release(repository, tag, { "action.yml": text }, { annotated, at: NOW - age * DAY })] as const;
  shas = Object.fromEntries([
    await at("v5.0.0", 400, five),
    await at("v5.0.1", 300, five),
    await at("v5.1.0", 200, five),
    await at("v6.0.0", 30, six),
    // A commit may be old, and its tag of today.
    await at("v6.1.0", 3, six, true),
    await at("v7.0.0-rc.1", 1, six),
  ]);
  await repository.git("tag", "v5", shas["v5.1.0"] ?? "");
  await repository.git("tag", "v6", shas["v6.1.0"] ?? "");
  remote = server.open();
});
afterAll(() => server.stop());

function lockOf(ref: string, tag: string | undefined, more: Partial<LockEntry> = {}): Lock {
  const entry =
    tag === undefined ? { unpinned: "moving tag", manifest: "", uses: [] } : { sha: shas[tag], tag, uses: [] };
  return { ...emptyLock, actions: new Map([[ref, { ...entry, ...more } as LockEntry]]) };
}

async function plan(
  ref: string,
  tag: string | undefined,
  options: Partial<UpdateOptions> = {},
  more?: Partial<LockEntry>,
) {
  const lock = lockOf(ref, tag, more);
  const all = { major: false, cooldown: 0, now: NOW, ...options };
  const { updates, held } = await planUpdates([ref], lock, { catalog: emptyCatalog }, remote, all);
  return updates
    .map(({ next, to }) => `${next} ${to.tag ?? to.branch}`)
    .concat(held.map(({ kind, reason }) => `${kind}: ${reason}`));
}

describe("a newer version", () => {
  it.each([
    ["octo/deploy@v5", "v5.0.0", false, "octo/deploy@v5 v5.1.0"],
    ["octo/deploy@v5", undefined, false, "octo/deploy@v5 v5.1.0"],
    ["octo/deploy@v5", "v5.1.0", false, "newest: v5.1.0 is the newest"],
    ["octo/deploy@v5", "v5.0.0", true, "octo/deploy@v6 v6.1.0"],
    // There is no ref v6.1: who reads the YAML would not find it.
    ["octo/deploy@v5.0", "v5.0.0", true, "octo/deploy@v6.1.0 v6.1.0"],
    ["octo/deploy@v5.0", "v5.0.0", false, "octo/deploy@v5.0 v5.0.1"],
    ["octo/deploy@v5.0.0", "v5.0.0", false, "octo/deploy@v5.1.0 v5.1.0"],
    ["octo/deploy@v5.0.0", "v5.0.0", true, "octo/deploy@v6.1.0 v6.1.0"],
  ])("of %s, locked to %s, major %s: %s", async (ref, tag, major, wanted) => {
    expect(await plan(ref, tag, { major })).toEqual([wanted]);
  });

  it("of a commit is another commit, where a version stands behind it", async () => {
    const ref = `octo/deploy@${shas["v5.0.0"]}`;
    expect(await plan(ref, "v5.0.0")).toEqual([`octo/deploy@${shas["v5.1.0"]} v5.1.0`]);
    expect(await plan(ref, "v5.0.0", {}, { tag: undefined } as Partial<LockEntry>)).toEqual([
      "held: no version stands behind this commit",
    ]);
  });

  it("of a branch is its newest commit", async () => {
    expect(
      await plan("octo/deploy@main", "v5.0.0", {}, { tag: undefined, branch: "main" } as Partial<LockEntry>),
    ).toEqual(["octo/deploy@main main"]);
  });

  it("is let rest as long as is asked for, by the later of the tag's date and the commit's", async () => {
    const major = true;
    expect(await plan("octo/deploy@v5", "v5.0.0", { major, cooldown: 2 * DAY })).toEqual(["octo/deploy@v6 v6.1.0"]);
    expect(await plan("octo/deploy@v5", "v5.0.0", { major, cooldown: 7 * DAY })).toEqual(["octo/deploy@v6 v6.0.0"]);
    expect(await plan("octo/deploy@v5", "v5.0.0", { major, cooldown: 60 * DAY })).toEqual(["octo/deploy@v5 v5.1.0"]);
    expect(await plan("octo/deploy@v5", "v5.1.0", { major, cooldown: 60 * DAY })).toEqual([
      "held: v6.1.0 is 3 days old, and is let rest for 60 days",
    ]);
  });

  it("is not taken where the tag of the old one was moved, nor where nobody answers", async () => {
    expect(await plan("octo/deploy@v5", "v5.0.0", {}, { sha: "0".repeat(40) } as Partial<LockEntry>)).toEqual([
      expect.stringContaining("held: the tag v5.0.0 was moved since it was locked"),
    ]);
    expect(await plan("octo/none@v5", "v5.0.0")).toEqual([
      expect.stringMatching(/^failed: octo\/none on .* no such repository/),
    ]);
  });

  it("tells what it changes, and takes names of inputs as GitHub does", async () => {
    const given = await remote.resolve("octo/deploy@v5.0.0");
    if (given.kind !== "remote" || given.interface === undefined) throw new Error("unknown");
    const known = { catalog: emptyCatalog, given: new Map([["octo/deploy@v5", given.interface]]) };
    const options = { major: true, cooldown: 0, now: NOW };
    const { updates } = await planUpdates(
      ["octo/deploy@v5"],
      lockOf("octo/deploy@v5", "v5.0.0"),
      known,
      remote,
      options,
    );
    expect(updates[0]?.changes).toEqual({
      runtime: { from: "node20", to: "node24" },
      inputs: { added: ["added"], removed: ["gone"], required: ["kept"] },
      outputs: { added: ["new"], removed: ["old"] },
    });
  });
});
