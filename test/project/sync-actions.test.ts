import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addActions } from "../../src/actions/add-actions.ts";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import { emptyLock } from "../../src/actions/lock.ts";
import { lookUpActions } from "../../src/actions/look-up-actions.ts";
import type { RemoteActions } from "../../src/actions/remote/remote-actions.ts";
import { applyBumps, changesHere, check, compileSources, generate, planSync, write } from "../../src/pipeline.ts";
import { readLock } from "../../src/project/actions/lock-actions.ts";
import { BINDINGS_FILE, LOCK_FILE, type Project } from "../../src/project/project.ts";
import { ActionServer, manifest, release } from "../actions/remote/action-server.ts";
import { openProject } from "../end-to-end/compile-project.ts";

const SOURCE = `import { comment, job, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  jobs: {
    build: job({
      "runs-on": "ubuntu-latest",
      steps: [
        uses("octo/checkout@v4", { with: { clean: true } }),
        comment.after("the store", uses("octo/cache@v1.0.0", { with: { path: "x" } })),
        uses("octo/cache/save@v1"),
        uses("octo/tip@main"),
        { uses: "octo/old-name@v1" },
      ],
    }),
    call: job({ uses: "octo/flows/.github/workflows/call.yml@v1" }),
  },
});
`;
const OTHER = `import { job, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  jobs: { a: job({ "runs-on": "ubuntu-latest", steps: [uses('octo/checkout@v4')] }) },
});
`;
const REFS = [
  "octo/checkout@v4",
  "octo/cache@v1.0.0",
  "octo/cache/save@v1",
  "octo/tip@main",
  "octo/old-name@v1",
  "octo/flows/.github/workflows/call.yml@v1",
];
const YAML = ".github/workflows/ci.yml";
const OTHER_YAML = ".github/workflows/other.yml";
const CALL = "on: workflow_call\njobs: { j: { runs-on: x, steps: [{ run: x }] } }\n";

let server: ActionServer;
let remote: RemoteActions;
let root: string;
let project: Project;
let close: () => Promise<void>;
let files: ReadonlyMap<string, string>;
const sha: Record<string, string> = {};

beforeAll(async () => {
  const instead = (path: string) =>
    path.startsWith("/octo/old-name.git/")
      ? { status: 301, location: path.replace("old-name", "new-name") }
      : undefined;
  server = await ActionServer.start({ instead });
  const [checkout, cache, tip, renamed, flows] = await Promise.all(
    ["checkout", "cache", "tip", "new-name", "flows"].map((name) => server.create(`octo/${name}`)),
  );
  if (!checkout || !cache || !tip || !renamed || !flows) throw new Error("no repositories");
  const make = async (key: string, ...args: Parameters<typeof release>) => (sha[key] = await release(...args));
  await make("checkout 4.0.0", checkout, "v4.0.0", { "action.yml": manifest(["clean"]) });
  await make("checkout 4.1.0", checkout, "v4.1.0", { "action.yml": manifest(["clean", "ref"]) });
  const both = { "action.yml": manifest(["path"]), "save/action.yml": manifest() };
  await make("cache 1.0.0", cache, "v1.0.0", both);
  sha["tip 1"] = await tip.commit("main", { "action.yml": manifest() });
  await make("renamed 1.0.0", renamed, "v1.0.0", { "action.yml": manifest() });
  await make("flows 1.0.0", flows, "v1.0.0", { ".github/workflows/call.yml": CALL });
  root = await realpath(await mkdtemp(join(tmpdir(), "sync-")));
  await put({ "workflows-src/ci.ts": SOURCE, "workflows-src/other.ts": OTHER });
  const first = server.open();
  const { known, unknown } = await lookUpActions(REFS, emptyLock, { catalog: emptyCatalog }, first);
  expect(unknown).toEqual([]);
  const added = await addActions({ refs: REFS, lock: emptyLock, ...known });
  if (added.kind !== "added") throw new Error("not added");
  await put({ [LOCK_FILE]: added.lockText, [BINDINGS_FILE]: added.bindingsText });

  // What came out after that.
  await make("checkout 4.2.0", checkout, "v4.2.0", { "action.yml": manifest(["clean", "ref"]) });
  await make("checkout 5.0.1", checkout, "v5.0.1", { "action.yml": manifest(["clean", "depth"]) });
  await make("checkout 6.0.0", checkout, "v6.0.0", { "action.yml": manifest(["depth"]) });
  await make("cache 1.1.0", cache, "v1.1.0", both);
  sha["tip 2"] = await tip.commit("main", { "action.yml": manifest(["x"]) });
  await make("renamed 2.0.0", renamed, "v2.0.0", { "action.yml": manifest() });
  await make("flows 1.1.0", flows, "v1.1.0", { ".github/workflows/call.yml": CALL });
  await cache.git("update-ref", "refs/heads/fork", sha["cache 1.1.0"] ?? "");
  sha["cache fork"] = await cache.commit("fork", both);
  await cache.git("update-ref", "-d", "refs/heads/fork");

  remote = server.open();
  ({ project, close } = await openProject(root));
  expect(write(project, await generate(project)).written).toBeDefined();
  const paths = [
    "workflows-src/ci.ts",
    "workflows-src/other.ts",
    LOCK_FILE,
    BINDINGS_FILE,
    YAML,
    OTHER_YAML,
    "generated/source-map.json",
  ];
  files = new Map(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));
});
afterAll(async () => {
  await close();
  await rm(root, { recursive: true, force: true });
  await server.stop();
});

