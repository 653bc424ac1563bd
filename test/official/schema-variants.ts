import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file's content that differs from a valid one in one place. */
export interface Variant {
  /** `jobs.job.runs-on`, and what stands there. */
  readonly name: string;
  readonly content: unknown;
}

type Definition = {
  readonly mapping?: {
    readonly properties?: Readonly<Record<string, string | { readonly type: string; readonly required?: boolean }>>;
    readonly "loose-key-type"?: string;
    readonly "loose-value-type"?: string;
  };
  readonly sequence?: { readonly "item-type": string };
  readonly "one-of"?: readonly string[];
  readonly string?: { readonly constant?: string };
  readonly "allowed-values"?: readonly string[];
  readonly boolean?: object;
  readonly number?: object;
  readonly null?: object;
};

type Definitions = Readonly<Record<string, Definition>>;

/** The definitions of a schema of GitHub's published parser. */
export function readSchema(name: "workflow-v1.0" | "action-v1.0"): Definitions {
  const path = join(import.meta.dirname, `../../node_modules/@actions/workflow-parser/dist/${name}.min.json`);
  return (JSON.parse(readFileSync(path, "utf8")) as { definitions: Definitions }).definitions;
}

const EVERY_KIND: readonly unknown[] = [
  null,
  "",
  "zzz",
  7,
  -7,
  0.5,
  true,
  [],
  [null],
  [""],
  {},
  { "": "zzz" },
  { zzz: "zzz" },
];
/** Texts that the schema calls strings, and the conversion behind it reads. */
const SENSIBLE: Readonly<Record<string, unknown>> = {
  "cron-pattern": "0 6 * * 1",
  "job-id": "a",
  needs: [],
  "step-uses": "octo/tidy@v1",
  "step-wait-target": ["db"],
  "step-cancel-target": "db",
  "job-if": "true",
  "step-if": "true",
  "snapshot-if": "true",
  "workflow-call-input-definition": { type: "string" },
  "steps-item": { run: "make" },
  "workflow-dispatch-input": { type: "choice", options: ["zzz"] },
  "runs-on": "ubuntu-latest",
  steps: [{ id: "db", run: "make", background: true }],
  strategy: { matrix: { zzz: [1] } },
  matrix: { zzz: [1] },
};

/**
 * Walks through everything that a schema knows, and at each place puts what it does not allow, one at a time: no value, a value of
 * every other kind, an unknown and an empty key, a mapping without each key that it needs. The rest of the file stays valid.
 */
export function* variantsOf(definitions: Definitions, root: string, base: unknown): Iterable<Variant> {
  const seen = new Set<string>();
  const tried = new Set<string>();
  yield* walk(root, [], (value) => value);

  function* walk(type: string, path: readonly string[], embed: (value: unknown) => unknown): Iterable<Variant> {
    // A definition means the same wherever it stands, but the conversion behind it may not: by its holder, once.
    const key = `${path.slice(-2).join(" ")} ${type}`;
    if (seen.has(key) || path.length > 12) return;
    seen.add(key);
    const name = path.join(".");
    // The alternatives of one place differ only in what is below.
    if (!tried.has(name))
      for (const value of EVERY_KIND) yield { name: `${name}: ${JSON.stringify(value)}`, content: embed(value) };
    tried.add(name);
    const { mapping, sequence, "one-of": alternatives } = definitions[type] ?? {};
    for (const alternative of alternatives ?? []) yield* walk(alternative, path, embed);
    if (sequence !== undefined) yield* walk(sequence["item-type"], [...path, "0"], (value) => embed([value]));
    if (mapping === undefined) return;
    const whole = path.length === 0 ? (base as object) : (valid(type) as object);
    const entries = Object.entries(mapping.properties ?? {});
    for (const [property, definition] of entries) {
      if (typeof definition !== "string" && definition.required === true)
        yield { name: `${name} without ${property}`, content: embed(without(whole, property)) };
      const below = typeof definition === "string" ? definition : definition.type;
      yield* walk(below, [...path, property], (value) => embed({ ...whole, [property]: value }));
    }
    yield { name: `${name} with an unknown key`, content: embed({ ...whole, zzzz: "zzz" }) };
    const loose = mapping["loose-value-type"];
    if (loose === undefined) return;
    yield { name: `${name} with an empty key`, content: embed({ ...whole, "": valid(loose) }) };
    yield* walk(loose, [...path, "zzz"], (value) => embed({ ...whole, zzz: value }));
  }

  /** Something that the definition allows. */
  function valid(type: string): unknown {
    if (type in SENSIBLE) return SENSIBLE[type];
    const { mapping, sequence, string, boolean, number, ...definition } = definitions[type] ?? {};
    if (definition["one-of"] !== undefined) return valid(definition["one-of"][0] ?? "");
    if (definition["allowed-values"] !== undefined) return definition["allowed-values"][0];
    if (boolean !== undefined) return true;
    if (number !== undefined) return 7;
    if (string !== undefined) return string.constant ?? "zzz";
    if (sequence !== undefined) return [valid(sequence["item-type"])];
    if (mapping === undefined) return null;
    return Object.fromEntries(
      Object.entries(mapping.properties ?? {}).flatMap(([property, definition]) =>
        typeof definition !== "string" && definition.required === true ? [[property, valid(definition.type)]] : [],
      ),
    );
  }
}

function without(whole: object, property: string): object {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => key !== property));
}
