import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ActionInterface } from "../../src/actions/action-interface.ts";
import { addActions } from "../../src/actions/add-actions.ts";
import { areBindingsCurrent } from "../../src/actions/bindings-stamp.ts";
import { boundActions } from "../../src/actions/bound-actions.ts";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { listActions } from "../../src/actions/list-actions.ts";
import { emptyLock, type Lock, type PinnedEntry } from "../../src/actions/lock.ts";
import { parseLock } from "../../src/actions/parse-lock.ts";
import { readLocalAction } from "../../src/actions/read-local-action.ts";
import { refreshActions, type RefreshRequest } from "../../src/actions/refresh-actions.ts";

let catalog: Catalog;
let exact: string;
beforeAll(async () => {
  catalog = await openCatalog();
  exact = `actions/checkout@${catalog.find("actions/checkout")?.versions[0]?.tag}`;
});

async function add(request: Omit<RefreshRequest, "catalog">) {
  const result = await addActions({ catalog, ...request });
  if (result.kind === "unknown") throw new Error(result.unknown.map(({ reason }) => reason).join());
  return result;
}

const own: ActionInterface = { using: "node24", inputs: new Map([["a", { required: true }]]), outputs: [], nested: [] };

describe("addActions", () => {
  test("gives both files, from which the same bindings can be written again", async () => {
    const result = await add({ refs: [exact, "actions/cache@v4"], lock: emptyLock });
    expect(result.added.map(({ ref, using }) => [ref, using])).toEqual([
      ["actions/cache@v4", "node20"],
      [exact, "node24"],
    ]);
    expect(result.unpinned.map(({ ref }) => ref)).toEqual(["actions/cache@v4"]);
    expect(result.bindingsText).toContain(`    "${exact}": {\n`);

    const read = await parseLock(result.lockText, "actions.lock.json");
    if (read.kind === "unreadable") throw read.errors[0];
    const { bound, unknown, changed } = boundActions(read.lock, { catalog });
    expect([unknown, changed]).toEqual([[], []]);
    expect(areBindingsCurrent(result.bindingsText, bound)).toBe(true);
    const again = await add({ refs: [], lock: read.lock });
    expect([again.lockText, again.bindingsText]).toEqual([result.lockText, result.bindingsText]);
  });

  test("keeps what was there, in whatever order it came", async () => {
    const first = await add({ refs: [exact], lock: emptyLock });
    const second = await add({ refs: ["./x", "actions/cache@v4"], lock: first.lock, given: new Map([["./x", own]]) });
    const atOnce = await add({
      refs: ["actions/cache@v4", exact, "./x"],
      lock: emptyLock,
      given: new Map([["./x", own]]),
    });
    expect(second.lockText).toBe(atOnce.lockText);
    expect(second.bindingsText).toBe(atOnce.bindingsText);
    expect(second.bindingsText).toContain("interface XInputs {\n  a: Text;\n}");
  });

  test("writes nothing where one ref is unknown, and names all that are", async () => {
    const result = await addActions({ refs: [exact, "octo/a@v1", "actions/chekout@v5"], lock: emptyLock, catalog });
    expect(result).toMatchObject({
      kind: "unknown",
      unknown: [
        { ref: "octo/a@v1", didYouMean: [] },
        { ref: "actions/chekout@v5", didYouMean: ["actions/checkout@v5"] },
      ],
    });
  });

  test("a locked ref that is known no more is named too", async () => {
    const lock: Lock = {
      version: 1,
      actions: new Map([["octo/gone@v1", { unpinned: "moving tag", manifest: `sha256-${"A".repeat(43)}=`, uses: [] }]]),
    };
    expect(await addActions({ refs: [exact], lock, catalog })).toMatchObject({
      kind: "unknown",
      unknown: [{ ref: "octo/gone@v1" }],
    });
  });

  test("pins what was imported unpinned, once it is asked for, and minds no pin without a manifest", async () => {
    const manifest = `sha256-${"A".repeat(43)}=`;
    const lock: Lock = {
      version: 1,
      actions: new Map([
        [exact, { unpinned: "as imported", manifest, uses: [] }],
        ["octo/sign@v1.2.3", { sha: "1".repeat(40), tag: "v1.2.3", uses: [] }],
      ]),
    };
    expect((await add({ refs: ["actions/cache@v4"], lock })).lock.actions.get(exact)?.unpinned).toBe("as imported");
    const { lock: pinned } = await add({ refs: [exact], lock });
    expect(pinned.actions.get(exact)?.sha).toMatch(/^[0-9a-f]{40}$/);
    expect(listActions(pinned, { catalog }).map(({ ref, notes }) => [ref, notes])).toEqual([
      [exact, []],
      ["octo/sign@v1.2.3", ["the catalogue does not know octo/sign"]],
    ]);
  });

  test("notes where a moving tag had another interface", async () => {
    const { notes } = await add({ refs: ["dorny/paths-filter@v2"], lock: emptyLock });
    expect(notes).toEqual([
      expect.stringContaining("dorny/paths-filter@v2: v2 pointed at a commit with another interface"),
    ]);
  });
});

