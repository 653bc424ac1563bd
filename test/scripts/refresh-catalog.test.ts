import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openCatalog } from "../../src/actions/catalog.ts";
import type { CatalogVersion } from "../../src/actions/packed-action.ts";
import type { BareRepository } from "../../src/prove/server/bare-repository.ts";
import type { GitServer } from "../../src/prove/server/git-server.ts";
import { bareRepository, hostRepository, startServer } from "../git-server/test-server.ts";

const SCRIPT = join(import.meta.dirname, "../../scripts/refresh-catalog.mjs");

let folder: string;
let catalogFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowkeep-refresh-"));
  catalogFile = join(folder, "catalog.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const manifest = (...inputs: readonly string[]): string =>
  `name: Tool\ninputs: {${inputs.map((name) => `${name}: { default: x }`).join(", ")}}\nruns: { using: node24, main: index.js }\n`;

async function createRepository(name: string): Promise<BareRepository> {
  const repository = await bareRepository(join(folder, "host", `${name}.git`));
  await asOnGitHub(repository);
  return repository;
}

/** What GitHub's servers allow: files one by one, and any commit. */
async function asOnGitHub(repository: BareRepository): Promise<void> {
  await repository.git("config", "uploadpack.allowFilter", "true");
  await repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
}

/** Commits the files to `main`, and puts tags there. */
async function release(
  repository: BareRepository,
  files: Readonly<Record<string, string>>,
  ...tags: readonly string[]
): Promise<string> {
  const sha = await repository.commit("main", files);
  for (const tag of tags) await repository.git("tag", "--force", tag, sha);
  return sha;
}

interface Known {
  readonly major?: string;
  readonly tag?: string;
  readonly branch?: string;
  readonly sha: string;
  readonly majorRef?: object;
}

/** A catalogue of actions whose known versions all have one input, `a`. */
async function writeCatalog(actions: Readonly<Record<string, readonly Known[]>>): Promise<void> {
  const entry = (versions: readonly Known[]) => ({
    inputs: [["a", 0, "x", 0]],
    interfaces: [{ using: "node24", inputs: [0], outputs: [], nested: [] }],
    versions: versions.map(({ major, tag, ...rest }) => ({
      major: major ?? null,
      tag: tag ?? null,
      ...rest,
      interface: 0,
    })),
  });
  const lines = Object.entries(actions).map(
    ([name, known]) => `${JSON.stringify(name)}:${JSON.stringify(entry(known))}`,
  );
  await writeFile(catalogFile, `{\n${lines.join(",\n")}\n}\n`);
}

interface Run {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: string;
}

function refresh(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const host = pathToFileURL(join(folder, "host")).href;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [SCRIPT, "--host", host, "--catalog", catalogFile, ...args],
      { env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), out: stdout.split("\n").filter((line) => line !== ""), err: stderr });
      },
    );
  });
}

async function versionsOf(name: string): Promise<readonly CatalogVersion[]> {
  return (await openCatalog(pathToFileURL(catalogFile))).find(name)?.versions ?? [];
}

/** `tag or branch → inputs`, in the catalogue's order. */
async function inputsOf(name: string): Promise<readonly string[]> {
  return (await versionsOf(name)).map(
    ({ tag, branch, interface: { inputs } }) => `${tag ?? branch} ${[...inputs.keys()]}`,
  );
}

