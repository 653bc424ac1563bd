import { basename, dirname, relative } from "node:path/posix";
import type { Entry, Mapping, Scalar, Value } from "../ir/node.ts";
import { actionName, parseUses } from "../ir/uses-ref.ts";
import { acceptedInputs } from "./accepted-inputs.ts";
import { plainStep, runOptions, texts, usesOptions } from "./accepted-types.ts";
import type { HandleTarget } from "./handle-targets.ts";
import { camelCase, pascalCase } from "./identifiers.ts";
import type { ImportContext, PinnedRef } from "./import-context.ts";
import { hasComments, type GatheredComments } from "./node-comments.ts";
import { anything, fits, step, type Accepted, type Picked } from "./type-model.ts";
import { placeOfUses } from "./place-uses.ts";
import { PushWriter } from "./write-pushes.ts";

/** Scripts that hold text of an outsider, with the expressions' paths. */
export type UnsafeScripts = ReadonlyMap<Scalar, readonly string[]>;

/** The first argument of `uses`, and what the inputs take. */
interface WrittenAction {
  readonly code: string;
  readonly inputs: Accepted;
}

/** A step that stands so often in a file gets a name. */
const WORTH_A_NAME = 3;

/** Writes steps with the builders `uses` and `run`, and those that a file repeats as constants. */
export abstract class StepWriter extends PushWriter {
  readonly #context: ImportContext;
  /** The path of the source that is being written. */
  readonly #source: string;
  /** What stands as a handle in the place of these refs. */
  readonly #handles = new Map<Scalar, HandleTarget>();
  readonly #unsafe: UnsafeScripts;
  /** By code: how often a step stands in the file, and the constant that it has become. */
  readonly #repeated = new Map<string, { count: number; constant: string | undefined }>();

  constructor(root: Value, source: string, context: ImportContext, unsafe: UnsafeScripts) {
    super(root, context.pushes);
    this.#source = source;
    this.#context = context;
    this.#unsafe = unsafe;
  }

  /** Counts steps, before any is written for good. */
  protected countSteps(lists: readonly Value[]): void {
    for (const value of lists.flatMap((steps) => (steps.kind === "sequence" ? steps.items : []))) {
      if (value.kind !== "mapping") continue;
      const code = this.#written(value);
      const known = this.#repeated.get(code);
      if (known === undefined) this.#repeated.set(code, { count: 1, constant: undefined });
      else known.count++;
    }
    this.notes.length = 0;
  }

  protected override steps(value: Value): string {
    if (value.kind !== "sequence") return "[]";
    return this.withMinting(value.items, () => this.list(value.items, (item) => this.value(item, step)));
  }

  protected override step(value: Value): string {
    if (value.kind !== "mapping") return "{}";
    const code = this.#written(value);
    if (this.mints(value)) return this.named(value, code);
    const repeated = this.#repeated.get(code);
    if (repeated === undefined || repeated.count < WORTH_A_NAME) return code;
    const names = constantNames(value);
    // What has an `id` is one step of its job; comments would be repeated.
    if (names.length === 0 || hasKey(value, "id") || code.includes("comment")) return code;
    repeated.constant ??= this.code.declare({ name: this.code.identifiers.take(...names), code });
    return repeated.constant;
  }

