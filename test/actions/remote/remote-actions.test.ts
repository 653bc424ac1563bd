import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RemoteAction } from "../../../src/actions/remote/remote-actions.ts";
import { ActionServer, manifest, QUICK, release, resolveAt, withServer } from "./action-server.ts";

// One for all tests: each has repositories of its own.
let server: ActionServer;
beforeAll(async () => {
  server = await ActionServer.start();
});
afterAll(() => server.stop());

const resolved = (ref: string, remote = server.open()): Promise<RemoteAction> => resolveAt(remote, ref);

describe("what a ref stands for", () => {
  it("is the newest version of its line, which need not be where the moving tag stands", async () => {
    const repository = await server.create("octo/lines");
    const first = await release(repository, "v5.1.0", { "action.yml": manifest(["old"]) });
    await repository.git("tag", "v5", first);
    const newest = await release(repository, "v5.10.0", { "action.yml": manifest(["level"]) }, { annotated: true });
    await release(repository, "v6.0.0", { "action.yml": manifest(["six"]) });
    await release(repository, "v5.11.0-beta.1", { "action.yml": manifest(["beta"]) });

    const five = await resolved("octo/lines@v5");
    // The annotated tag is an object of its own; what is locked is the commit.
    expect(five).toMatchObject({ by: "newest", commit: newest, tag: "v5.10.0", named: first, isReachable: true });
    expect([...(five.interface?.inputs.keys() ?? [])]).toEqual(["level"]);
    expect(await resolved("octo/lines@v5.1")).toMatchObject({ by: "newest", commit: first, tag: "v5.1.0" });
    expect(await resolved("octo/lines@v5.10.0")).toMatchObject({ by: "tag", commit: newest, tag: "v5.10.0" });
  });
});

describe("a commit", () => {
  it("that only a fork brought into the network is told from the repository's own", async () => {
    const repository = await server.create("octo/forked");
    const old = await release(repository, "v1.0.0", { "action.yml": manifest() });
    const between = await repository.commit("main", { "action.yml": manifest(["between"]) });
    await release(repository, "v2.0.0", { "action.yml": manifest() });
    // GitHub keeps the objects of all forks together: the server hands them out under each one's name.
    await repository.git("update-ref", "refs/heads/fork", between);
    const fork = await repository.commit("fork", { "action.yml": manifest(["evil"]) });
    await repository.git("update-ref", "-d", "refs/heads/fork");
    expect(await resolved(`octo/forked@${old}`)).toMatchObject({ isReachable: true, tag: "v1.0.0" });
    expect(await resolved(`octo/forked@${between}`)).toMatchObject({ isReachable: true, tag: undefined });
    expect(await resolved(`octo/forked@${fork}`)).toMatchObject({ isReachable: false });
    // Where the history is too large to look through, nobody knows.
    const small = server.open({ limits: { ...QUICK, mostFetched: 300 }, cache: join(server.home, "other") });
    expect(await small.resolve(`octo/forked@${fork}`)).toMatchObject({ failure: "refused" });
  });
});

describe("a server", () => {
  it("gives private repositories to those whose git has a credential", async () => {
    await withServer({ password: "s3cret" }, async (server) => {
      await release(await server.create("octo/private"), "v1.0.0", { "action.yml": manifest(["x"]) });
      const refused = await server.open().resolve("octo/private@v1");
      expect(refused).toMatchObject({
        failure: "no-repository",
        reason: expect.stringContaining("or your git has no credential that may read it") as string,
      });
      const { host } = new URL(server.url);
      await writeFile(join(server.home, ".git-credentials"), `http://me:s3cret@${host}\n`);
      // Of all this only the helper is taken over.
      await writeFile(
        join(server.home, ".gitconfig"),
        `[credential]\n\thelper = store\n[core]\n\thooksPath = ${server.home}/hooks\n[remote "origin"]\n\tuploadpack = touch ${server.home}/ran\n`,
      );
      const remote = server.open({ env: { ...server.env, GIT_DIR: "/nowhere", GIT_TRACE: "1" } });
      expect((await resolved("octo/private@v1", remote)).interface?.inputs.has("x")).toBe(true);
      expect(await readdir(server.home)).not.toContain("ran");
    });
  });

  it("makes git run nothing of what it sends", async () => {
    const repository = await server.create("octo/evil");
    await release(repository, "v1.0.0", {
      "action.yml": manifest(["x"]),
      ".gitattributes": "*.yml filter=evil\n*.yaml filter=lfs\n",
      ".lfsconfig": `[lfs]\n\turl = ${server.url}/octo/lfs\n`,
      "lfs/action.yaml": `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 9\n`,
      ".gitmodules": `[submodule "x"]\n\tpath = x\n\turl = ${server.url}/octo/x.git\n`,
      "hooks/post-checkout": "#!/bin/sh\ntouch ran\n",
    });
    const hooks = join(server.home, "hooks");
    await mkdir(hooks);
    await writeFile(join(hooks, "reference-transaction"), `#!/bin/sh\ntouch ${server.home}/ran\n`);
    await chmod(join(hooks, "reference-transaction"), 0o755);
    await writeFile(
      join(server.home, ".gitconfig"),
      `[core]\n\thooksPath = ${hooks}\n\tattributesFile = ${server.home}/attributes\n[filter "evil"]\n\tsmudge = touch ${server.home}/ran\n\trequired = true\n[filter "lfs"]\n\tprocess = touch ${server.home}/ran\n\tsmudge = touch ${server.home}/ran\n[fetch]\n\trecurseSubmodules = true\n[init]\n\ttemplateDir = ${server.home}\n`,
    );
    await writeFile(join(server.home, "attributes"), "* filter=evil\n");
    const env = { ...server.env, GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.hooksPath", GIT_CONFIG_VALUE_0: hooks };
    expect((await resolved("octo/evil@v1", server.open({ env }))).interface?.inputs.has("x")).toBe(true);
    // A pointer is what is in the repository, and no manifest.
    expect(await server.open({ env }).resolve("octo/evil/lfs@v1")).toMatchObject({ failure: "refused" });
    expect(await readdir(server.home)).not.toContain("ran");
    expect(server.requests.some(({ path }) => /^\/octo\/(?:x\.git|lfs)/.test(path))).toBe(false);
  });
});

describe("a name", () => {
  it.each([
    "octo/deploy@--upload-pack=touch",
    "octo/deploy@-c",
    "octo/deploy@v1\n--help",
    "octo/deploy@a..b",
    "octo/deploy@refs/heads/../../x",
    "octo/../deploy@v1",
    "octo/..@v1",
    "--help/deploy@v1",
    "-c/x@v1",
    "octo/dep:loy@v1",
    "octo/deploy/../../etc@v1",
    "octo/deploy/.git/hooks@v1",
    "octo/deploy/a//b@v1",
    "octo/deploy/-x\u0000y@v1",
    "user:pass/deploy@v1",
  ])("that is none is never given to git: %j", async (ref) => {
    const asked = server.requests.length;
    const result = await server.open().resolve(ref);
    expect(result).toMatchObject({ kind: "unknown", failure: "refused" });
    expect(server.requests.length).toBe(asked);
  });

  it("may look like an option or a command where GitHub lets it", async () => {
    const repository = await server.create("octo/--upload-pack");
    await release(repository, "$(touch);x", { "--help/action.yml": manifest(["x"]) });
    expect(await resolved("octo/--upload-pack/--help@$(touch);x")).toMatchObject({ by: "tag", tag: "$(touch);x" });
  });
});
