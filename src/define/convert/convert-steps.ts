import type { Entry, Value } from "../../ir/node.ts";
import type { Origin } from "../../ir/origin.ts";
import { describe, isPlainObject, ValueConverter, type ReportThrown } from "./convert-value.ts";
import { expressionData } from "../expressions/expression-value.ts";
import {
  commentOn,
  definitionOf,
  unwrap,
  type ActionDefinition,
  type Options,
  type StepDefinition,
  type StepIntent,
  type WorkflowDefinition,
} from "../model.ts";
import { planPush } from "../push/plan-push.ts";
import { nameOf } from "../push/push-credential.ts";
import type { PushPlan } from "../push/push-plan.ts";
import { pushScript } from "../push/push-script.ts";
import { scriptText } from "../scripts/script-text.ts";

/** What a definition needs to know of the others. */
export interface ConvertContext {
  /**
   * How `uses` names the file that a definition becomes (`./.github/workflows/release.yml`, `./.github/actions/cache`), or
   * undefined where no source exports it.
   */
  readonly pathOf: (definition: WorkflowDefinition | ActionDefinition) => string | undefined;
  /**
   * Where given, a part that cannot be made is reported and left out, so that all that is wrong with a file is told; otherwise the
   * first is thrown.
   */
  readonly report?: ReportThrown | undefined;
}

/** Turns steps into their YAML, and remembers what only their definitions know. */
export abstract class StepConverter extends ValueConverter {
  readonly intents = new Map<Origin, StepIntent>();
  readonly #context: ConvertContext;

  constructor(context: ConvertContext) {
    super(context.report);
    this.#context = context;
  }

  /** An `if` is an expression without `${{ }}`, unless YAML would take its first character for something else. */
  protected condition(given: unknown): Value {
    if (commentOn(given) !== undefined) return this.commented(given, (condition) => this.condition(condition));
    const data = expressionData(given);
    if (data === undefined) return this.value(given);
    return this.text(/^[\w(]/.test(data.source) ? data.source : `\${{ ${data.source} }}`);
  }

  protected pathOf(definition: WorkflowDefinition | ActionDefinition): string {
    const path = this.#context.pathOf(definition);
    if (path !== undefined) return path;
    return this.fail(
      `this ${definition.is} is no source's default export, so it has no file that \`uses\` could name: give it a source of its own`,
    );
  }

  // ── Steps ─────────────────────────────────────────────────────────────────────────────────────────────────

  protected steps(given: unknown, around: Options, composite: boolean): Value {
    if (commentOn(given) !== undefined) return this.commented(given, (steps) => this.steps(steps, around, composite));
    if (!Array.isArray(given)) return this.value(given);
    return this.list(flatten(given), (item) => this.#step(item, around, composite));
  }

  #step(given: unknown, around: Options, composite: boolean): Value {
    if (commentOn(given) !== undefined) return this.commented(given, (step) => this.#step(step, around, composite));
    const definition = definitionOf(given);
    if (definition === undefined) {
      if (!isPlainObject(given)) return this.fail(`expected a step, found ${describe(given)}`);
      return this.#plainStep(given, around, composite, []);
    }
    if (definition.is !== "step") return this.fail(`expected a step, found ${describe(given)}`);
    return this.within(definition.call, () => {
      const options = this.settled(definition.options);
      switch (definition.builder) {
        case "uses":
          return this.#usesStep({ ...definition, options });
        case "run":
          return this.#plainStep(options, around, composite, ["outputs"]);
        case "push":
          return this.#pushStep({ ...definition, options });
      }
    });
  }

  #usesStep(definition: StepDefinition): Value {
    const origin = this.origin();
    const target = definitionOf(definition.uses);
    if (target?.is === "untyped") this.intents.set(origin, { kind: "untyped", ref: target.ref });
    else if (target === undefined) this.intents.set(origin, { kind: "typed", ref: String(unwrap(definition.uses)) });
    const uses = this.under("uses", () =>
      // A comment on another file's handle stands in that file.
      target?.is === "action"
        ? this.text(this.pathOf(target))
        : this.commented(definition.uses, (ref) => this.text(target?.is === "untyped" ? target.ref : String(ref))),
    );
    const rest = this.mapping(definition.options, (key, value) =>
      key === "if" ? this.condition(value) : this.value(value),
    );
    // A reader looks for what a step is first: its name, then what it uses.
    const first = rest.entries.findIndex(({ key }) => !["name", "id", "if"].includes(key.text));
    const at = first === -1 ? rest.entries.length : first;
    const entries = [...rest.entries.slice(0, at), this.entry("uses", uses), ...rest.entries.slice(at)];
    return { kind: "mapping", origin, entries };
  }

  /** A step whose keys are GitHub's; `run` may hold a script. */
  #plainStep(options: Options, around: Options, composite: boolean, dropped: readonly string[]): Value {
    const origin = this.origin();
    let added: ReadonlyMap<string, string> | undefined;
    const shell = shellOf(options, around);
    const made = this.mapping(options, (key, value) => {
      if (dropped.includes(key)) return undefined;
      if (key === "if") return this.condition(value);
      if (key === "parallel") return this.steps(value, around, composite);
      if (key !== "run") return this.value(value);
      const script = definitionOf(unwrap(value));
      if (script?.is !== "script") return this.value(value);
      return this.commented(value, () => {
        if ("unsafe" in script) {
          this.intents.set(origin, { kind: "unsafe-script", because: script.because });
          return this.text(script.unsafe);
        }
        const text = this.here(() =>
          scriptText(script, shell, this.#envTexts(options.env), (source) => this.resolve(source)),
        );
        added = text.env;
        return this.text(text.text);
      });
    });
    const entries = added === undefined ? made.entries : this.#withEnv(made.entries, added);
    const needsBash = added !== undefined && shell === undefined && !composite && mayRunOnWindows(around);
    const shown = needsBash
      ? insertBefore(
          entries,
          "run",
          this.under("shell", () => this.entry("shell", this.text("bash"))),
        )
      : entries;
    return { kind: "mapping", origin, entries: shown };
  }

  #envTexts(env: unknown): ReadonlyMap<string, string> {
    const plain = unwrap(env);
    if (!isPlainObject(plain)) return new Map();
    return new Map(
      Object.entries(plain).map(([name, value]) => {
        const data = expressionData(value);
        // No expression, so no value that a variable could already hold; what is no text will be refused.
        if (data === undefined) return [name, typeof value === "string" ? value : ""] as const;
        return [name, `\${{ ${this.resolve(data.source)} }}`] as const;
      }),
    );
  }

