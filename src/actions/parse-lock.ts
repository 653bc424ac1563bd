import { ReadError } from "../ir/errors.ts";
import type { Path } from "../ir/origin.ts";
import { nearestName } from "../ir/suggest.ts";
import { parseUses } from "../ir/uses-ref.ts";
import { digestInterface, type ActionInput, type ActionInterface } from "./action-interface.ts";
import { UNPINNED_REASONS, type Lock, type LockEntry, type NestedAction, type RepositoryIds } from "./lock.ts";
import { mergeConflict } from "./merge-conflict.ts";
import { placeInJson, placeOfSyntaxError } from "./place-in-json.ts";
import { isSha } from "./resolve-interface.ts";

export type LockResult =
  | { readonly kind: "lock"; readonly lock: Lock }
  | { readonly kind: "unreadable"; readonly errors: readonly ReadError[] };

/** Reads `generated/actions.lock.json`; every mistake is reported with its line and column. */
export async function parseLock(text: string, file: string): Promise<LockResult> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: "unreadable", errors: [await syntaxError(text, file, error)] };
  }
  const validator = new LockValidator();
  const lock = validator.lock(value);
  if (validator.problems.length === 0) return { kind: "lock", lock };
  const errors = validator.problems.map(
    async ({ path, key, message }) => new ReadError(message, await placeInJson(text, file, path, key)),
  );
  return { kind: "unreadable", errors: await Promise.all(errors) };
}

async function syntaxError(text: string, file: string, error: SyntaxError): Promise<ReadError> {
  const conflict = mergeConflict(text, file, "the lock file");
  if (conflict !== undefined) return conflict;
  return new ReadError(`the lock file is no JSON: ${error.message}`, await placeOfSyntaxError(text, file, error));
}

interface Problem {
  readonly path: Path;
  /** The key is wrong, not its value. */
  readonly key: boolean;
  readonly message: string;
}

/** The name of a tag or branch. It becomes a YAML comment: nothing in it may end the line. */
const NAME = /^[^\s\p{C}]+$/u;

/** Written by hand: it is smaller than a compiled schema, and says what to do. */
class LockValidator {
  readonly problems: Problem[] = [];

