import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FileNode, Node, RecordKind } from "../../src/ir/any-node.ts";
import { EVENTS } from "../../src/ir/events.ts";
import type { KeysOf } from "../../src/ir/shapes/shape.ts";
import { childrenOf, isRecord, scalarsOf } from "../../src/ir/walk.ts";
import { PERMISSION_LEVELS } from "../../src/ir/shapes/settings-shape.ts";
import type { Filters, Workflow } from "../../src/ir/workflow.ts";
import { readFile } from "../../src/read/read-file.ts";

// The expected files of whole-syntax.test.ts use the whole of GitHub's syntax. What is new in the IR must be used there too.
const EXPECTED = join(import.meta.dirname, "../fixtures/sources/.github");

const files: readonly FileNode[] = readdirSync(EXPECTED, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yml"))
  .flatMap((name) => readFile(name, readFileSync(join(EXPECTED, name), "utf8")).node ?? []);
const workflows = files.filter((file): file is Workflow => file.kind === "workflow");

/** Every key of every record. A forgotten one does not compile. */
type Keys = {
  readonly [K in Exclude<RecordKind, Unwritten>]: {
    readonly [P in Exclude<KeysOf<K>, K extends keyof Ignored ? Ignored[K] : never>]: true;
  };
};
/** What the IR holds, and GitHub takes no notice of. */
type Ignored = { "input-definition": "deprecationMessage"; "action-input": "type" };
/** What no definition becomes: actions that are not composite, and steps that are none. */
type Unwritten = "docker-runs" | "node-runs" | "other-step";

const KEYS: Keys = {
  workflow: {
    name: true,
    description: true,
    "run-name": true,
    on: true,
    permissions: true,
    env: true,
    defaults: true,
    concurrency: true,
    jobs: true,
  },
  filters: {
    types: true,
    branches: true,
    "branches-ignore": true,
    tags: true,
    "tags-ignore": true,
    paths: true,
    "paths-ignore": true,
    workflows: true,
    names: true,
    versions: true,
    inputs: true,
    secrets: true,
    outputs: true,
  },
  schedule: { cron: true, timezone: true },
  "input-definition": { description: true, type: true, required: true, default: true, options: true },
  "secret-definition": { description: true, required: true },
  "output-definition": { description: true, value: true },
  defaults: { run: true },
  "run-defaults": { shell: true, "working-directory": true },
  concurrency: { group: true, "cancel-in-progress": true, queue: true },
  job: {
    name: true,
    needs: true,
    if: true,
    permissions: true,
    concurrency: true,
    strategy: true,
    "runs-on": true,
    environment: true,
    outputs: true,
    env: true,
    defaults: true,
    "timeout-minutes": true,
    "cancel-timeout-minutes": true,
    "continue-on-error": true,
    container: true,
    services: true,
    snapshot: true,
    "cache-mode": true,
    steps: true,
  },
  "call-job": {
    name: true,
    needs: true,
    if: true,
    permissions: true,
    concurrency: true,
    strategy: true,
    uses: true,
    with: true,
    secrets: true,
  },
  "runner-group": { group: true, labels: true },
  environment: { name: true, url: true, deployment: true },
  strategy: { matrix: true, "fail-fast": true, "max-parallel": true },
  container: {
    image: true,
    credentials: true,
    env: true,
    ports: true,
    volumes: true,
    options: true,
    entrypoint: true,
    command: true,
  },
  "registry-credentials": { username: true, password: true },
  snapshot: { "image-name": true, version: true, if: true },
  "run-step": {
    id: true,
    name: true,
    if: true,
    "continue-on-error": true,
    env: true,
    "timeout-minutes": true,
    background: true,
    run: true,
    shell: true,
    "working-directory": true,
  },
  "uses-step": {
    id: true,
    name: true,
    if: true,
    "continue-on-error": true,
    env: true,
    "timeout-minutes": true,
    background: true,
    uses: true,
    with: true,
  },
  "wait-step": { id: true, name: true, "continue-on-error": true, wait: true },
  "wait-all-step": { id: true, name: true, "continue-on-error": true, "wait-all": true },
  "cancel-step": { id: true, name: true, "continue-on-error": true, cancel: true },
  "parallel-step": { parallel: true },
  "action-file": {
    name: true,
    author: true,
    description: true,
    inputs: true,
    outputs: true,
    runs: true,
    branding: true,
  },
  "action-input": { description: true, required: true, default: true, deprecationMessage: true },
  "action-output": { description: true, value: true },
  "composite-runs": { using: true, steps: true },
  branding: { icon: true, color: true },
};

const used = new Map<string, Set<string>>();
for (const file of files) collect(file);

function collect(node: Node): void {
  if (isRecord(node)) {
    const keys = used.get(node.kind) ?? new Set();
    used.set(node.kind, keys);
    for (const { text } of node.keys) keys.add(text);
  }
  for (const [, child] of childrenOf(node)) collect(child);
}

test.each(Object.entries(KEYS))("every key of %s is used", (kind, keys) => {
  expect(Object.keys(keys).filter((key) => !used.get(kind)?.has(key))).toEqual([]);
});

const filters = workflows.flatMap(({ on }) =>
  on?.kind === "mapping" ? on.entries.map(({ key, value }) => [key.text, value] as const) : [],
);

describe.each(Object.entries(EVENTS))(
  "%s",
  (event, syntax: { types?: readonly string[] | "any"; filters?: readonly string[] }) => {
    const own = filters.filter(([name]) => name === event).map(([, value]) => value);
    const records = own.filter((value): value is Filters => value.kind === "filters");

    test("starts a workflow", () => {
      expect(own.length).toBeGreaterThan(0);
    });
    test("has every activity type and filter", () => {
      const types = records.flatMap((record) => scalarsOf(record.types).map(({ text }) => text));
      expect(Array.isArray(syntax.types) ? syntax.types.filter((type) => !types.includes(type)) : []).toEqual([]);
      const keys = records.flatMap((record) => record.keys.map(({ text }) => text));
      expect((syntax.filters ?? []).filter((filter) => !keys.includes(filter))).toEqual([]);
    });
  },
);

test("every scope of the permissions is used", () => {
  const scopes = workflows.flatMap(({ permissions }) => {
    return permissions?.kind === "mapping" ? permissions.entries.map(({ key }) => key.text) : [];
  });
  expect(Object.keys(PERMISSION_LEVELS).filter((scope) => !scopes.includes(scope))).toEqual([]);
});
