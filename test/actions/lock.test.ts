import fc from "fast-check";
import * as prettier from "prettier";
import { describe, expect, test } from "vitest";
import { digestInterface, type ActionInterface } from "../../src/actions/action-interface.ts";
import { UNPINNED_REASONS, emptyLock, type Lock, type LockEntry } from "../../src/actions/lock.ts";
import { parseLock } from "../../src/actions/parse-lock.ts";
import { printLock } from "../../src/actions/print-lock.ts";

const DIGEST = `sha256-${"A".repeat(43)}=`;
const SHA = "93cb6efe18208431cddfb8368fd83d5badbf9bfd";

// ── Any lock ────────────────────────────────────────────────────────────────────────────────────────────────

const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
const anyText = fc.oneof(fc.string({ maxLength: 90 }), fc.constantFrom("", "__proto__", '"\\\n', "\u2028", "${{ x }}"));
const input = fc.record(
  {
    required: fc.boolean(),
    default: anyText,
    deprecated: fc.oneof(fc.constant(true as const), anyText),
    description: anyText,
  },
  { requiredKeys: ["required"] },
);
const actionInterface: fc.Arbitrary<ActionInterface> = fc.record(
  {
    using: word,
    inputs: fc.array(fc.tuple(anyText, input), { maxLength: 4 }).map((entries) => new Map(entries)),
    outputs: fc.array(anyText, { maxLength: 6 }),
    nested: fc.array(anyText, { maxLength: 3 }),
    image: anyText,
  },
  { requiredKeys: ["using", "inputs", "outputs", "nested"] },
);
const facts = fc.oneof(
  fc.array(anyText, { maxLength: 6 }).map((uses) => ({ manifest: DIGEST, uses })),
  actionInterface.map((found) => ({ manifest: digestInterface(found), uses: found.nested, interface: found })),
);
const pin = fc.record(
  {
    sha: fc.stringMatching(/^[0-9a-f]{40}$/),
    tag: fc.stringMatching(/^[\w./-]{1,20}$/),
    branch: fc.stringMatching(/^[\w./-]{1,20}$/),
  },
  { requiredKeys: ["sha"] },
);
const entry: fc.Arbitrary<LockEntry> = fc
  .tuple(facts, fc.oneof(pin, fc.record({ unpinned: fc.constantFrom(...UNPINNED_REASONS) })))
  .map(([facts, state]) => ({ ...state, ...facts }));
const pinAlone: fc.Arbitrary<LockEntry> = pin.map((pin) => ({ ...pin, uses: [] }));
const ref = fc.oneof(
  fc.tuple(word, word, word).map(([owner, name, version]) => `${owner}/${name}@v${version}`),
  word.map((name) => `./${name}`),
);
const nested = fc.record({ sha: fc.stringMatching(/^[0-9a-f]{40}$/), uses: fc.array(anyText, { maxLength: 3 }) });
const remoteRef = fc.tuple(word, word, word).map(([owner, name, version]) => `${owner}/${name}@v${version}`);
const anyLock: fc.Arbitrary<Lock> = fc
  .tuple(
    fc.array(fc.tuple(ref, fc.oneof(entry, pinAlone)), { maxLength: 5 }),
    fc.array(fc.tuple(remoteRef, nested), { maxLength: 3 }),
  )
  .map(([entries, below]) => ({
    version: 1,
    actions: new Map(entries),
    ...(below.length === 0 ? {} : { nested: new Map(below) }),
  }));