describe("versions", () => {
  test("newer ones of known majors, and newer majors, are added with their commit and interface", async () => {
    const repository = await createRepository("octo/tool");
    const old = await release(repository, { "action.yml": manifest("a") }, "v1.1.0", "v2.0.0", "v0.9.0");
    await release(repository, { "action.yml": manifest("a", "backport") }, "v1.0.5", "v0.9.1");
    const newest = await release(repository, { "action.yml": manifest("a", "b") }, "v2.1.0", "v3.0.0");
    await release(repository, { "action.yml": manifest("c") }, "v2.2.0-rc1", "v4.0.0-beta", "nightly");
    await writeCatalog({
      "octo/tool": [
        { major: "v2", tag: "v2.0.0", sha: old },
        { major: "v1", tag: "v1.1.0", sha: old },
      ],
    });

    expect(await refresh()).toEqual({
      code: 0,
      out: ["octo/tool: v3.0.0, v2.1.0", "2 new versions, 0 of 1 repositories not read"],
      err: "",
    });
    expect(await inputsOf("octo/tool")).toEqual(["v3.0.0 a,b", "v2.1.0 a,b", "v2.0.0 a", "v1.1.0 a"]);
    expect((await versionsOf("octo/tool")).map(({ major, sha }) => [major, sha])).toEqual([
      ["v3", newest],
      ["v2", newest],
      ["v2", old],
      ["v1", old],
    ]);

    const before = await readFile(catalogFile, "utf8");
    expect((await refresh()).out).toEqual(["0 new versions, 0 of 1 repositories not read"]);
    expect(await readFile(catalogFile, "utf8")).toBe(before);
  });

  test("the newest of a major says where its moving name points, and whether that has its interface", async () => {
    const repository = await createRepository("octo/tool");
    const old = await release(repository, { "action.yml": manifest("a") }, "v1.0.0", "v1", "v2.0.0");
    await release(repository, { "action.yml": manifest("a", "b") }, "v1.1.0");
    const moved = await release(repository, { "action.yml": manifest("a", "b", "c") }, "v2", "v3.0.0");
    await repository.git("branch", "v3", moved);
    const majorRef = { type: "tag", name: "v1", sameInterface: true };
    await writeCatalog({
      "octo/tool": [
        { major: "v2", tag: "v2.0.0", sha: old, majorRef: { ...majorRef, name: "v2" } },
        { major: "v1", tag: "v1.0.0", sha: old, majorRef },
      ],
    });
    await refresh();
    expect((await versionsOf("octo/tool")).map(({ tag, majorRef }) => [tag, majorRef])).toEqual([
      ["v3.0.0", { type: "branch", name: "v3", sha: moved, sameInterface: true }],
      ["v2.0.0", { type: "tag", name: "v2", sha: moved, sameInterface: false }],
      ["v1.1.0", { type: "tag", name: "v1", sha: old, sameInterface: false }],
      ["v1.0.0", undefined],
    ]);
  });

  test("an annotated tag stands for its commit", async () => {
    const repository = await createRepository("octo/tool");
    const old = await release(repository, { "action.yml": manifest("a") }, "v1.0.0");
    const sha = await release(repository, { "action.yaml": manifest("b"), "action.yml": manifest("b") });
    await repository.git("tag", "--annotate", "--message=two", "v2.0.0", sha);
    await writeCatalog({ "octo/tool": [{ major: "v1", tag: "v1.0.0", sha: old }] });
    await refresh();
    expect((await versionsOf("octo/tool"))[0]).toMatchObject({ tag: "v2.0.0", sha });
  });

  test("releases of whole numbers count where a major has no others, and move as branches do", async () => {
    const repository = await createRepository("octo/tool");
    const old = await release(repository, { "action.yml": manifest("a") }, "V7", "v8");
    const moved = await release(repository, { "action.yml": manifest("m") }, "v8", "v10", "v10.0.1");
    await release(repository, { "action.yml": manifest("n") }, "v9", "V6");
    const head = await release(repository, { "action.yml": manifest("h") });
    await writeCatalog({
      "octo/tool": [
        { major: "v8", tag: "v8", sha: old, majorRef: { type: "tag", name: "v8", sameInterface: true } },
        { major: "v7", tag: "V7", sha: old },
        { branch: "main", sha: old },
      ],
    });
    expect((await refresh()).out[0]).toBe("octo/tool: v10.0.1, v9");
    expect(await inputsOf("octo/tool")).toEqual(["v10.0.1 m", "v9 n", "v8 m", "V7 a", "main h"]);
    const [, , v8, , main] = await versionsOf("octo/tool");
    expect(v8).toMatchObject({ sha: moved, majorRef: { sha: moved, sameInterface: true } });
    expect(main).toMatchObject({ major: null, sha: head });
  });

  test("actions in folders are read there, with the tags that are theirs", async () => {
    const repository = await createRepository("octo/many");
    const files = { "one/action.yml": manifest("a"), "two/action.yaml": manifest("a") };
    const old = await release(repository, files, "v1.0.0", "two/v1.0.0");
    await release(repository, { "one/action.yml": manifest("one") }, "v1.1.0", "2.0.0");
    await release(repository, { "two/action.yaml": manifest("two") }, "two/v1.2.0", "other/v9.0.0");
    await writeCatalog({
      "octo/many/one": [{ major: "v1", tag: "v1.0.0", sha: old }],
      "octo/many/two": [{ major: "v1", tag: "two/v1.0.0", sha: old }],
    });
    expect((await refresh()).out).toEqual([
      "octo/many/one: 2.0.0, v1.1.0",
      "octo/many/two: two/v1.2.0",
      "3 new versions, 0 of 1 repositories not read",
    ]);
    expect(await inputsOf("octo/many/one")).toEqual(["2.0.0 one", "v1.1.0 one", "v1.0.0 a"]);
    expect((await versionsOf("octo/many/one"))[0]?.major).toBe("2");
    expect(await inputsOf("octo/many/two")).toEqual(["two/v1.2.0 two", "two/v1.0.0 a"]);
  });

  test("one that was tagged again keeps its commit, and is listed", async () => {
    const repository = await createRepository("octo/tool");
    const old = await release(repository, { "action.yml": manifest("a") }, "v1.0.0");
    const evil = await release(repository, { "action.yml": manifest("evil") }, "v1.0.0");
    await writeCatalog({ "octo/tool": [{ major: "v1", tag: "v1.0.0", sha: old }] });
    const before = await readFile(catalogFile, "utf8");
    expect((await refresh()).out[0]).toBe(
      `octo/tool: tags/v1.0.0: it was ${old}, and now it is ${evil}; the catalogue keeps the former`,
    );
    expect(await readFile(catalogFile, "utf8")).toBe(before);
  });
});