describe("listActions", () => {
  test("says what a ref stands for, and what changed since", async () => {
    const { lock } = await add({ refs: [exact, "actions/checkout@v5"], lock: emptyLock });
    const pin = lock.actions.get(exact) as PinnedEntry;
    const [moving, pinned] = listActions(lock, { catalog });
    expect(pinned).toEqual({ ref: exact, sha: pin.sha, tag: pin.tag, using: "node24", uses: [], notes: [] });
    expect(moving).toMatchObject({
      ref: "actions/checkout@v5",
      using: "node24",
      notes: [expect.stringContaining("moving tag")],
    });

    const moved = { ...pin, sha: "1".repeat(40), manifest: `sha256-${"A".repeat(43)}=` };
    const rows = listActions({ version: 1, actions: new Map([[exact, moved]]) }, { catalog });
    expect(rows[0]?.notes).toEqual([
      `${exact} is locked to ${"1".repeat(40)}, but the catalogue saw its tag at ${pin.sha}: the tag was moved`,
      `${exact} has another interface than the one that was locked: run \`npx flowkeep actions add ${exact}\``,
    ]);
  });
});

describe("refreshActions", () => {
  test("gives what is there back, byte for byte, and without ts-morph where nothing changed", async () => {
    const { lock, lockText, bindingsText } = await add({ refs: [exact, "actions/cache@v4"], lock: emptyLock });
    const again = await refreshActions({ refs: [exact], lock, bindings: bindingsText, catalog });
    expect([again.lockText, again.bindingsText, again.changed]).toEqual([lockText, bindingsText, []]);
    const edited = await refreshActions({ refs: [], lock, bindings: bindingsText.replace("Text", "Flag"), catalog });
    expect(edited.bindingsText).toBe(bindingsText);
  });

  test("locks what is known of the refs that are used, and names the others", async () => {
    const refs = [exact, "octo/unknown@v1", "./local"];
    const { lock, unknown, lost } = await refreshActions({ refs, lock: emptyLock, catalog });
    expect([...lock.actions.keys()]).toEqual([exact]);
    expect(unknown.map(({ ref }) => ref)).toEqual(["octo/unknown@v1", "./local"]);
    expect(lost).toEqual([]);
  });

  test("tells which interfaces changed, and takes them over", async () => {
    const { lock, bindingsText } = await add({ refs: ["./x"], lock: emptyLock, given: new Map([["./x", own]]) });
    const given = new Map([["./x", { ...own, outputs: ["new"] }]]);
    const after = await refreshActions({ refs: [], lock, bindings: bindingsText, catalog, given });
    expect(after.changed).toEqual(["./x"]);
    expect(after.bindingsText).toContain('outputs: "new";');
    expect((await refreshActions({ refs: [], lock: after.lock, catalog })).changed).toEqual([]);
  });

  test("a locked ref that nobody knows any more stays in the lock, and is named", async () => {
    const gone = { unpinned: "moving tag", manifest: `sha256-${"A".repeat(43)}=`, uses: [] } as const;
    const lock: Lock = { version: 1, actions: new Map([["octo/gone@v1", gone]]) };
    const after = await refreshActions({ refs: [], lock, catalog });
    expect(after.lock.actions.get("octo/gone@v1")).toEqual(gone);
    expect(after.lost.map(({ ref }) => ref)).toEqual(["octo/gone@v1"]);
  });
});

describe("readLocalAction", () => {
  test("finds action.yml or action.yaml", async () => {
    const root = await mkdtemp(join(tmpdir(), "flowkeep-local-"));
    onTestFinished(() => rm(root, { recursive: true }));
    for (const name of ["action.yml", "action.yaml"]) {
      await mkdir(join(root, name));
      await writeFile(join(root, name, name), "runs: { using: node24 }\n");
      expect(await readLocalAction(root, `./${name}`)).toMatchObject({
        kind: "manifest",
        interface: { using: "node24" },
      });
    }
    await writeFile(join(root, "action.yml/action.yml"), "runs:\n");
    const broken = await readLocalAction(root, "./action.yml");
    expect(broken.kind === "unreadable" && broken.errors[0]?.location?.file).toBe("action.yml/action.yml");
    const missing = await readLocalAction(root, "./none");
    expect(missing.kind === "unreadable" && missing.errors[0]?.message).toBe(
      "./none is no action: it has neither an action.yml nor an action.yaml",
    );
  });
});
