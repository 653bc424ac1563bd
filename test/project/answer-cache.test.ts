import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAnswerCache, type AnswerKind, type Question } from "../../src/project/pushes/answer-cache.ts";
import { programStamp } from "../../src/project/pushes/program-stamp.ts";

const WORDS: AnswerKind<readonly string[]> = { name: "words" };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "answer-cache-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A question whose answer comes from files that a test changes. */
function about(files: ReadonlyMap<string, string>, ...rest: readonly unknown[]): Question {
  return { about: ["a.yml", ...rest], look: (name) => files.get(name) ?? null };
}

interface Asked {
  readonly stamp?: string;
  readonly project?: string;
  readonly saves?: boolean;
  readonly kind?: AnswerKind<readonly string[]>;
}

/** Asks a cache, and tells whether the answer had to be worked out. */
function ask(question: Question, { stamp = "1", project = "/a", saves = true, kind = WORDS }: Asked = {}) {
  const cache = openAnswerCache(folder, project, () => stamp);
  const kept = cache.kept(kind, question);
  if (kept !== undefined) return { isNew: false, ...kept };
  const answer = ["hello", question.look("script") ?? "nothing"];
  cache.keep(
    kind,
    question,
    answer,
    ["script", "other"].map((name) => [name, question.look(name)] as const),
  );
  if (saves) cache.save();
  return { isNew: true, answer };
}

const FILES = new Map([["script", "git push"]]);
const only = (): string => join(folder, readdirSync(folder)[0] ?? "");

describe("the cache of answers", () => {
  it("answers what it was told, and from what", () => {
    expect(ask(about(FILES))).toEqual({ isNew: true, answer: ["hello", "git push"] });
    expect(ask(about(FILES))).toEqual({ isNew: false, answer: ["hello", "git push"], from: ["script", "other"] });
  });

  it.each<[string, Question, Asked]>([
    ["what decides it changes", about(FILES, "config"), {}],
    ["a file changes", about(new Map([["script", "git pull"]])), {}],
    ["a file goes", about(new Map()), {}],
    ["a file comes", about(new Map([...FILES, ["other", "x"]])), {}],
    ["nobody can tell what is there", { ...about(FILES), look: () => undefined }, {}],
    ["flowkeep is another", about(FILES), { stamp: "2" }],
    ["the project is another", about(FILES), { project: "/b" }],
    ["another kind of answer is asked", about(FILES), { kind: { name: "others" } }],
  ])("has none where %s", (_, question, asked) => {
    ask(about(FILES));
    expect(ask(question, asked).isNew).toBe(true);
  });

  it("takes a damaged file for none", () => {
    ask(about(FILES));
    const whole = readFileSync(only(), "utf8");
    const damaged = [
      "",
      "\n",
      whole.slice(0, -1),
      whole.slice(0, whole.length / 2),
      whole.replace("hello", "HELLO"),
      whole.replace("flowkeep answers 2", "flowkeep answers 1"),
      `${whole}${whole}`,
      "\u0000".repeat(100),
    ];
    for (const text of damaged) {
      writeFileSync(only(), text);
      expect(ask(about(FILES), { saves: false }).isNew, JSON.stringify(text.slice(0, 40))).toBe(true);
    }
    expect(ask(about(FILES)).isNew).toBe(true);
    expect(ask(about(FILES)).isNew).toBe(false);
  });

  it("is for its owner only, and takes nothing that others could have put there with git", () => {
    ask(about(FILES));
    expect(statSync(only()).mode & 0o077).toBe(0);
    chmodSync(only(), 0o644);
    expect(ask(about(FILES), { saves: false }).isNew).toBe(true);
  });

  it("keeps what two runs at once have found", () => {
    const [one, other] = [openAnswerCache(folder, "/a", () => "1"), openAnswerCache(folder, "/a", () => "1")];
    one.keep(WORDS, about(FILES, 1), ["one"], []);
    other.keep(WORDS, about(FILES, 2), ["other"], []);
    one.save();
    other.save();
    expect(ask(about(FILES, 1))).toMatchObject({ isNew: false, answer: ["one"] });
    expect(ask(about(FILES, 2))).toMatchObject({ isNew: false, answer: ["other"] });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("lets answers go that were not used for long, and files of projects that nobody has asked for", () => {
    const cache = openAnswerCache(folder, "/a", () => "1");
    const long = "x".repeat(4_000_000);
    for (let at = 0; at < 10; at += 1) cache.keep(WORDS, about(FILES, at), [long], []);
    cache.save();
    expect(statSync(only()).size).toBeLessThan(33_000_000);
    const left = openAnswerCache(folder, "/a", () => "1");
    expect([...Array(10).keys()].filter((at) => left.kept(WORDS, about(FILES, at)) !== undefined)).toHaveLength(7);
    for (let at = 0; at < 60; at += 1) {
      const name = join(folder, `answers-${at}.cache`);
      writeFileSync(name, "");
      utimesSync(name, at, at);
    }
    ask(about(FILES), { project: "/b" });
    const names = readdirSync(folder);
    expect(names).toHaveLength(50);
    expect(names).toContain("answers-59.cache");
    expect(names).not.toContain("answers-0.cache");
  });

  it("holds no token", () => {
    for (const secret of [`ghp_${"a1B2".repeat(9)}`, "https://robot:hunter2hunter2@github.com/octo/app"]) {
      const cache = openAnswerCache(folder, "/a", () => "1");
      cache.keep(WORDS, about(FILES), ["hello", secret], []);
      cache.keep(WORDS, about(FILES, "more"), ["hello"], []);
      cache.save();
    }
    expect(readFileSync(only(), "utf8")).not.toMatch(/ghp_|hunter2/);
    expect(ask(about(FILES)).isNew).toBe(true);
    expect(ask(about(FILES, "more")).isNew).toBe(false);
  });

  it("is no reason to fail where nothing can be written or read", () => {
    writeFileSync(join(folder, "file"), "");
    const cache = openAnswerCache(join(folder, "file"), "/a", () => "1");
    expect(cache.kept(WORDS, about(FILES))).toBeUndefined();
    cache.keep(WORDS, about(FILES), ["hello"], []);
    expect(() => cache.save()).not.toThrow();
  });

  it("is none without a folder", () => {
    const cache = openAnswerCache(undefined, "/a", () => "1");
    cache.keep(WORDS, about(FILES), ["hello"], []);
    cache.save();
    expect(cache.kept(WORDS, about(FILES))).toBeUndefined();
  });
});

describe("the program's stamp", () => {
  it("is another where the program or one of its parsers is another", () => {
    const parser = join(folder, "node_modules/unbash");
    mkdirSync(parser, { recursive: true });
    mkdirSync(join(folder, "dist/data"), { recursive: true });
    const files = ["dist/index.js", "dist/data/catalog.json", "node_modules/unbash/package.json"];
    for (const file of files) writeFileSync(join(folder, file), "1");
    const stamp = () => programStamp(new URL(`file://${folder}/dist/index.js`));
    const seen = [stamp()];
    expect(stamp()).toBe(seen[0]);
    for (const file of files) {
      writeFileSync(join(folder, file), "2");
      seen.push(stamp());
    }
    expect(new Set(seen).size).toBe(4);
  });
});