describe("what cannot be read", () => {
  test("is listed, and stops nothing else", async () => {
    const repository = await createRepository("octo/tool");
    const old = await release(repository, { "action.yml": manifest("a") }, "v1.0.0");
    await release(repository, { "action.yml": "runs: [" }, "v1.1.0");
    await release(repository, { "action.yml": "#".repeat(1 << 21) }, "v1.2.0");
    await release(repository, { "action.yml": manifest("b") }, "v1.3.0");
    const v1 = { major: "v1", tag: "v1.0.0", sha: old };
    await writeCatalog({ "octo/gone": [v1], "octo/tool": [v1], "octo/tool/sub": [v1] });
    const { code, out, err } = await refresh();
    expect(code).toBe(0);
    expect(out).toEqual([
      "octo/tool: v1.3.0",
      expect.stringMatching(/^octo\/tool: tags\/v1\.2\.0: octo\/tool on \S+ is larger than flowkeep reads$/),
      expect.stringMatching(/^octo\/tool: tags\/v1\.1\.0: the manifest of .* cannot be read: action\.yml:1 /),
      ...["v1.3.0", "v1.2.0", "v1.1.0"].map((tag): unknown =>
        expect.stringMatching(`^octo/tool/sub: tags/${tag}: octo/tool on \\S+ has no sub/action\\.yml at `),
      ),
      "1 new versions, 1 of 2 repositories not read",
    ]);
    expect(err).toMatch(/^octo\/gone: octo\/gone on \S+: there is no such repository, .*\n$/);
    expect(await inputsOf("octo/tool")).toEqual(["v1.3.0 b", "v1.0.0 a"]);
    expect(await inputsOf("octo/gone")).toEqual(["v1.0.0 a"]);
  });

  test("fails where it is everything", async () => {
    await writeCatalog({ "octo/gone": [{ major: "v1", tag: "v1.0.0", sha: "0".repeat(40) }] });
    const before = await readFile(catalogFile, "utf8");
    expect((await refresh()).code).toBe(1);
    expect(await readFile(catalogFile, "utf8")).toBe(before);
  });

  test("is nothing that a manifest links to, and no ref that git could take for an option", async () => {
    const repository = await createRepository("octo/tool");
    const old = await release(repository, { "action.yml": manifest("a") }, "v1.0.0");
    const linked = await commitLink(repository, await repository.git("rev-parse", "main:README.md"));
    await repository.git("update-ref", "refs/tags/v1.1.0", linked);
    await repository.git("update-ref", "refs/tags/--upload-pack=v9.0.0", old);
    await repository.git("update-ref", "refs/heads/-v1", old);
    await writeCatalog({ "octo/tool": [{ major: "v1", tag: "v1.0.0", sha: old }] });
    expect((await refresh()).out).toEqual([
      // It links to a text that is no path.
      expect.stringMatching(/^octo\/tool: tags\/v1\.1\.0: octo\/tool on \S+ has no action\.yml at /),
      "0 new versions, 0 of 1 repositories not read",
    ]);
  });
});