describe("print and parse", () => {
  test("what is printed is read back, and printed alike", async () => {
    await fc.assert(
      fc.asyncProperty(anyLock, async (lock) => {
        const text = printLock(lock);
        const result = await parseLock(text, "actions.lock.json");
        if (result.kind === "unreadable") throw result.errors[0];
        expect(new Map(result.lock.actions)).toEqual(new Map(lock.actions));
        expect(result.lock.nested).toEqual(lock.nested);
        expect(printLock(result.lock)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test("the order of the entries does not matter", () => {
    fc.assert(
      fc.property(anyLock, (lock) => {
        const reversed = new Map([...lock.actions].reverse());
        expect(printLock({ ...lock, actions: reversed })).toBe(printLock(lock));
      }),
    );
  });

  test("prettier changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(anyLock, async (lock) => {
        const text = printLock(lock);
        expect(await prettier.format(text, { filepath: "actions.lock.json" })).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test("looks like this", () => {
    const lock: Lock = {
      version: 1,
      actions: new Map<string, LockEntry>([
        ["actions/checkout@v5.0.1", { sha: SHA, tag: "v5.0.1", manifest: DIGEST, uses: [] }],
        ["actions/cache@v4", { unpinned: "moving tag", manifest: DIGEST, uses: ["a/b@v1"] }],
      ]),
    };
    expect(printLock(lock)).toBe(`{
  "version": 1,
  "actions": {
    "actions/cache@v4": {
      "unpinned": "moving tag",
      "manifest": "${DIGEST}",
      "uses": ["a/b@v1"]
    },
    "actions/checkout@v5.0.1": {
      "sha": "${SHA}",
      "tag": "v5.0.1",
      "manifest": "${DIGEST}",
      "uses": []
    }
  }
}
`);
    expect(printLock(emptyLock)).toBe('{\n  "version": 1,\n  "actions": {}\n}\n');
  });
});

// ── Mistakes ────────────────────────────────────────────────────────────────────────────────────────────────

async function mistakes(text: string): Promise<string[]> {
  const result = await parseLock(text, "actions.lock.json");
  if (result.kind === "lock") return [];
  return result.errors.map(({ message, location }) => {
    expect(location?.file).toBe("actions.lock.json");
    return `${location?.startLine}:${location?.startColumn} ${message}`;
  });
}

/** One entry, each of its properties on a line of its own from line 5. */
function withEntry(lines: readonly string[], ref = "a/b@v1"): string {
  return `{\n"version": 1,\n"actions": {\n  ${JSON.stringify(ref)}: {\n${lines.map((line) => `    ${line}`).join(",\n")}\n  }\n}\n}\n`;
}
const good = [`"sha": "${SHA}"`, `"manifest": "${DIGEST}"`, `"uses": []`];

describe("parseLock says what is wrong and where", () => {
  test.each<[string, string, string[]]>([
    ["no object", "[]", ["1:1 the lock file must be an object"]],
    [
      "another version",
      '{\n"version": 2, "actions": {} }',
      ["2:12 the lock file has version 2, which a newer flowkeep wrote; this one reads version 1"],
    ],
    ["no version", '{ "actions": {} }', ["1:1 `version` must be 1"]],
    ["no actions", '{ "version": 1 }', ["1:1 `actions` is missing"]],
    [
      "an unknown key",
      '{ "version": 1,\n  "action": {}, "actions": {} }',
      ["2:3 unknown key `action`; did you mean `actions`?"],
    ],
    [
      "a trailing comma",
      '{\n  "version": 1,\n}',
      ["3:1 the lock file is no JSON: Expected double-quoted property name in JSON at position 18"],
    ],
    [
      "a merge conflict",
      '{\n  "version": 1,\n<<<<<<< HEAD\n',
      ["3:1 the lock file has conflict markers of a merge: keep both sides' entries"],
    ],
    [
      "a short sha",
      withEntry([`"sha": "93cb6ef"`, ...good.slice(1)]),
      ["5:12 `sha` must be a commit: 40 digits of 0-9 and a-f"],
    ],
    ["neither sha nor unpinned", withEntry(good.slice(1)), ["4:3 a/b@v1 has neither `sha` nor `unpinned`"]],
    [
      "both",
      withEntry([...good, `"unpinned": "branch"`]),
      ["8:5 a/b@v1 has both `sha` and `unpinned`: one of them is right"],
    ],
    [
      "an unknown reason",
      withEntry([`"unpinned": "lazy"`, ...good.slice(1)]),
      ["5:17 `unpinned` must be one of: moving tag, branch, unknown commit, local, as imported"],
    ],
    [
      "a tag without sha",
      withEntry([`"unpinned": "branch"`, `"tag": "v1"`, ...good.slice(1)]),
      ["6:5 `tag` belongs to a `sha`, which is missing"],
    ],
    [
      "a tag that would end its comment",
      withEntry([...good, `"tag": "v1\\n- run: evil"`]),
      ["8:12 `tag` must be a tag's name"],
    ],
    [
      "no digest, and no commit that could do without",
      withEntry(['"unpinned": "branch"', good[2] ?? ""]),
      ["4:13 `manifest` is missing: it is `sha256-` and a digest in base64"],
    ],
    ["a bad list", withEntry([...good.slice(0, 2), `"uses": ["a", 1]`]), ["7:13 `uses` must be a list of texts"]],
    [
      "a ref that is none",
      withEntry(good, "checkout"),
      ['4:3 "checkout" names no version: write owner/name@ref, or ./path for an action in this repository'],
    ],
    [
      "an image",
      withEntry(good, "docker://alpine:3"),
      ["4:3 docker://alpine:3 is an image: it has no manifest, and needs no entry"],
    ],
    [
      "a sha for another commit",
      withEntry(good, `a/b@${"1".repeat(40)}`),
      [`5:12 a/b@${"1".repeat(40)} names another commit than its \`sha\``],
    ],
    [
      "an interface that is not the digest's",
      withEntry([
        ...good,
        '"interface": { "using": "node24", "inputs": { "a": { "required": true } }, "outputs": [], "nested": [] }',
      ]),
      ["6:17 `manifest` is not the digest of `interface`: add the action again"],
    ],
    [
      "an input without required",
      withEntry([...good, '"interface": { "using": "node24", "inputs": { "a": {} }, "outputs": [], "nested": [] }']),
      ["8:56 `required` must be true or false"],
    ],
    [
      "an entry that is none",
      '{ "version": 1, "actions": { "a/b@v1": null } }',
      ["1:40 the entry of a/b@v1 must be an object"],
    ],
  ])("%s", async (_, text, expected) => {
    expect(await mistakes(text)).toEqual(expected);
  });

  test("the good entry of these tests is good", async () => {
    expect(await mistakes(withEntry(good))).toEqual([]);
    expect(await mistakes(withEntry([...good, '"tag": "restore/v1.0.0"']))).toEqual([]);
  });

  test("any text gets an answer, never a crash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        expect((await mistakes(text)).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test("one damaged character gets an answer, never a crash", async () => {
    await fc.assert(
      fc.asyncProperty(anyLock, fc.nat(), fc.string({ minLength: 1, maxLength: 2 }), async (lock, at, by) => {
        const text = printLock(lock);
        const place = at % text.length;
        await mistakes(text.slice(0, place) + by + text.slice(place + 1));
      }),
      { numRuns: 300 },
    );
  });
});
