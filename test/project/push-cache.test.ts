import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyCatalog } from "../../src/actions/catalog.ts";
import { analyzeFile, type FileVerdicts } from "../../src/credentials/analyze-file.ts";
import {
  noteAsked,
  openPushCache,
  programStamp,
  type PushCache,
  type PushSubject,
} from "../../src/project/pushes/push-cache.ts";
import { readFile } from "../../src/read/read-file.ts";

const PATH = ".github/workflows/push.yml";
const WORKFLOW = `on: workflow_dispatch
jobs:
  push:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: ./ci/push.sh
`;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "push-cache-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A repository whose files a test changes. */
function subjectOf(files: ReadonlyMap<string, string>, text = WORKFLOW): PushSubject {
  return { folder: "", path: PATH, text, readRepositoryFile: (path) => files.get(path) };
}

/** Asks a cache, and tells whether it had to work the answer out. */
function ask(subject: PushSubject, { basis = ["1"], saves = true } = {}) {
  const cache = openPushCache(folder, () => basis);
  let isNew = false;
  const verdicts = verdictsOf(cache, subject, (asked) => {
    isNew = true;
    return analyze(asked);
  });
  if (saves) cache.save();
  return { isNew, verdicts };
}

/** What is kept, or else worked out and kept. */
function verdictsOf(cache: PushCache, subject: PushSubject, workOut: typeof analyze): FileVerdicts | undefined {
  const kept = cache.kept(subject);
  if (kept !== undefined) return kept;
  const found = noteAsked(subject, workOut);
  cache.keep(subject, found);
  return found.verdicts;
}

function analyze({ path, text, readRepositoryFile }: PushSubject): FileVerdicts | undefined {
  const { node } = readFile(path, text);
  return node && analyzeFile(path, node, { catalog: emptyCatalog, readRepositoryFile });
}

const SCRIPT = new Map([["ci/push.sh", "git push origin main\n"]]);

describe("the cache of verdicts", () => {
  it("answers what it was told, and the same as the analysis", () => {
    const subject = subjectOf(SCRIPT);
    const first = ask(subject);
    expect(first.isNew).toBe(true);
    expect(first.verdicts?.pushes).toMatchObject([{ command: "git push origin main" }]);
    expect(ask(subject)).toEqual({ isNew: false, verdicts: first.verdicts });
  });

  it("keeps that there are no pushes", () => {
    const subject = subjectOf(new Map(), "on: push\njobs: {}\n");
    expect(ask(subject)).toEqual({ isNew: true, verdicts: { pushes: [], reads: [] } });
    expect(ask(subject)).toEqual({ isNew: false, verdicts: { pushes: [], reads: [] } });
  });

  it.each<[string, PushSubject, { basis?: string[] }]>([
    ["the file changes", subjectOf(SCRIPT, `${WORKFLOW}# more\n`), {}],
    ["the file lies elsewhere", { ...subjectOf(SCRIPT), path: ".github/workflows/other.yml" }, {}],
    ["it is another repository", { ...subjectOf(SCRIPT), folder: "vendor/app" }, {}],
    ["the repository's name changes", { ...subjectOf(SCRIPT), repository: "octo/app" }, {}],
    ["the config says another thing of an action", { ...subjectOf(SCRIPT), actions: [{ uses: "acme/push" }] }, {}],
    ["a script changes", subjectOf(new Map([["ci/push.sh", "git push other main\n"]])), {}],
    ["a script goes", subjectOf(new Map()), {}],
    ["the basis changes", subjectOf(SCRIPT), { basis: ["2"] }],
  ])("works it out anew where %s", (_, changed, options) => {
    ask(subjectOf(SCRIPT));
    const { isNew, verdicts } = ask(changed, options);
    expect(isNew).toBe(true);
    expect(verdicts).toEqual(analyze(changed));
  });

  it("works it out anew where a script comes that was not there", () => {
    expect(ask(subjectOf(new Map())).verdicts?.pushes).toEqual([]);
    expect(ask(subjectOf(SCRIPT))).toMatchObject({ isNew: true, verdicts: { pushes: [{ workflow: PATH }] } });
  });

  it("takes a damaged file for none", () => {
    const subject = subjectOf(SCRIPT);
    ask(subject);
    const [name = ""] = readdirSync(folder);
    const whole = readFileSync(join(folder, name), "utf8");
    const damaged = [
      "",
      "\n",
      whole.slice(0, -1),
      whole.slice(0, whole.length / 2),
      whole.replace("origin", "ORIGIN"),
      whole.replace("flowkeep pushes 1", "flowkeep pushes 2"),
      `${whole}${whole}`,
      "\u0000".repeat(100),
    ];
    for (const text of damaged) {
      writeFileSync(join(folder, name), text);
      expect(ask(subject, { saves: false }).isNew, JSON.stringify(text.slice(0, 40))).toBe(true);
    }
    expect(ask(subject).isNew).toBe(true);
    expect(ask(subject).isNew).toBe(false);
  });

  it("keeps what two runs at once have found", () => {
    const [first, second] = [subjectOf(SCRIPT), { ...subjectOf(SCRIPT), path: ".github/workflows/b.yml" }];
    const [one, other] = [openPushCache(folder, () => ["1"]), openPushCache(folder, () => ["1"])];
    verdictsOf(one, first, analyze);
    verdictsOf(other, second, analyze);
    one.save();
    other.save();
    expect(ask(first).isNew).toBe(false);
    expect(ask(second).isNew).toBe(false);
    expect(readdirSync(folder)).toEqual(["pushes.cache"]);
  });

  it("holds no token that somebody wrote into a workflow", () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    const written = [
      `git push https://x-access-token:${token}@github.com/octo/app main`,
      "git push https://robot:hunter2hunter2@github.com/octo/app main",
      `git remote set-url origin https://${token}@github.com/octo/app && git push`,
    ];
    for (const line of written) {
      const subject = subjectOf(new Map(), WORKFLOW.replace("./ci/push.sh", line));
      const { verdicts } = ask(subject);
      expect(verdicts?.pushes.length).toBe(1);
      expect(JSON.stringify(verdicts)).not.toMatch(/ghp_|hunter2/);
    }
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/ghp_|hunter2/);
  });

  it("is for its owner only", () => {
    ask(subjectOf(SCRIPT));
    expect(statSync(join(folder, "pushes.cache")).mode & 0o077).toBe(0);
  });

  it("is no reason to fail where nothing can be written", () => {
    writeFileSync(join(folder, "file"), "");
    const cache = openPushCache(join(folder, "file"), () => ["1"]);
    expect(verdictsOf(cache, subjectOf(SCRIPT), analyze)?.pushes.length).toBe(1);
    expect(() => cache.save()).not.toThrow();
  });

  it("is none without a folder", () => {
    const cache = openPushCache(undefined, () => ["1"]);
    expect(verdictsOf(cache, subjectOf(SCRIPT), analyze)?.pushes.length).toBe(1);
    expect(() => cache.save()).not.toThrow();
  });

  it("does not keep that a file cannot be read", () => {
    const subject = subjectOf(new Map(), "jobs: [");
    expect(ask(subject).verdicts).toBeUndefined();
    expect(ask(subject).isNew).toBe(true);
  });
});

describe("the program's stamp", () => {
  it("is another where the program is another", () => {
    const entry = new URL(`file://${folder}/index.js`);
    writeFileSync(join(folder, "index.js"), "1");
    const first = programStamp(entry);
    expect(programStamp(entry)).toBe(first);
    writeFileSync(join(folder, "index.js"), "2");
    expect(programStamp(entry)).not.toBe(first);
  });
});
