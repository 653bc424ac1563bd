import { compareText, type ActionInput, type ActionInterface } from "./action-interface.ts";
import type { Lock, LockEntry, NestedAction } from "./lock.ts";

/** Prettier's default width: what fits it goes on one line, so that the file passes `prettier --check` as it is. */
const WIDTH = 80;

/** Prints the lock file: refs sorted, keys in one order, so that equal locks are equal bytes. */
export function printLock(lock: Lock): string {
  const actions = [...lock.actions].sort(([a], [b]) => compareText(a, b));
  const entries = actions.map(([ref, entry]) => [ref, entryJson(entry)] as const);
  const nested = [...(lock.nested ?? [])].sort(([a], [b]) => compareText(a, b));
  const below = nested.map(([ref, entry]) => [ref, nestedJson(entry)] as const);
  const repositories = [...(lock.repositories ?? [])].sort(([a], [b]) => compareText(a, b));
  const ids = repositories.map(([name, { owner_id, repo_id }]) => [name, { owner_id, repo_id }] as const);
  const all = {
    version: lock.version,
    actions: objectOf(entries),
    ...(below.length === 0 ? {} : { nested: objectOf(below) }),
    ...(ids.length === 0 ? {} : { repositories: objectOf(ids) }),
  };
  return `${printValue(all, 0, 0, "")}\n`;
}

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

function entryJson(entry: LockEntry): Json {
  return {
    ...(entry.sha === undefined ? { unpinned: entry.unpinned } : { sha: entry.sha }),
    ...(entry.sha === undefined || entry.tag === undefined ? {} : { tag: entry.tag }),
    ...(entry.sha === undefined || entry.branch === undefined ? {} : { branch: entry.branch }),
    ...(entry.manifest === undefined ? {} : { manifest: entry.manifest }),
    ...(entry.typedAs === undefined ? {} : { typedAs: entry.typedAs }),
    uses: entry.uses,
    ...(entry.interface === undefined ? {} : { interface: interfaceJson(entry.interface) }),
  };
}

function nestedJson({ sha, tag, branch, uses }: NestedAction): Json {
  return { sha, ...(tag === undefined ? {} : { tag }), ...(branch === undefined ? {} : { branch }), uses };
}

function interfaceJson({ using, inputs, outputs, nested, image }: ActionInterface): Json {
  return {
    using,
    inputs: objectOf([...inputs].map(([name, input]) => [name, inputJson(input)])),
    outputs,
    nested,
    ...(image === undefined ? {} : { image }),
  };
}

function inputJson({ required, default: fallback, deprecated, description }: ActionInput): Json {
  return {
    required,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(description === undefined ? {} : { description }),
  };
}

/** Without a prototype: an input may be called `__proto__`. */
function objectOf(entries: readonly (readonly [string, Json])[]): { readonly [key: string]: Json } {
  const object = Object.create(null) as Record<string, Json>;
  for (const [key, value] of entries) object[key] = value;
  return object;
}

/** `column` is where the value begins, `after` what follows it. Objects stand open, lists only where they do not fit. */
function printValue(value: Json, indent: number, column: number, after: "," | ""): string {
  if (typeof value !== "object") return JSON.stringify(value) + after;
  const inner = " ".repeat(indent + 2);
  const outer = " ".repeat(indent);
  if (isList(value)) {
    const flat = `[${value.map((item) => JSON.stringify(item)).join(", ")}]${after}`;
    if (value.length === 0 || column + flat.length <= WIDTH) return flat;
    return `[\n${value.map((item) => inner + JSON.stringify(item)).join(",\n")}\n${outer}]${after}`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return `{}${after}`;
  const lines = entries.map(([key, below], place) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + printValue(below, indent + 2, start.length, place === entries.length - 1 ? "" : ",");
  });
  return `{\n${lines.join("\n")}\n${outer}}${after}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