async function put(texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const read = (path: string): Promise<string> => readFile(join(root, path), "utf8");

/** A bot's commit: some words of the YAML, or of another file, are others. */
async function commit(
  changes: readonly (readonly [from: string, to: string])[],
  ...paths: readonly string[]
): Promise<void> {
  await put(Object.fromEntries(files));
  for (const path of paths) {
    const before = await read(path);
    const after = changes.reduce((text, [from, to]) => text.replaceAll(from, to), before);
    expect(after).not.toBe(before);
    await put({ [path]: after });
  }
}

interface Outcome {
  readonly taken: readonly string[];
  readonly refused: readonly string[];
}

async function sync(): Promise<Outcome> {
  const compiled = await compileSources(project);
  expect(compiled.errors).toEqual([]);
  const { lock } = await readLock(root);
  const changes = await changesHere(root, compiled);
  const { plan, refused } = await planSync(changes, lock, { catalog: emptyCatalog }, remote);
  if (refused.length > 0) {
    const places = refused.map(({ span, message }) => `${span?.file}:${span?.startLine} ${message}`);
    return { taken: [], refused: places };
  }
  const { written } = await applyBumps(project, compiled, plan);
  expect(written).toBeDefined();
  const { findings, drift } = await check(project);
  expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  expect(drift).toEqual([]);
  return { taken: plan.bumps.map(({ ref, next, to }) => `${ref} ${next} ${to.tag ?? to.branch}`), refused: [] };
}

const pin = (name: string, key: string, version: string): string => `octo/${name}@${sha[key]} # ${version}`;

describe("what a bot raised in the YAML", () => {
  test("a commit with a comment: Dependabot, a release of the same major, in all files", async () => {
    await commit(
      [[pin("checkout", "checkout 4.1.0", "v4.1.0"), pin("checkout", "checkout 4.2.0", "v4.2.0")]],
      YAML,
      OTHER_YAML,
    );
    expect((await sync()).taken).toEqual(["octo/checkout@v4 octo/checkout@v4 v4.2.0"]);
    expect(await read("workflows-src/ci.ts")).toBe(SOURCE);
    expect(await read(YAML)).toContain(pin("checkout", "checkout 4.2.0", "v4.2.0"));
    expect(await read(LOCK_FILE)).toContain(sha["checkout 4.2.0"]);
  });

  test("a major: the sources are written as exactly as before", async () => {
    await commit(
      [[pin("checkout", "checkout 4.1.0", "v4.1.0"), pin("checkout", "checkout 5.0.1", "v5.0.1")]],
      YAML,
      OTHER_YAML,
    );
    expect((await sync()).taken).toEqual(["octo/checkout@v4 octo/checkout@v5 v5.0.1"]);
    expect(await read("workflows-src/ci.ts")).toBe(SOURCE.replace("octo/checkout@v4", "octo/checkout@v5"));
    expect(await read("workflows-src/other.ts")).toBe(OTHER.replace("octo/checkout@v4", "octo/checkout@v5"));
    expect(await read(BINDINGS_FILE)).toContain('"octo/checkout@v5"');
    expect(await read(LOCK_FILE)).not.toContain("octo/checkout@v4");
  });

  test("a group, with an exact ref, an author's words in a comment, a second action of the repository, and a workflow", async () => {
    await commit(
      [
        [
          `octo/cache@${sha["cache 1.0.0"]} # v1.0.0 # the store`,
          `octo/cache@${sha["cache 1.1.0"]} # v1.1.0 # the store`,
        ],
        [pin("cache/save", "cache 1.0.0", "v1.0.0"), pin("cache/save", "cache 1.1.0", "v1.1.0")],
        [
          pin("flows/.github/workflows/call.yml", "flows 1.0.0", "v1.0.0"),
          pin("flows/.github/workflows/call.yml", "flows 1.1.0", "v1.1.0"),
        ],
      ],
      YAML,
    );
    expect((await sync()).taken).toEqual([
      "octo/cache@v1.0.0 octo/cache@v1.1.0 v1.1.0",
      "octo/cache/save@v1 octo/cache/save@v1 v1.1.0",
      "octo/flows/.github/workflows/call.yml@v1 octo/flows/.github/workflows/call.yml@v1 v1.1.0",
    ]);
    expect(await read("workflows-src/ci.ts")).toBe(SOURCE.replace("octo/cache@v1.0.0", "octo/cache@v1.1.0"));
    expect(await read(YAML)).toContain("# v1.1.0 # the store");
  });

  test("a digest of a branch: Renovate", async () => {
    await commit([[pin("tip", "tip 1", "main"), pin("tip", "tip 2", "main")]], YAML);
    expect((await sync()).taken).toEqual(["octo/tip@main octo/tip@main main"]);
  });

  test("a tag in the place of the commit", async () => {
    await commit([[pin("checkout", "checkout 4.1.0", "v4.1.0"), "octo/checkout@v5.0.1"]], YAML, OTHER_YAML);
    expect((await sync()).taken).toEqual(["octo/checkout@v4 octo/checkout@v5 v5.0.1"]);
    expect(await read(YAML)).toContain(pin("checkout", "checkout 5.0.1", "v5.0.1"));
  });

  test("a repository that has moved, with a major: Renovate", async () => {
    await commit([[pin("old-name", "renamed 1.0.0", "v1.0.0"), pin("new-name", "renamed 2.0.0", "v2.0.0")]], YAML);
    expect((await sync()).taken).toEqual(["octo/old-name@v1 octo/new-name@v2 v2.0.0"]);
    expect(await read("workflows-src/ci.ts")).toBe(SOURCE.replace("octo/old-name@v1", "octo/new-name@v2"));
  });

  test("nothing", async () => {
    await put(Object.fromEntries(files));
    expect(await sync()).toEqual({ taken: [], refused: [] });
    expect(await read(YAML)).toBe(files.get(YAML));
  });
});

describe("what a bot raised in the lock alone", () => {
  test("is taken over into sources and YAML", async () => {
    await commit(
      [
        [`"sha": "${sha["checkout 4.1.0"]}"`, `"sha": "${sha["checkout 5.0.1"]}"`],
        ['"tag": "v4.1.0"', '"tag": "v5.0.1"'],
      ],
      LOCK_FILE,
    );
    expect((await sync()).taken).toEqual(["octo/checkout@v4 octo/checkout@v5 v5.0.1"]);
    expect(await read(YAML)).toContain(pin("checkout", "checkout 5.0.1", "v5.0.1"));
  });
});

describe("what is no version bump is refused, and nothing is written", () => {
  test.each([
    [
      "another line",
      [["runs-on: ubuntu-latest", "runs-on: ubuntu-24.04"]],
      /ci\.yml:\d+ is changed in another way than by raising a version/,
    ],
    ["a line more", [["    steps:\n", "    steps:\n      - run: curl evil\n"]], /is changed in another way/],
    ["a comment more", [["jobs:\n", "# hello\njobs:\n"]], /is changed in another way/],
    ["another action", [["octo/checkout@", "evil/checkout@"]], /octo\/checkout has not become evil\/checkout/],
    ["an image", [["octo/tip@", "docker://octo/tip@"]], /is no version of an action/],
    ["a version that is none", [["v4.1.0", "v3.9.0"]], /the comment says v3\.9\.0, and there is no such tag/],
  ] as const)("%s", async (_, changes, reason) => {
    await commit(changes as readonly (readonly [string, string])[], YAML);
    const before = await read("workflows-src/ci.ts");
    const { refused } = await sync();
    expect(refused.join("\n")).toMatch(reason);
    expect(refused[0]).toMatch(/^\.github\/workflows\/ci\.yml:\d+ /);
    expect(await read("workflows-src/ci.ts")).toBe(before);
  });

  test("an older version, a commit that the comment does not name, one of a fork, two versions of one ref", async () => {
    await commit([[pin("checkout", "checkout 4.1.0", "v4.1.0"), pin("checkout", "checkout 4.0.0", "v4.0.0")]], YAML);
    expect((await sync()).refused[0]).toContain("v4.0.0 is older than v4.1.0");
    await commit([[pin("checkout", "checkout 4.1.0", "v4.1.0"), pin("checkout", "checkout 5.0.1", "v4.2.0")]], YAML);
    expect((await sync()).refused[0]).toContain(`the comment says v4.2.0, and that is ${sha["checkout 4.2.0"]}`);
    await commit([[pin("cache", "cache 1.0.0", "v1.0.0"), pin("cache", "cache fork", "v1.2.0")]], YAML);
    expect((await sync()).refused[0]).toContain(`${sha["cache fork"]} is on no branch and no tag of the repository`);
    await commit([[pin("checkout", "checkout 4.1.0", "v4.1.0"), pin("checkout", "checkout 4.2.0", "v4.2.0")]], YAML);
    const other = (files.get(OTHER_YAML) ?? "").replace(
      pin("checkout", "checkout 4.1.0", "v4.1.0"),
      pin("checkout", "checkout 5.0.1", "v5.0.1"),
    );
    await put({ [OTHER_YAML]: other });
    expect((await sync()).refused[0]).toContain(
      "octo/checkout@v4 is raised to two versions: octo/checkout@v4 (v4.2.0) and octo/checkout@v5 (v5.0.1)",
    );
  });
});
