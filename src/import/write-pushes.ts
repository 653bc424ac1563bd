import type { Entry, Mapping, Value } from "../ir/node.ts";
import { pushOptions } from "./accepted-types.ts";
import { propertyName } from "./code.ts";
import { camelCase } from "./identifiers.ts";
import { entryOf } from "./needed-jobs.ts";
import { listComments, type GatheredComments } from "./node-comments.ts";
import { pushSettings, type PlannedPush, type PushSetting } from "./planned-push.ts";
import { fieldOf } from "./type-model.ts";
import { ValueWriter } from "./write-values.ts";

/** Writes `push({ … })` in the place of steps, where that has been planned. */
export abstract class PushWriter extends ValueWriter {
  readonly #pushes: ReadonlyMap<Value, PlannedPush>;
  /** By id: the steps that mint a token for a push of the same list, and the constants that they have become. */
  #minting: ReadonlyMap<string, { constant?: string }> = new Map();

  constructor(root: Value, pushes: ReadonlyMap<Value, PlannedPush>) {
    super(root);
    this.#pushes = pushes;
  }

  /** Writes a list of steps, in which pushes find the steps that mint their tokens. */
  protected withMinting(items: readonly Value[], write: () => string): string {
    const before = this.#minting;
    const credentials = items.map((item) => this.#pushes.get(item)?.as);
    this.#minting = new Map(credentials.flatMap((as) => (as?.kind === "app" ? [[as.step, {}] as const] : [])));
    const code = write();
    this.#minting = before;
    return code;
  }

  /** Whether a push of the list asks for the token of this step. */
  protected mints(step: Mapping): boolean {
    return this.#minting.has(idOf(step));
  }

  /** A step that mints a token becomes a constant, for the push to name. */
  protected named(step: Mapping, code: string): string {
    const minting = this.#minting.get(idOf(step));
    if (minting === undefined) return code;
    const id = camelCase(idOf(step));
    minting.constant ??= this.code.declare({ name: this.code.identifiers.take(id, `${id}Step`), code });
    return minting.constant;
  }

  /** `push({ … })`, or undefined where the step stays what it is. */
  protected pushStep(step: Mapping): string | undefined {
    const push = this.#pushes.get(step);
    if (push === undefined) return undefined;
    const kept = step.entries.filter(isKept);
    const settings = Object.entries(pushSettings(push)).map(([name, value]) => `${name}: ${this.#setting(value)}`);
    const parts = [...this.parts(kept, pushOptions, { isItem: true }), `as: ${this.#credential(push)}`, ...settings];
    return `${this.code.use("push")}(${this.properties(parts, true)})`;
  }

  /** What stood beside the keys that are gone, and in the script, stands above the push. */
  protected override itemComments(item: Value): GatheredComments {
    const comments = super.itemComments(item);
    const push = this.#pushes.get(item);
    const left = push === undefined || item.kind !== "mapping" ? [] : [...goneComments(item), ...push.comments];
    if (left.length === 0) return comments;
    return { ...comments, above: [...comments.above.slice(0, -1), [...(comments.above.at(-1) ?? []), ...left]] };
  }

  #credential({ as }: PlannedPush): string {
    switch (as.kind) {
      case "github-token":
        return `${this.code.use("githubToken")}()`;
      case "pat":
        return `${this.code.use("pat")}(${this.code.text(as.secret)})`;
      case "deploy-key":
        return `${this.code.use("deployKey")}(${this.code.text(as.secret)})`;
      case "app":
        return `${this.code.use("appToken")}(${this.#minting.get(as.step)?.constant ?? camelCase(as.step)})`;
    }
  }

  #setting(value: PushSetting): string {
    if (typeof value === "string") return this.code.text(value);
    if (typeof value === "boolean") return String(value);
    if (Array.isArray(value)) return `[${value.map((each: PushSetting) => this.#setting(each)).join(", ")}]`;
    const properties = Object.entries(value).map(([name, each]) => `${propertyName(name)}: ${this.#setting(each)}`);
    return `{ ${properties.join(", ")} }`;
  }
}

function idOf(step: Mapping): string {
  const id = entryOf(step, "id");
  return id?.kind === "scalar" ? id.text : "";
}

function isKept({ key }: Entry): boolean {
  return fieldOf(pushOptions, key.text) !== undefined;
}

function goneComments(step: Mapping): readonly string[] {
  const gone = step.entries.filter((entry) => !isKept(entry));
  const isFirstGone = gone[0] !== undefined && gone[0] === step.entries[0];
  // What is above the step's first key is above the step.
  const found = listComments({ kind: "mapping", entries: gone }).filter(
    ({ path, place }) => path.length > 0 && !(isFirstGone && path.length === 1 && place === "above"),
  );
  return found.map(({ text }) => text);
}
