import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import { fillLock } from "../../src/actions/fill-lock.ts";
import { emptyLock, type Lock } from "../../src/actions/lock.ts";
import { lookUpActions } from "../../src/actions/look-up-actions.ts";
import { verifyLock } from "../../src/actions/verify-lock.ts";
import type { BareRepository } from "../../src/prove/server/bare-repository.ts";
import { ActionServer, composite, manifest, release } from "./remote/action-server.ts";

let server: ActionServer;
let deploy: BareRepository;
let inner: BareRepository;
let shas: Record<"deploy" | "inner", string>;
beforeAll(async () => {
  server = await ActionServer.start();
  inner = await server.create("octo/inner");
  deploy = await server.create("octo/deploy");
  shas = {
    inner: await release(inner, "v1", { "action.yml": manifest(["x"]), "old/action.yml": manifest() }),
    deploy: await release(deploy, "v2.0.1", {
      "action.yml": composite("octo/inner@v1", "$/sub"),
      "sub/action.yml": manifest(),
    }),
  };
});
afterAll(() => server.stop());

const REFS = ["octo/deploy@v2", "octo/inner@v1"];

async function locked(refs: readonly string[] = REFS): Promise<Lock> {
  const { known, unknown } = await lookUpActions(refs, emptyLock, { catalog: emptyCatalog }, server.open());
  expect(unknown).toEqual([]);
  return fillLock(refs, emptyLock, known).lock;
}

/** The lock with an entry that says something else. */
function withEntry(lock: Lock, ref: string, change: Readonly<Record<string, string>>): Lock {
  const entry = lock.actions.get(ref);
  if (entry === undefined) throw new Error(`${ref} is not in the lock`);
  return { ...lock, actions: new Map([...lock.actions, [ref, { ...entry, ...change }]]) };
}

const codes = async (lock: Lock) =>
  (await verifyLock(lock, server.open())).map(({ code, path }) => `${code} ${path.join(" ")}`);

describe("a lock that was made from the repositories", () => {
  it("has what an action uses in turn, and goes without what is used no more", async () => {
    const lock = await locked();
    expect([...(lock.nested ?? [])]).toEqual([
      ["octo/inner@v1", { sha: shas.inner, uses: [] }],
      [`octo/deploy/sub@${shas.deploy}`, { sha: shas.deploy, tag: "v2.0.1", uses: [] }],
    ]);
    const without = { ...lock, actions: new Map([...lock.actions].filter(([ref]) => ref === "octo/inner@v1")) };
    expect(fillLock([], without, { catalog: emptyCatalog }).lock.nested).toBeUndefined();
  });

  it("is verified by them", async () => {
    expect(await codes(await locked())).toEqual([]);
  });

  it("is not, where it says another manifest, another commit, or another tag", async () => {
    const lock = await locked(["octo/deploy@v2"]);
    const other = fillLock(["octo/inner@v1"], await locked(["octo/inner@v1"]), { catalog: emptyCatalog }).lock;
    const { manifest: digest = "" } = other.actions.get("octo/inner@v1") ?? {};
    expect(await codes(withEntry(lock, "octo/deploy@v2", { manifest: digest }))).toEqual([
      "manifest-changed actions octo/deploy@v2 manifest",
    ]);
    expect(await codes(withEntry(lock, "octo/deploy@v2", { tag: "v2.0.0" }))).toEqual([
      "moved-tag actions octo/deploy@v2 tag",
    ]);
    expect(await codes(withEntry(lock, "octo/deploy@v2", { sha: "0".repeat(40) }))).toEqual([
      "moved-tag actions octo/deploy@v2 tag",
      "lock-unverified actions octo/deploy@v2",
    ]);
  });

  it("is not, where a tag was moved, and the commit is nobody's any more", async () => {
    const lock = await locked();
    const root = await deploy.git("commit-tree", `${shas.deploy}^{tree}`, "-m", "Rewritten");
    await deploy.git("update-ref", "refs/heads/main", root);
    await deploy.git("tag", "--force", "v2.0.1", root);
    await release(inner, "v1", { "action.yml": manifest(["y"]) });
    const problems = await verifyLock(lock, server.open({ cache: undefined }));
    expect(problems.map(({ code, path, severity = "error" }) => `${severity} ${code} ${path.join(" ")}`)).toEqual([
      "error moved-tag actions octo/deploy@v2 tag",
      "error impostor-commit actions octo/deploy@v2 sha",
      "error moved-tag actions octo/inner@v1 tag",
      "warning moved-tag nested octo/inner@v1 sha",
    ]);
    expect(problems[0]?.message).toContain(
      `the tag v2.0.1 of octo/deploy is at ${root} now, and was at ${shas.deploy} when octo/deploy@v2 was locked`,
    );
  });
});
