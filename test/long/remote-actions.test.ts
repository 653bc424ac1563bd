import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followUses } from "../../src/actions/remote/follow-uses.ts";
import type { RemoteAction } from "../../src/actions/remote/remote-actions.ts";
import {
  ActionServer,
  commitLinks,
  composite,
  manifest,
  QUICK,
  release,
  resolveAt,
  serverUrl,
  withServer,
} from "../actions/remote/action-server.ts";

// One for all tests: each has repositories of its own.
let server: ActionServer;
beforeAll(async () => {
  server = await ActionServer.start();
});
afterAll(() => server.stop());

const resolved = (ref: string, remote = server.open()): Promise<RemoteAction> => resolveAt(remote, ref);

describe("what a ref stands for", () => {
  it("is a tag before a branch, a branch's commit, and a whole commit", async () => {
    const repository = await server.create("octo/branches");
    const tagged = await release(repository, "stable", { "action.yml": manifest() });
    const later = await repository.commit("stable", { "action.yml": manifest() });
    expect(await resolved("octo/branches@stable")).toMatchObject({ by: "tag", commit: tagged });
    expect(await resolved("octo/branches@refs/heads/stable")).toMatchObject({
      by: "branch",
      branch: "stable",
      commit: later,
    });
    expect(await resolved("octo/branches@main")).toMatchObject({ by: "branch", branch: "main", commit: tagged });
    expect(await resolved(`octo/branches@${tagged.toUpperCase()}`)).toMatchObject({
      by: "commit",
      commit: tagged,
      tag: "stable",
    });
    const remote = server.open();
    expect(await remote.resolve(`octo/branches@${tagged.slice(0, 8)}`)).toMatchObject({
      kind: "unknown",
      failure: "missing",
      reason: expect.stringContaining("a commit must be given by all 40 digits") as string,
    });
    expect(await remote.resolve("octo/branches@stabel")).toMatchObject({ didYouMean: ["octo/branches@stable"] });
    expect(await remote.resolve(`octo/branches@${"0".repeat(40)}`)).toMatchObject({
      reason: expect.stringMatching(/octo\/branches on 127\.0\.0\.1:\d+ has no such commit/) as string,
    });
  });

  it("is read with a server that knows neither filters nor commits by their digits", async () => {
    const repository = await server.create("octo/plain");
    await repository.git("config", "uploadpack.allowFilter", "false");
    await repository.git("config", "uploadpack.allowAnySHA1InWant", "false");
    const commit = await release(repository, "v1.0.0", { "action.yml": manifest(["x"]) });
    expect(await resolved("octo/plain@v1")).toMatchObject({ commit });
  });
});

describe("what an action is", () => {
  it("comes from action.yml, action.yaml, a link to it, or a Dockerfile", async () => {
    const repository = await server.create("octo/many");
    await release(repository, "v1.0.0", {
      "yaml/action.yaml": manifest(["a"]),
      "both/action.yml": manifest(["yml"]),
      "both/action.yaml": manifest(["yaml"]),
      "docker/Dockerfile": "FROM debian:13\n",
      "broken/action.yml": "runs: [",
      "empty/README.md": "",
    });
    const inputs = async (path: string) => [
      ...((await resolved(`octo/many/${path}@v1`)).interface?.inputs.keys() ?? []),
    ];
    expect(await inputs("yaml")).toEqual(["a"]);
    expect(await inputs("both")).toEqual(["yml"]);
    expect((await resolved("octo/many/docker@v1")).interface).toMatchObject({ using: "docker", image: "Dockerfile" });
    const remote = server.open();
    expect(await remote.resolve("octo/many/empty@v1")).toMatchObject({
      failure: "missing",
      reason: expect.stringContaining("has no empty/action.yml at v1") as string,
    });
    expect(await remote.resolve("octo/many/broken@v1")).toMatchObject({
      failure: "refused",
      reason: expect.stringMatching(/the manifest of octo\/many .* cannot be read: broken\/action\.yml:1 /) as string,
    });
  });

  it("is followed where its manifest is a link within the repository, and only there", async () => {
    const repository = await server.create("octo/linked");
    await repository.commit("main", { "shared/action.yml": manifest(["linked"]) });
    const links = { "action.yml": "shared/action.yml", "out/action.yml": "/etc/passwd", "up/action.yml": "../../x" };
    await repository.git("tag", "v1.0.0", await commitLinks(repository, links));
    expect([...((await resolved("octo/linked@v1")).interface?.inputs.keys() ?? [])]).toEqual(["linked"]);
    expect(await server.open().resolve("octo/linked/out@v1")).toMatchObject({
      failure: "refused",
      reason: expect.stringContaining("is a link that leads nowhere") as string,
    });
    expect(await server.open().resolve("octo/linked/up@v1")).toMatchObject({ failure: "missing" });
  });
});