  #written(value: Mapping): string {
    return (
      this.pushStep(value) ??
      this.#usesStep(value) ??
      this.#runStep(value) ??
      this.object(value.entries, plainStep, { isItem: true })
    );
  }

  // ── run ───────────────────────────────────────────────────────────────────────────────────────────────────

  #runStep(value: Mapping): string | undefined {
    if (!hasKey(value, "run") || hasKey(value, "uses")) return undefined;
    return `${this.code.use("run")}(${this.object(value.entries, runOptions, { isItem: true })})`;
  }

  protected override script(value: Value): string {
    if (value.kind !== "scalar") return '""';
    const paths = this.#unsafe.get(value);
    if (paths === undefined) return this.scalar(value, anything);
    const because = JSON.stringify(`imported with ${paths.join(", ")} in it`);
    this.note("unsafe-script", `${paths.join(", ")}: text that an outsider chooses stands in this script`, value);
    return `${this.code.use("unsafeScript")}(${this.text(value)}, { because: ${because} })`;
  }

  // ── uses ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** `uses(…)`, or undefined where it takes no such ref, or would part a comment from what it stands above. */
  #usesStep(value: Mapping): string | undefined {
    const index = value.entries.findIndex(({ key }) => key.text === "uses");
    const entry = value.entries[index];
    if (entry?.value.kind !== "scalar" || typeof entry.value.value !== "string" || hasKey(value, "run"))
      return undefined;
    const rest = value.entries.toSpliced(index, 1);
    if (index !== placeOfUses(rest) && value.entries.some(({ key }, at) => at > 0 && key.comments?.before))
      return undefined;
    const inputs = rest.find(({ key }) => key.text === "with")?.value;
    const comments = this.commentsOf(entry, index === 0);
    const outputs = this.mints(value) ? ["token"] : [];
    const action = this.#handledAction(entry.value, inputs, comments) ?? this.#action(entry.value, inputs, outputs);
    if (action === undefined) return undefined;
    const ref = this.withComments(comments, action.code);
    const options = this.object(rest, usesOptions(action.inputs), { isItem: index > 0 });
    return `${this.code.use("uses")}(${rest.length === 0 ? ref : `${ref}, ${options}`})`;
  }

  /** @param outputs that are asked for */
  #action(uses: Scalar, inputs: Value | undefined, outputs: readonly string[]): WrittenAction | undefined {
    const { ref } = this.#pinned(uses);
    const known = this.#context.interfaceOf(ref);
    if (known !== undefined) {
      const accepted = acceptedInputs(ref, known);
      if (fits(accepted, inputs ?? NO_INPUTS)) return { code: this.code.text(ref), inputs: accepted };
    }
    if (parseUses(ref).kind === "repository") {
      const why = known === undefined ? "has no bindings" : "does not take these inputs, by its bindings";
      this.note("untyped-action", `${ref} ${why}, so it is untyped`, uses);
      const options = outputs.length === 0 ? "" : `, { outputs: ${JSON.stringify(outputs)} }`;
      return { code: `${this.code.use("untyped")}(${this.code.text(ref)}${options})`, inputs: texts };
    }
    const isPath = /^(?:\.\/|\$\/|docker:\/\/)/.test(ref);
    return isPath && known === undefined ? { code: this.code.text(ref), inputs: texts } : undefined;
  }

  /** An action whose source is imported too. */
  #handledAction(uses: Scalar, inputs: Value | undefined, comments: GatheredComments): WrittenAction | undefined {
    const target = this.#context.handles.get(uses.text);
    // A comment on the handle would stand in the action's own file.
    if (target?.kind !== "action" || hasComments(comments) || !fits(target.inputs, inputs ?? NO_INPUTS))
      return undefined;
    return { code: this.#handle(target), inputs: target.inputs };
  }

  /** The workflow that a job calls, where it can be called by its handle: from then on that stands in the ref's place. */
  protected callByHandle(job: Mapping): HandleTarget | undefined {
    const valueOf = (name: string): Value | undefined => job.entries.find(({ key }) => key.text === name)?.value;
    const entry = job.entries.find(({ key }) => key.text === "uses");
    const uses = entry?.value;
    const target = uses?.kind === "scalar" ? this.#context.handles.get(uses.text) : undefined;
    if (entry === undefined || uses?.kind !== "scalar" || target?.kind !== "workflow") return undefined;
    if (uses.anchor !== undefined || uses.alias !== undefined || hasComments(this.commentsOf(entry, false)))
      return undefined;
    const secrets = valueOf("secrets");
    const isInherited = secrets?.kind === "scalar" && secrets.value === "inherit";
    if (!fits(target.inputs, valueOf("with") ?? NO_INPUTS)) return undefined;
    if (!isInherited && !fits(target.secrets, secrets ?? NO_INPUTS)) return undefined;
    this.#handles.set(uses, target);
    return target;
  }

  #handle({ source, kind }: HandleTarget): string {
    const path = relative(dirname(this.#source), source);
    const name = camelCase(basename(source).replace(/(?:\.ya?ml)?\.ts$/, ""));
    return this.code.handle(path.startsWith(".") ? path : `./${path}`, name, `${name}${pascalCase(kind)}`);
  }

  #pinned(uses: Scalar): PinnedRef {
    return this.#context.pins.get(uses) ?? { ref: uses.text, comment: uses.comments?.trailing };
  }

  // The ref of a plain step and of a job that calls.
  protected override scalar(value: Scalar, picked: Picked): string {
    const target = this.#handles.get(value);
    if (target !== undefined) return this.#handle(target);
    const pinned = this.#context.pins.get(value);
    return pinned === undefined ? super.scalar(value, picked) : this.code.text(pinned.ref);
  }

  /** Without the tag behind a commit: the lock file brings it back. */
  protected override commentsOf(entry: Entry, isFirstOfItem: boolean): GatheredComments {
    const { value } = entry;
    const pinned = value.kind === "scalar" ? this.#context.pins.get(value) : undefined;
    if (pinned === undefined) return super.commentsOf(entry, isFirstOfItem);
    const comments = { ...value.comments, trailing: pinned.comment };
    return super.commentsOf({ key: entry.key, value: { ...value, comments } as Scalar }, isFirstOfItem);
  }
}

const NO_INPUTS: Mapping = { kind: "mapping", entries: [] };

function hasKey({ entries }: Mapping, name: string): boolean {
  return entries.some(({ key }) => key.text === name);
}

/** What a step that is repeated could be called, the best name first; none: it is better written out each time. */
function constantNames({ entries }: Mapping): readonly string[] {
  const valueOf = (name: string): Value | undefined => entries.find(({ key }) => key.text === name)?.value;
  const textOf = (value: Value | undefined): string => (value?.kind === "scalar" ? value.text : "");
  const title = textOf(valueOf("name"));
  const byTitle = title.includes("${{") || title.length > 40 ? "" : camelCase(title.replace(/[^\w\s-]/g, " "));
  const uses = parseUses(textOf(valueOf("uses")));
  if (uses.kind !== "repository") return byTitle === "" ? [] : [byTitle];
  const action = camelCase(actionName(uses).slice(uses.owner.length + 1));
  const inputs = valueOf("with");
  const [first] = inputs?.kind === "mapping" ? inputs.entries : [];
  return [action, ...(first === undefined ? [] : [`${action}With${pascalCase(first.key.text)}`]), byTitle];
}
