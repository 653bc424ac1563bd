import { describe, expect, test } from "vitest";
import { openCatalog } from "../../src/actions/catalog.ts";
import { doubtCommits } from "../../src/actions/doubt-commits.ts";
import { fillLock } from "../../src/actions/fill-lock.ts";
import { emptyLock, type Lock, type LockEntry } from "../../src/actions/lock.ts";

const catalog = await openCatalog();
const ELSEWHERE = "1".repeat(40);
const versions = catalog.find("actions/checkout")?.versions ?? [];
const exact = versions.find(({ tag }) => tag?.startsWith("v5."));
if (exact?.tag == null) throw new Error("actions/checkout v5 is gone from the catalogue");
const { sha, tag } = exact;

const lockOf = (ref: string, entry: Partial<LockEntry>): Lock => ({
  version: 1,
  actions: new Map([[ref, { uses: [], ...entry } as LockEntry]]),
});
const doubtsOf = (ref: string, entry: Partial<LockEntry>) => doubtCommits(lockOf(ref, entry), catalog);

describe("doubtCommits", () => {
  test("what the catalogue itself has filled in is not doubted", () => {
    const refs = catalog.names.flatMap((name) =>
      (catalog.find(name)?.versions ?? []).flatMap(({ tag }) => (tag === null ? [] : [`${name}@${tag}`])),
    );
    expect(refs.length).toBeGreaterThan(500);
    expect(doubtCommits(fillLock(refs, emptyLock, { catalog }).lock, catalog)).toEqual([]);
  });

  test("another commit for an exact tag, whatever the lock calls it", () => {
    const ref = `actions/checkout@${tag}`;
    const doubt = { ref, sha: ELSEWHERE, tag, known: sha };
    expect(doubtsOf(ref, { sha: ELSEWHERE, tag })).toEqual([doubt]);
    expect(doubtsOf(ref, { sha: ELSEWHERE })).toEqual([doubt]);
    expect(doubtsOf(`Actions/Checkout@refs/tags/${tag}`, { sha: ELSEWHERE })).toHaveLength(1);
    expect(doubtsOf(ref, { sha, tag })).toEqual([]);
  });

  test("a moving tag, and a commit, that the lock says are an exact tag", () => {
    expect(doubtsOf("actions/checkout@v5", { sha: ELSEWHERE, tag })).toHaveLength(1);
    expect(doubtsOf(`actions/checkout@${ELSEWHERE}`, { sha: ELSEWHERE, tag })).toHaveLength(1);
    expect(doubtsOf("actions/checkout@v5", { sha, tag })).toEqual([]);
  });

  test("what the catalogue does not know is not doubted", () => {
    expect(doubtsOf("actions/checkout@v5", { sha: ELSEWHERE })).toEqual([]);
    expect(doubtsOf("actions/checkout@v5", { sha: ELSEWHERE, tag: "v5.999.0" })).toEqual([]);
    expect(doubtsOf("octo/unheard-of@v1.0.0", { sha: ELSEWHERE, tag: "v1.0.0" })).toEqual([]);
    expect(doubtsOf("actions/checkout@main", { sha: ELSEWHERE, branch: "main" })).toEqual([]);
  });
});