/** A commit whose action.yml is a symbolic link. */
async function commitLink(repository: BareRepository, blob: string): Promise<string> {
  const making = promisify(execFile)("git", ["--git-dir", repository.path, "mktree"]);
  making.child.stdin?.end(`120000 blob ${blob}\taction.yml\n`);
  return repository.git("commit-tree", (await making).stdout.trim(), "-m", "Link");
}

describe("over HTTP", () => {
  let server: GitServer;
  beforeEach(async () => {
    server = await startServer({ identities: new Map([["token", "somebody"]]) });
  });
  afterEach(() => server.stop());

  test("no file is fetched but the manifests", async () => {
    const repository = await hostRepository(server, "octo/tool");
    await asOnGitHub(repository);
    const old = await release(repository, { "action.yml": manifest("a") }, "v1.0.0");
    await release(repository, { "action.yml": manifest("b"), "index.js": "// large" }, "v2.0.0");
    // What the server does not have, nobody can have asked for.
    const blob = await repository.git("rev-parse", "main:index.js");
    await rm(join(repository.path, "objects", blob.slice(0, 2), blob.slice(2)));
    await writeCatalog({ "octo/tool": [{ major: "v1", tag: "v1.0.0", sha: old }] });
    const { out, err } = await refresh(["--host", server.url.replace("://", "://x:token@")]);
    expect({ first: out[0], err }).toEqual({ first: "octo/tool: v2.0.0", err: "" });
    expect(await inputsOf("octo/tool")).toEqual(["v2.0.0 b", "v1.0.0 a"]);
  });

  test("nobody is asked for a password", async () => {
    await hostRepository(server, "octo/tool");
    await writeCatalog({ "octo/tool": [{ major: "v1", tag: "v1.0.0", sha: "0".repeat(40) }] });
    const asked = join(folder, "asked");
    const helper = join(folder, "helper");
    await writeFile(helper, `#!/bin/sh\ntouch ${asked}\n`);
    await chmod(helper, 0o755);
    const config = join(folder, "config");
    await writeFile(config, `[credential]\n\thelper = ${helper}\n`);
    const run = await refresh(["--host", server.url], {
      GIT_CONFIG_GLOBAL: config,
      GIT_ASKPASS: helper,
      SSH_ASKPASS: helper,
    });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^octo\/tool: octo\/tool on \S+: there is no such repository, .*\n$/);
    expect(existsSync(asked)).toBe(false);
  });
});

test.each([
  [["--jobs", "0"], "--jobs is a whole number"],
  [["--host", "ssh://example.com"], "--host is an https, http or file URL"],
  [["--no"], "Unknown option"],
  [["octo/other"], "the catalogue has no such action"],
])("wrong usage exits with 2: %j", async (args, message) => {
  await writeCatalog({ "octo/tool": [] });
  const run = await refresh(args);
  expect(run.code).toBe(2);
  expect(run.err).toContain(message);
});
