import { beforeAll, describe, expect, test } from "vitest";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { emptyLock, type Lock, type LockEntry } from "../../src/actions/lock.ts";
import { findUnpinned, findUses, pinUses } from "../../src/actions/pin-uses.ts";
import { workflowOf } from "./workflow-of.ts";

const SHA = "93cb6efe18208431cddfb8368fd83d5badbf9bfd";
const facts = { manifest: `sha256-${"A".repeat(43)}=`, uses: [] };
const lock: Lock = {
  version: 1,
  actions: new Map<string, LockEntry>([
    ["actions/checkout@v5.0.1", { sha: SHA, tag: "v5.0.1", ...facts }],
    ["actions/checkout@v5", { unpinned: "moving tag", ...facts }],
    ["octo/ci/.github/workflows/build.yml@v1.0.0", { sha: SHA, tag: "v1.0.0", ...facts }],
    [`octo/bare@${SHA}`, { sha: SHA, tag: "v9.9.9", ...facts }],
    [`octo/untagged@${SHA}`, { sha: SHA, ...facts }],
    ["./.github/actions/x", { unpinned: "local", ...facts }],
  ]),
};

let catalog: Catalog;
beforeAll(async () => {
  catalog = await openCatalog();
});

function workflow(...uses: readonly string[]) {
  const steps = uses.map((line) => `      - uses: ${line}`).join("\n");
  return workflowOf(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps}\n`);
}

/** `uses` as they would be emitted. */
function pinned(file: ReturnType<typeof workflowOf>): string[] {
  return findUses(pinUses(file, lock)).map(({ ref, scalar }) =>
    scalar.comments?.trailing === undefined ? ref : `${ref} #${scalar.comments.trailing}`,
  );
}

describe("pinUses", () => {
  test.each([
    ["actions/checkout@v5.0.1", `actions/checkout@${SHA} # v5.0.1`],
    ["Actions/Checkout@v5.0.1", `Actions/Checkout@${SHA} # v5.0.1`],
    ["actions/checkout@v5.0.1 # why", `actions/checkout@${SHA} # v5.0.1 why`],
    ["actions/checkout@v5.0.1 # v5.0.1", `actions/checkout@${SHA} # v5.0.1`],
    ["actions/checkout@v5.0.1 # v5.0.1 why", `actions/checkout@${SHA} # v5.0.1 why`],
    [`octo/bare@${SHA}`, `octo/bare@${SHA} # v9.9.9`],
    [`octo/untagged@${SHA} # mine`, `octo/untagged@${SHA} # mine`],
    ["actions/checkout@v5", "actions/checkout@v5"],
    ["actions/checkout@V5.0.1", "actions/checkout@V5.0.1"],
    ["octo/unlisted@v1", "octo/unlisted@v1"],
    ["./.github/actions/x", "./.github/actions/x"],
    ["docker://alpine:3", "docker://alpine:3"],
  ])("%s becomes %s", (written, want) => {
    expect(pinned(workflow(written))).toEqual([want]);
  });

  test("reaches reusable workflows and steps in parallel", () => {
    const file = workflowOf(`
on: push
jobs:
  call:
    uses: octo/ci/.github/workflows/build.yml@v1.0.0
  a:
    runs-on: x
    steps:
      - parallel:
          - uses: actions/checkout@v5.0.1
`);
    expect(pinned(file)).toEqual([
      `octo/ci/.github/workflows/build.yml@${SHA} # v1.0.0`,
      `actions/checkout@${SHA} # v5.0.1`,
    ]);
  });

  test("changes nothing else, and a second time nothing at all", () => {
    const file = workflow("actions/checkout@v5.0.1", "octo/unlisted@v1");
    const once = pinUses(file, lock);
    expect(once).toEqual({ ...file, jobs: once.jobs });
    expect(pinUses(once, lock)).toBe(once);
    const untouched = workflow("octo/unlisted@v1");
    expect(pinUses(untouched, lock)).toBe(untouched);
    expect(pinUses(file, emptyLock)).toBe(file);
  });

  test("lists what could move, where it stands and why", () => {
    const file = workflow(
      "actions/checkout@v5",
      "actions/cache@v4",
      "octo/unknown@v1",
      "octo/ci/.github/workflows/other.yml@v1",
      "./.github/actions/x",
      "./.github/actions/unlisted",
      "docker://alpine:3",
      `octo/anything@${SHA}`,
    );
    const { tag } = catalog.find("actions/checkout")?.versions.find(({ major }) => major === "v5") ?? {};
    expect(findUnpinned(file, lock, catalog).map(({ path, reason }) => `${path.join(".")}: ${reason}`)).toEqual([
      `jobs.a.steps.0.uses: actions/checkout@v5 is not pinned: v5 is a moving tag, and offline nobody knows where it points now; run \`npx flowkeep actions update actions/checkout\`, or write actions/checkout@${tag}`,
      "jobs.a.steps.1.uses: actions/cache@v4 is not pinned: it is not in the lock; run `npx flowkeep actions add actions/cache@v4`",
      "jobs.a.steps.2.uses: octo/unknown@v1 is not pinned: the catalogue does not know octo/unknown",
      "jobs.a.steps.3.uses: octo/ci/.github/workflows/other.yml@v1 is not pinned: run `npx flowkeep actions add octo/ci/.github/workflows/other.yml@v1`",
    ]);
  });
});