describe("what a workflow or action uses in turn", () => {
  it("is followed to the end, over circles and however deep", async () => {
    const a = await server.create("octo/a");
    await release(a, "v1.0.0", {
      "action.yml": composite("octo/b@v1", "docker://debian:13", "./local", "$/inner"),
      "inner/action.yml": manifest(),
    });
    const b = await server.create("octo/b");
    const commit = await release(b, "v1.0.0", {
      "action.yml": composite("octo/a@v1"),
      ".github/workflows/call.yml": `on: workflow_call
jobs:
  again: { uses: ./.github/workflows/other.yml }
  steps: { runs-on: x, steps: [{ uses: octo/c@main }, { uses: ./mine }] }
`,
      ".github/workflows/other.yml": "on: workflow_call\njobs: { j: { runs-on: x, steps: [{ run: x }] } }\n",
    });
    const remote = server.open();
    const resolve = (ref: string) => remote.resolve(ref);
    const own = (await resolved("octo/a@v1")).commit;
    const circle = await followUses(["octo/a@v1"], { resolve, parallel: 2 });
    expect([...circle.found.keys()]).toEqual(["octo/a@v1", "octo/b@v1", `octo/a/inner@${own}`]);
    expect(circle.problems).toEqual(["octo/a@v1 uses itself: octo/a@v1 → octo/b@v1 → octo/a@v1"]);

    const called = await followUses(["octo/b/.github/workflows/call.yml@v1"], { resolve, parallel: 2 });
    expect(called.found.get("octo/b/.github/workflows/call.yml@v1")?.uses).toEqual([
      `octo/b/.github/workflows/other.yml@${commit}`,
      "octo/c@main",
      "./mine",
    ]);
    expect([...called.found.keys()]).toContain(`octo/b/.github/workflows/other.yml@${commit}`);
    expect(called.unknown).toMatchObject([{ ref: "octo/c@main", failure: "no-repository" }]);
    expect(called.problems).toEqual([]);
  });

  it("is refused past GitHub's ten levels", async () => {
    const chain = await server.create("octo/chain");
    const folders = Array.from({ length: 14 }, (_, at) => [`${at}/action.yml`, composite(`octo/chain/${at + 1}@v1`)]);
    await release(chain, "v1.0.0", Object.fromEntries(folders) as Record<string, string>);
    const remote = server.open();
    const { found, problems } = await followUses(["octo/chain/0@v1"], {
      resolve: (ref) => remote.resolve(ref),
      parallel: 4,
    });
    expect(found.size).toBe(11);
    expect(problems).toEqual(["octo/chain/11@v1 is nested deeper than the 10 levels that GitHub runs"]);
  });
});

describe("a commit", () => {
  it("is found however its date is forged", async () => {
    const repository = await server.create("octo/forged");
    const first = await repository.commit("main", { "action.yml": manifest() });
    const tree = await repository.git("rev-parse", `${first}^{tree}`);
    await writeFile(
      join(repository.path, "forged"),
      `tree ${tree}\nparent ${first}\nauthor A <a@b> 4000000000 +0000\ncommitter A <a@b> 4000000000 +0000\n\nx\n`,
    );
    const forged = await repository.git("hash-object", "-t", "commit", "-w", join(repository.path, "forged"));
    await repository.git("update-ref", "refs/heads/main", forged);
    await repository.commit("main", { "action.yml": manifest(["now"]) });
    expect(await resolved(`octo/forged@${forged}`)).toMatchObject({ isReachable: true });
  });
});

describe("what was read", () => {
  it("is asked for once, and known without a server afterwards", async () => {
    const repository = await server.create("octo/kept");
    await release(repository, "v1.0.0", { "action.yml": manifest(["x"]), "sub/action.yml": manifest(["y"]) });
    const remote = server.open();
    const before = server.requests.length;
    const first = await resolved("octo/kept@v1", remote);
    await Promise.all([resolved("octo/kept/sub@v1", remote), resolved("Octo/Kept@v1.0.0", remote)]);
    // The refs, and the commit, each once; and a file, each with its own request.
    const own = server.requests.slice(before).filter(({ method }) => method === "POST");
    expect(own).toHaveLength(4);

    const asked = server.requests.length;
    const offline = server.open({ offline: true });
    expect(await resolved("octo/kept@v1", offline)).toEqual(first);
    expect(await offline.resolve("octo/kept/other@v1")).toMatchObject({
      failure: "offline",
      reason: expect.stringContaining("was never read, and --offline asks no server") as string,
    });
    expect(await offline.resolve("octo/none@v1")).toMatchObject({ failure: "offline" });
    expect(server.requests.length).toBe(asked);
  });

  it("is read again where the cache was damaged or cannot be written", async () => {
    const repository = await server.create("octo/damaged");
    await release(repository, "v1.0.0", { "action.yml": manifest(["x"]) });
    await resolved("octo/damaged@v1");
    const texts = join(server.home, "cache", "actions-1", "texts");
    for (const folder of await readdir(texts))
      for (const file of await readdir(join(texts, folder))) await writeFile(join(texts, folder, file), "evil");
    expect((await resolved("octo/damaged@v1")).interface?.inputs.has("x")).toBe(true);
    await writeFile(join(server.home, "file"), "");
    expect(await resolved("octo/damaged@v1", server.open({ cache: join(server.home, "file") }))).toBeDefined();
  });
});

