import { describe, expect, test } from "vitest";
import { addActions, type AddResult } from "../../src/actions/add-actions.ts";
import { openCatalog } from "../../src/actions/catalog.ts";
import { emptyLock } from "../../src/actions/lock.ts";
import { blocksOf, readPage } from "./markdown.ts";
import { noteOf } from "./samples.ts";

// What docs/actions.md shows of the lock, the types and the notes, held against what `actions add` makes of the refs in the note
// above it.
const PAGE = "docs/actions.md";

interface Shown {
  readonly line: number;
  readonly kind: string;
  readonly refs: string;
  readonly text: string;
}

const blocks = blocksOf(readPage(PAGE));
const shown = blocks.flatMap((block, at): Shown[] => {
  const before = blocks[at - 1];
  if (block.kind !== "fence" || before?.kind !== "note") return [];
  return ["bindings", "lock", "note"].flatMap((kind) => {
    const refs = noteOf([before.text], kind);
    return refs === undefined ? [] : [{ line: block.line, kind, refs, text: block.text }];
  });
});

test("the page shows all three", () => {
  expect(new Set(shown.map(({ kind }) => kind))).toEqual(new Set(["bindings", "lock", "note"]));
});

describe(PAGE, () => {
  test.each(shown)("$kind of $refs", async ({ kind, refs, text }) => {
    const added = await addActions({ refs: refs.split(" "), lock: emptyLock, catalog: await openCatalog() });
    if (added.kind === "unknown") throw new Error(`the catalogue does not know ${refs}`);
    expect(made(kind, added)).toMatch(pattern(text));
  });
});

function made(kind: string, { bindingsText, lockText, unpinned }: Extract<AddResult, { kind: "added" }>): string {
  switch (kind) {
    case "bindings":
      return bindingsText.slice(bindingsText.indexOf("\n\n") + 2);
    case "lock":
      return lockText;
    default:
      return unpinned.map(({ reason }) => reason).join("\n");
  }
}

/** `…` stands for any text, a version for any other: the newest of a major changes. Lines may be broken anywhere. */
function pattern(text: string): RegExp {
  const escaped = text.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(
    `^${escaped
      .replaceAll("…", ".*")
      .replace(/v\d+\\\.\d+\\\.\d+/g, "v[\\d.]+")
      .replace(/\s+/g, "\\s+")}\\s*$`,
  );
}
