import { beforeAll, describe, expect, test } from "vitest";
import { digestInterface, type ActionInterface } from "../../src/actions/action-interface.ts";
import { openCatalog, readCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { fillLock } from "../../src/actions/fill-lock.ts";
import { emptyLock, type Lock } from "../../src/actions/lock.ts";
import { parseLock } from "../../src/actions/parse-lock.ts";
import { printLock } from "../../src/actions/print-lock.ts";

let catalog: Catalog;
beforeAll(async () => {
  catalog = await openCatalog();
});

const own: ActionInterface = {
  using: "composite",
  inputs: new Map([["a", { required: true }]]),
  outputs: ["b"],
  nested: ["actions/cache@v4"],
};

function newestOf(name: string) {
  const version = catalog.find(name)?.versions[0];
  if (version === undefined) throw new Error(`${name} is gone from the catalogue`);
  return version;
}

describe("fillLock", () => {
  test("pins an exact version to the catalogue's commit", () => {
    const version = newestOf("actions/checkout");
    const ref = `actions/checkout@${version.tag}`;
    const { lock, unpinned, unknown } = fillLock([ref], emptyLock, { catalog });
    expect(lock.actions.get(ref)).toEqual({
      sha: version.sha,
      tag: version.tag,
      manifest: digestInterface(version.interface),
      uses: [],
    });
    expect([unpinned, unknown]).toEqual([[], []]);
  });

  test("leaves unpinned what was imported so", () => {
    const ref = `actions/checkout@${newestOf("actions/checkout").tag}`;
    const manifest = digestInterface(newestOf("actions/checkout").interface);
    const imported: Lock = {
      version: 1,
      actions: new Map([[ref, { unpinned: "as imported", manifest: "sha256-of-then", uses: [] }]]),
    };
    const { lock, unpinned } = fillLock([ref], imported, { catalog });
    expect(lock.actions.get(ref)).toEqual({ unpinned: "as imported", manifest, uses: [] });
    expect(unpinned).toEqual([{ ref, reason: expect.stringContaining(`run \`npx flowkeep actions add ${ref}\``) }]);
  });

  test("keeps a pin whose manifest nobody knows", () => {
    const pin = { sha: "1".repeat(40), tag: "v1.2.3", uses: [] };
    const lock: Lock = { version: 1, actions: new Map([["octo/sign@v1.2.3", pin]]) };
    expect(fillLock(["octo/sign@v1.2.3"], lock, { catalog }).lock.actions.get("octo/sign@v1.2.3")).toEqual(pin);
  });

  test("no version of the catalogue is pinned to another commit than its own, and no moving tag to any", () => {
    const refs = catalog.names.flatMap((name) =>
      (catalog.find(name)?.versions ?? []).flatMap(({ tag, branch, major, majorRef }) =>
        [tag, branch, major, majorRef?.name].flatMap((version) => (version ? [`${name}@${version}`] : [])),
      ),
    );
    const { lock, unknown } = fillLock(refs, emptyLock, { catalog });
    expect(unknown).toEqual([]);
    for (const [ref, entry] of lock.actions) {
      const [name = "", wanted = ""] = ref.split("@");
      const version = catalog.find(name)?.versions.find(({ tag }) => tag === wanted);
      const moving = catalog
        .find(name)
        ?.versions.some(({ major, majorRef }) => [major, majorRef?.name].includes(wanted));
      if (entry.sha === undefined) expect(moving || version === undefined, ref).toBe(true);
      else expect([entry.sha, entry.tag, moving]).toEqual([version?.sha, wanted, false]);
    }
  });

  test("never takes a commit from majorRef, even where the ref has the name of a tag", () => {
    const sha = (digit: string) => digit.repeat(40);
    const snapshot = readCatalog(
      `{\n"a/b":{"inputs":[],"interfaces":[{"using":"node24","inputs":[],"outputs":[],"nested":[]}],"versions":[` +
        `{"major":"v1","tag":"v1.2.3","sha":"${sha("1")}","majorRef":{"type":"tag","name":"v1","sha":"${sha("2")}","sameInterface":true},"interface":0}]}\n}\n`,
    );
    const text = printLock(
      fillLock(["a/b@v1", "a/b@v1.2.3", `a/b@${sha("2")}`], emptyLock, { catalog: snapshot }).lock,
    );
    const facts = { manifest: expect.stringMatching(/^sha256-/) as string, uses: [] };
    expect(JSON.parse(text)).toEqual({
      version: 1,
      actions: {
        "a/b@v1": { unpinned: "moving tag", ...facts },
        "a/b@v1.2.3": { sha: sha("1"), tag: "v1.2.3", ...facts },
        // The commit that the user wrote; it is not v1.2.3's, so that is not said of it.
        [`a/b@${sha("2")}`]: { sha: sha("2"), ...facts },
      },
    });
  });

  test("lists what stays as written, with what to write instead", () => {
    const { tag } = catalog.find("actions/checkout")?.versions.find(({ major }) => major === "v5") ?? {};
    const refs = ["actions/checkout@v5", "dtolnay/rust-toolchain@stable", "cachix/cachix-action@v17"];
    expect(fillLock(refs, emptyLock, { catalog }).unpinned.map(({ reason }) => reason)).toEqual([
      `actions/checkout@v5 is not pinned: v5 is a moving tag, and offline nobody knows where it points now; run \`npx flowkeep actions update actions/checkout\`, or write actions/checkout@${tag}`,
      "dtolnay/rust-toolchain@stable is not pinned: stable is a branch, and offline nobody knows where it points now; run `npx flowkeep actions update dtolnay/rust-toolchain`, or write a tag or a commit",
      "cachix/cachix-action@v17 is not pinned: v17 is a moving tag, and offline nobody knows where it points now; run `npx flowkeep actions update cachix/cachix-action`, or write the commit itself",
    ]);
  });

  test("takes manifests that are given, and keeps them", () => {
    const given = new Map([
      ["octo/tool@v1.0.0", own],
      ["octo/tool@v1", own],
      ["./.github/actions/x", own],
    ]);
    const first = fillLock(given.keys(), emptyLock, { catalog, given });
    expect([...first.lock.actions].map(([ref, entry]) => [ref, entry.unpinned, entry.interface])).toEqual([
      ["./.github/actions/x", "local", own],
      ["octo/tool@v1", "moving tag", own],
      ["octo/tool@v1.0.0", "unknown commit", own],
    ]);
    // What comes with the repository needs no pin.
    expect(first.unpinned.map(({ ref }) => ref)).toEqual(["octo/tool@v1.0.0", "octo/tool@v1"]);
    expect(first.lock.actions.get("octo/tool@v1")?.uses).toEqual(["actions/cache@v4"]);
    // The second time nobody gives them.
    expect(printLock(fillLock(given.keys(), first.lock, { catalog }).lock)).toBe(printLock(first.lock));
  });

  test("a manifest that is given does not hide the catalogue's commit", () => {
    const { tag, sha } = newestOf("actions/checkout");
    const ref = `actions/checkout@${tag}`;
    const entry = fillLock([ref], emptyLock, { catalog, given: new Map([[ref, own]]) }).lock.actions.get(ref);
    expect(entry).toMatchObject({ sha, tag, manifest: digestInterface(own), interface: own });
  });

  test("unknown refs get no entry", () => {
    const { lock, unknown } = fillLock(["octo/tool@v1"], emptyLock, { catalog });
    expect(lock.actions.size).toBe(0);
    expect(unknown[0]?.reason).toBe("the catalogue does not know octo/tool");
  });

  test("a commit in the lock stays, as do entries that are not asked for", () => {
    const ref = `actions/checkout@${newestOf("actions/checkout").tag}`;
    const locked = { sha: "1".repeat(40), tag: "mine", manifest: `sha256-${"A".repeat(43)}=`, uses: [] };
    const lock: Lock = {
      version: 1,
      actions: new Map([
        [ref, locked],
        ["octo/other@v1", locked],
      ]),
    };
    const filled = fillLock([ref], lock, { catalog }).lock;
    expect(filled.actions.get("octo/other@v1")).toEqual(locked);
    expect(filled.actions.get(ref)).toEqual({
      ...locked,
      manifest: digestInterface(newestOf("actions/checkout").interface),
    });
  });

  test("is idempotent, and its lock can be read back", async () => {
    const refs = catalog.names.map((name) => `${name}@${newestOf(name).tag ?? newestOf(name).branch}`);
    const once = printLock(fillLock(refs, emptyLock, { catalog }).lock);
    const read = await parseLock(once, "actions.lock.json");
    if (read.kind === "unreadable") throw read.errors[0];
    expect(printLock(fillLock([...refs].reverse(), read.lock, { catalog }).lock)).toBe(once);
  });
});