  #withEnv(entries: readonly Entry[], added: ReadonlyMap<string, string>): readonly Entry[] {
    if (added.size === 0) return entries;
    const variables = this.under("env", () =>
      [...added].map(([name, source]) => this.under(name, () => this.entry(name, this.text(`\${{ ${source} }}`)))),
    );
    const at = entries.findIndex(({ key }) => key.text === "env");
    const existing = entries[at];
    if (existing === undefined) {
      const env = this.under("env", () =>
        this.entry("env", { kind: "mapping", origin: this.origin(), entries: variables }),
      );
      return insertBefore(entries, "run", env);
    }
    if (existing.value.kind !== "mapping")
      return this.fail(
        "`env` is an expression here, so the values of sh`…` find no place in it: write it as a mapping",
      );
    const merged = { ...existing.value, entries: [...existing.value.entries, ...variables] };
    return entries.with(at, { key: existing.key, value: merged });
  }

  #pushStep(definition: StepDefinition): Value {
    const origin = this.origin();
    const { plan, intent, step } = planPush(definition, (value) => this.#written(value));
    this.intents.set(origin, intent);
    const script = this.here(() => pushScript(plan));
    const head = this.mapping(step, (key, value) => (key === "if" ? this.condition(value) : this.value(value)));
    const named = Object.hasOwn(step, "name") ? [] : [this.#field("name", pushName(plan))];
    const body: Entry[] = [];
    if (script.workingDirectory !== undefined) body.push(this.#field("working-directory", script.workingDirectory));
    body.push(this.#field("shell", script.shell));
    const variables = script.env.map(([name, text]) => this.#field(name, text));
    body.push(this.entry("env", { kind: "mapping", origin, entries: variables }), this.#field("run", script.script));
    return { kind: "mapping", origin, entries: [...named, ...head.entries, ...body] };
  }

  #field(key: string, text: string): Entry {
    return this.under(key, () => this.entry(key, this.text(text)));
  }

  /** A text option of `push`, with its expressions written out. */
  #written(value: unknown): string | undefined {
    if (value === undefined) return undefined;
    const made = this.value(unwrap(value));
    return made.kind === "scalar" ? made.text : this.fail(`expected a text, found ${describe(value)}`);
  }
}

/** Steps that stand in lists of their own are put in line; comments on such a list go to its first step. */
function flatten(steps: readonly unknown[]): readonly unknown[] {
  return steps.flatMap((step) => (Array.isArray(step) ? flatten(step) : [step]));
}

/** GitHub would show the script's first line. */
function pushName({ branch, tag, repository, credential }: PushPlan): string {
  const target = branch ?? (tag === undefined ? "refs" : `tag ${tag}`);
  return `Push ${target}${repository === undefined ? "" : ` to ${repository}`} as ${nameOf(credential)}`;
}

function insertBefore(entries: readonly Entry[], key: string, added: Entry): readonly Entry[] {
  const at = entries.findIndex((entry) => entry.key.text === key);
  return at === -1 ? [...entries, added] : entries.toSpliced(at, 0, added);
}

function shellOf(options: Options, around: Options): string | undefined {
  const own = unwrap(options.shell);
  if (typeof own === "string") return own;
  const defaults = unwrap(around.defaults);
  const run = isPlainObject(defaults) ? unwrap(defaults.run) : undefined;
  const shell = isPlainObject(run) ? unwrap(run.shell) : undefined;
  return typeof shell === "string" ? shell : undefined;
}

/** Whether a job's default shell may be pwsh: on Windows it is. */
function mayRunOnWindows(job: Options): boolean {
  const runsOn = unwrap(job["runs-on"]);
  const labels = typeof runsOn === "function" ? [runsOn] : Array.isArray(runsOn) ? runsOn : [runsOn];
  return labels.some(
    (label) =>
      typeof label === "function" ||
      expressionData(label) !== undefined ||
      (typeof label === "string" && /windows|\$\{\{/i.test(label)),
  );
}