  lock(value: unknown): Lock {
    const nothing: Lock = { version: 1, actions: new Map() };
    const top = this.#object(value, [], "the lock file");
    if (top === undefined) return nothing;
    this.#knownKeys(top, ["version", "actions", "nested", "repositories"], []);
    if (top["version"] !== 1) {
      const newer = typeof top["version"] === "number" && top["version"] > 1;
      this.#report(
        ["version"],
        newer
          ? `the lock file has version ${String(top["version"])}, which a newer flowkeep wrote; this one reads version 1`
          : "`version` must be 1",
      );
      return nothing;
    }
    const actions = Object.entries(this.#object(top["actions"], ["actions"], "`actions`") ?? {});
    return {
      version: 1,
      ...(top["nested"] === undefined ? {} : { nested: this.#nested(top["nested"]) }),
      ...(top["repositories"] === undefined ? {} : { repositories: this.#repositories(top["repositories"]) }),
      actions: new Map(
        actions.flatMap(([ref, value]) => {
          const entry = this.#entry(ref, value, ["actions", ref]);
          return entry === undefined ? [] : [[ref, entry] as const];
        }),
      ),
    };
  }

  #nested(value: unknown): ReadonlyMap<string, NestedAction> {
    const entries = Object.entries(this.#object(value, ["nested"], "`nested`") ?? {});
    return new Map(
      entries.flatMap(([ref, value]) => {
        const path = ["nested", ref];
        const entry = this.#object(value, path, `the entry of ${ref}`);
        if (entry === undefined) return [];
        this.#knownKeys(entry, ["sha", "tag", "branch", "uses"], path);
        if (parseUses(ref).kind !== "repository") this.#report(path, `${ref} names no repository`, true);
        const uses = this.#texts(entry["uses"], [...path, "uses"]);
        const names = { ...this.#name(entry, "tag", path), ...this.#name(entry, "branch", path) };
        return [[ref, { sha: this.#sha(entry, path), ...names, uses }] as const];
      }),
    );
  }

  #repositories(value: unknown): ReadonlyMap<string, RepositoryIds> {
    const entries = Object.entries(this.#object(value, ["repositories"], "`repositories`") ?? {});
    return new Map(
      entries.flatMap(([name, value]) => {
        const path = ["repositories", name];
        const entry = this.#object(value, path, `the entry of ${name}`);
        if (entry === undefined) return [];
        this.#knownKeys(entry, ["owner_id", "repo_id"], path);
        if (!/^[^/@\s]+\/[^/@\s]+$/.test(name) || name !== name.toLowerCase())
          this.#report(path, `${name} is not owner/name in lower case`, true);
        return [
          [name, { owner_id: this.#id(entry, "owner_id", path), repo_id: this.#id(entry, "repo_id", path) }] as const,
        ];
      }),
    );
  }

  #id(entry: Readonly<Record<string, unknown>>, key: string, path: Path): number {
    const value = entry[key];
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    this.#report(
      [...path, key],
      `\`${key}\` ${value === undefined ? "is missing: it is" : "must be"} a number above zero`,
    );
    return 1;
  }

  /** The name becomes a YAML comment: nothing in it may end the line. */
  #name(
    entry: Readonly<Record<string, unknown>>,
    key: "tag" | "branch",
    path: Path,
  ): { readonly [name: string]: string } {
    return entry[key] === undefined ? {} : { [key]: this.#match(entry, key, path, NAME, `a ${key}'s name`) };
  }

  #sha(entry: Readonly<Record<string, unknown>>, path: Path): string {
    return this.#match(entry, "sha", path, /^[0-9a-f]{40}$/, "a commit: 40 digits of 0-9 and a-f");
  }

  #entry(ref: string, value: unknown, path: Path): LockEntry | undefined {
    const uses = parseUses(ref);
    if (uses.kind === "invalid") this.#report(path, uses.reason, true);
    if (uses.kind === "docker") this.#report(path, `${ref} is an image: it has no manifest, and needs no entry`, true);
    const entry = this.#object(value, path, `the entry of ${ref}`);
    if (entry === undefined) return undefined;
    this.#knownKeys(entry, ["sha", "unpinned", "tag", "branch", "manifest", "typedAs", "uses", "interface"], path);
    const manifest = () =>
      this.#match(entry, "manifest", path, /^sha256-[A-Za-z0-9+/]{43}=$/, "`sha256-` and a digest in base64");
    const isTypedAs = entry["typedAs"] !== undefined;
    if (isTypedAs && entry["manifest"] !== undefined)
      this.#report([...path, "typedAs"], `${ref} has both \`manifest\` and \`typedAs\`: one of them is right`, true);
    const facts = {
      ...(isTypedAs ? { typedAs: this.#match(entry, "typedAs", path, NAME, "a tag of the catalogue") } : {}),
      uses: this.#texts(entry["uses"], [...path, "uses"]),
      ...(entry["interface"] === undefined ? {} : { interface: this.#interface(entry, path) }),
    };
    if (entry["sha"] === undefined) {
      const unpinned = UNPINNED_REASONS.find((reason) => reason === entry["unpinned"]);
      if (entry["unpinned"] === undefined) this.#report(path, `${ref} has neither \`sha\` nor \`unpinned\``, true);
      else if (unpinned === undefined)
        this.#report([...path, "unpinned"], `\`unpinned\` must be one of: ${UNPINNED_REASONS.join(", ")}`);
      for (const name of ["tag", "branch"].filter((name) => entry[name] !== undefined))
        this.#report([...path, name], `\`${name}\` belongs to a \`sha\`, which is missing`, true);
      return { unpinned: unpinned ?? "unknown commit", ...(isTypedAs ? {} : { manifest: manifest() }), ...facts };
    }
    if (entry["unpinned"] !== undefined)
      this.#report([...path, "unpinned"], `${ref} has both \`sha\` and \`unpinned\`: one of them is right`, true);
    const sha = this.#sha(entry, path);
    if (uses.kind === "repository" && isSha(uses.ref) && sha !== "" && uses.ref.toLowerCase() !== sha)
      this.#report([...path, "sha"], `${ref} names another commit than its \`sha\``);
    const isPinAlone = entry["manifest"] === undefined && entry["interface"] === undefined;
    return {
      sha,
      ...this.#name(entry, "tag", path),
      ...this.#name(entry, "branch", path),
      ...(isPinAlone ? {} : { manifest: manifest() }),
      ...facts,
    };
  }

  #interface(entry: Readonly<Record<string, unknown>>, above: Path): ActionInterface {
    const path = [...above, "interface"];
    const before = this.problems.length;
    const value = this.#object(entry["interface"], path, "`interface`") ?? {};
    this.#knownKeys(value, ["using", "inputs", "outputs", "nested", "image"], path);
    const inputs = Object.entries(this.#object(value["inputs"], [...path, "inputs"], "`inputs`") ?? {});
    const found: ActionInterface = {
      using: this.#match(value, "using", path, /^\S+$/, "what the action runs on, as in `node24`"),
      inputs: new Map(inputs.map(([name, input]) => [name, this.#input(input, [...path, "inputs", name])])),
      outputs: this.#texts(value["outputs"], [...path, "outputs"]),
      nested: this.#texts(value["nested"], [...path, "nested"]),
      ...(value["image"] === undefined ? {} : { image: this.#match(value, "image", path, /^/, "a text") }),
    };
    if (this.problems.length === before && digestInterface(found) !== entry["manifest"])
      this.#report([...above, "manifest"], "`manifest` is not the digest of `interface`: add the action again");
    return found;
  }

  #input(value: unknown, path: Path): ActionInput {
    const input = this.#object(value, path, "an input");
    if (input === undefined) return { required: false };
    this.#knownKeys(input, ["required", "default", "deprecated", "description"], path);
    if (typeof input["required"] !== "boolean") this.#report([...path, "required"], "`required` must be true or false");
    const text = (key: string) =>
      input[key] === undefined ? {} : { [key]: this.#match(input, key, path, /^/, "a text") };
    return {
      required: input["required"] === true,
      ...text("default"),
      ...(input["deprecated"] === true ? { deprecated: true as const } : text("deprecated")),
      ...text("description"),
    };
  }

  #object(value: unknown, path: Path, what: string): Readonly<Record<string, unknown>> | undefined {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    this.#report(path, value === undefined ? `${what} is missing` : `${what} must be an object`);
    return undefined;
  }

  #texts(value: unknown, path: Path): readonly string[] {
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    this.#report(path, `\`${String(path.at(-1))}\` must be a list of texts`);
    return [];
  }

  #match(from: Readonly<Record<string, unknown>>, key: string, above: Path, pattern: RegExp, what: string): string {
    const value = from[key];
    if (typeof value === "string" && pattern.test(value)) return value;
    this.#report([...above, key], `\`${key}\` ${value === undefined ? "is missing: it is" : "must be"} ${what}`);
    return "";
  }

  #knownKeys(value: Readonly<Record<string, unknown>>, known: readonly string[], path: Path): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const near = nearestName(key, known);
      this.#report(
        [...path, key],
        `unknown key \`${key}\`${near === undefined ? "" : `; did you mean \`${near}\`?`}`,
        true,
      );
    }
  }

  #report(path: Path, message: string, key = false): void {
    this.problems.push({ path, key, message });
  }
}