describe("a server", () => {
  it("is asked in turn, and only where the one before has no such repository", async () => {
    await withServer({}, async (second) => {
      await release(await second.create("octo/there"), "v1.0.0", { "action.yml": manifest() });
      const servers = [server.server, second.server];
      expect(await resolved("octo/there@v1", server.open({ servers }))).toBeDefined();
      const down = serverUrl("http://127.0.0.1:9");
      expect(await server.open({ servers: [down, second.server] }).resolve("octo/there@v1")).toMatchObject({
        failure: "unreachable",
        reason: expect.stringContaining("octo/there on 127.0.0.1:9 cannot be reached") as string,
      });
    });
  });

  it("that stumbles is asked again", async () => {
    let failures = 2;
    await withServer({ instead: () => (failures-- > 0 ? { status: 503 } : undefined) }, async (server) => {
      await release(await server.create("octo/stumbling"), "v1.0.0", { "action.yml": manifest() });
      expect(await resolved("octo/stumbling@v1", server.open())).toBeDefined();
      failures = 9;
      expect(await server.open().resolve("octo/stumbling@v1")).toMatchObject({
        failure: "unreachable",
        reason: expect.stringMatching(/does not answer now \(.*503\)/) as string,
      });
      expect(failures).toBe(6);
    });
  });

  it("that says nothing is given up", async () => {
    await withServer({ instead: () => "nothing" }, async (silent) => {
      const limits = { ...QUICK, timeout: 300, backoff: [] };
      expect(await silent.open({ limits }).resolve("octo/slow@v1")).toMatchObject({
        failure: "unreachable",
        reason: expect.stringContaining("gave no answer in 0.3 s") as string,
      });
    });
  });

  it("that sends more than is read is cut off", async () => {
    const repository = await server.create("octo/large");
    await release(repository, "v1.0.0", { "action.yml": `# ${"x".repeat(5000)}\n${manifest()}` });
    const limits = { ...QUICK, mostFile: 4000 };
    expect(await server.open({ limits }).resolve("octo/large@v1")).toMatchObject({
      failure: "refused",
      reason: expect.stringContaining("is larger than flowkeep reads") as string,
    });
  });

  it("that lists more refs than are read, or packs more than is fetched, is cut off", async () => {
    const repository = await server.create("octo/crowded");
    const commit = await release(repository, "v1.0.0", { "action.yml": manifest() });
    for (let at = 0; at < 40; at++) await repository.git("update-ref", `refs/tags/v0.0.${at}`, commit);
    expect(await server.open({ limits: { ...QUICK, mostRefs: 1000 } }).resolve("octo/crowded@v1")).toMatchObject({
      failure: "refused",
      reason: expect.stringContaining("is larger than flowkeep reads") as string,
    });
    const cache = join(server.home, "small");
    expect(
      await server.open({ limits: { ...QUICK, mostFetched: 10 }, cache }).resolve("octo/crowded@v1"),
    ).toMatchObject({
      failure: "refused",
    });
  });

  it("says where a repository has moved", async () => {
    const instead = (path: string) =>
      path.startsWith("/old/name.git/")
        ? { status: 301, location: path.replace("/old/name", "/octo/deploy") }
        : undefined;
    await withServer({ instead }, async (server) => {
      await release(await server.create("octo/deploy"), "v1.0.0", { "action.yml": manifest() });
      expect(await resolved("old/name@v1", server.open())).toMatchObject({ movedTo: "octo/deploy" });
      expect((await resolved("octo/deploy@v1", server.open())).movedTo).toBeUndefined();
    });
  });
});

describe("a name", () => {
  it("that a server lists and git would refuse is passed over", async () => {
    const repository = await server.create("octo/odd");
    await release(repository, "v1.0.0", { "action.yml": manifest() });
    await writeFile(
      join(repository.path, "packed-refs"),
      `${await repository.git("rev-parse", "main")} refs/tags/-v1.9.0\n`,
    );
    expect(await resolved("octo/odd@v1")).toMatchObject({ tag: "v1.0.0" });
  });
});
