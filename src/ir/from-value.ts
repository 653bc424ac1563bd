import { actionShape } from "./shapes/action-shape.ts";
import type { ActionFile } from "./action-file.ts";
import type { FileNode, Node } from "./any-node.ts";
import { checkFile } from "./check/check-file.ts";
import { checkEventFilters, isEventFilters } from "./check/event-filters.ts";
import { hasExpression, isWholeExpression } from "./expression-text.ts";
import type { Entry, Mapping, NodeBase, Scalar, Sequence, Value } from "./node.ts";
import type { Path } from "./origin.ts";
import { repeatedKeys } from "./check/repeated-keys.ts";
import {
  fieldName,
  type EitherShape,
  type ListShape,
  type MapShape,
  type RecordShape,
  type ScalarShape,
  type Shape,
} from "./shapes/shape.ts";
import { nearestName } from "./suggest.ts";
import { MOST_PROBLEMS, type SyntaxProblem } from "./syntax-problem.ts";
import type { Workflow } from "./workflow.ts";
import { workflowShape } from "./shapes/workflow-shape.ts";
import { describeValue, scalarName, wrongScalar } from "./check/wrong-scalar.ts";

export type { SyntaxProblem } from "./syntax-problem.ts";

/** A scalar whose text is, or holds, an expression, and what that expression may use. */
export interface ExpressionSite {
  readonly scalar: Scalar;
  readonly shape: Pick<ScalarShape, "available" | "condition">;
  readonly path: Path;
}

/** A file under GitHub's syntax, with all that does not fit it. */
export interface Built<T> {
  readonly node: T;
  readonly problems: readonly SyntaxProblem[];
  readonly expressions: readonly ExpressionSite[];
}

/** Lays the syntax of a workflow over a file's content. Nothing is lost: what does not fit is kept under `unknown`. */
export function workflowFromValue(value: Mapping): Built<Workflow> {
  return build<Workflow>(workflowShape, value);
}

/** Lays the syntax of `action.yml` over a file's content. */
export function actionFromValue(value: Mapping): Built<ActionFile> {
  return build<ActionFile>(actionShape, value);
}

function build<T extends FileNode>(shape: RecordShape, value: Mapping): Built<T> {
  const builder = new Builder();
  const node = builder.record(shape, value) as T;
  return { node, problems: [...builder.problems, ...checkFile(node)], expressions: builder.expressions };
}

/** A record while its fields are being read. */
interface OpenRecord extends NodeBase {
  kind: string;
  readonly keys: readonly Scalar[];
  readonly unknown: readonly Entry[];
  readonly flow: boolean | undefined;
  [field: string]: unknown;
}

const MERGE_KEY = "<<";
const NO_EXPRESSION = "no expression may stand here: GitHub reads this key before any context exists";
const EMPTY_KEY = "this key is empty: GitHub wants a name";

class Builder {
  readonly problems: SyntaxProblem[] = [];
  readonly expressions: ExpressionSite[] = [];
  readonly #path: (string | number)[] = [];

  /** The node, or undefined where the value does not fit; then it has been reported. */
  any(shape: Shape, value: Value): unknown {
    switch (shape.shape) {
      case "scalar":
        return this.scalar(shape, value);
      case "list":
        return value.kind === "sequence" ? this.list(shape, value) : this.otherThan("a list", shape, value);
      case "map":
        return value.kind === "mapping" ? this.map(shape, value) : this.otherThan("a mapping", shape, value);
      case "record":
        return value.kind === "mapping" ? this.record(shape, value) : this.otherThan("a mapping", shape, value);
      case "either":
        return this.either(shape, value);
      case "any":
        return this.#anything(shape, value);
    }
  }

  record(shape: RecordShape, value: Mapping): Node {
    const { span, origin, comments, anchor, alias, flow } = value;
    const keys = value.entries.map(({ key }) => key);
    const unknown: Entry[] = [];
    const node: OpenRecord = { kind: shape.kind, keys, unknown, flow, span, origin, comments, anchor, alias };
    this.#entries(value, (entry) => {
      const key = entry.key.text;
      const field = shape.fields.get(key);
      if (field === undefined) {
        if (hasExpression(key)) this.#expressionKey(shape, entry.key);
        else this.#unknownKey(shape, entry.key);
        this.#collectExpressions(entry.value);
        unknown.push(entry);
        return;
      }
      const child = this.any(field.shape, entry.value);
      if (child === undefined || node[field.name] !== undefined) unknown.push(entry);
      else node[field.name] = child;
    });
    // What an expression stands for may bring the keys that are missing.
    if (shape.required.length > 0 && !keys.some(({ text }) => hasExpression(text))) {
      for (const key of shape.required) {
        if (!keys.some((known) => known.text === key)) this.#report("missing-key", `\`${key}\` is missing`, value);
      }
    }
    if (shape.madeBy !== undefined && node[fieldName(shape.madeBy.key)] === undefined) {
      node.kind = shape.madeBy.otherwise;
    }
    return node as unknown as Node;
  }

  #unknownKey({ fields, foreignKey }: RecordShape, key: Scalar): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    const reason = foreignKey?.(key.text);
    if (key.text === "") {
      this.#report("bad-value", EMPTY_KEY, key);
    } else if (reason !== undefined) {
      this.#report("unknown-key", reason, key);
    } else if (key.text === MERGE_KEY) {
      this.#report("unknown-key", "GitHub does not merge mappings: `<<` is a key like any other, and unknown", key);
    } else {
      const near = nearestName(key.text, fields.keys());
      const hint = near === undefined ? `known here: ${[...fields.keys()].join(", ")}` : `did you mean \`${near}\`?`;
      const isSlip = near !== undefined;
      this.#report("unknown-key", `GitHub knows no key \`${key.text}\` here; ${hint}`, key, "warning", isSlip);
    }
  }

  /** `${{ insert }}: …`: a key that is an expression may stand where expressions may. */
  #expressionKey({ available }: Pick<RecordShape, "available">, key: Scalar): void {
    if (available === undefined) this.#report("expression-not-allowed", NO_EXPRESSION, key);
    else this.expressions.push({ scalar: key, shape: { available }, path: this.#path.slice() });
  }

  scalar(shape: ScalarShape, value: Value): Scalar | undefined {
    if (value.kind !== "scalar") {
      this.#report("wrong-type", `expected ${scalarName(shape)}, found ${describeValue(value)}`, value);
      return undefined;
    }
    if (shape.condition || (typeof value.value === "string" && hasExpression(value.value))) {
      if (shape.available === undefined) {
        this.#report("expression-not-allowed", NO_EXPRESSION, value);
        return value;
      }
      this.expressions.push({ scalar: value, shape, path: this.#path.slice() });
      return value;
    }
    const problem = wrongScalar(shape, value);
    if (problem !== undefined) this.#report(shape.oneOf === undefined ? "wrong-type" : "bad-value", problem, value);
    return value;
  }

  list(shape: ListShape, value: Sequence): Sequence<unknown> {
    if (shape.needs !== undefined && value.items.length === 0) this.#report("missing-key", shape.needs, value);
    const items = this.#items(value, (item) => this.any(shape.of, item) ?? item);
    return sameItems(items, value.items) ? value : { ...value, items };
  }

  map(shape: MapShape, value: Mapping): Mapping<unknown> {
    if (shape.needs !== undefined && value.entries.length === 0) this.#report("missing-key", shape.needs, value);
    const entries: Entry<unknown>[] = [];
    let changed = false;
    this.#entries(value, (entry) => {
      const key = entry.key.text;
      if (hasExpression(key)) this.#expressionKey(shape, entry.key);
      else if (key === MERGE_KEY && entry.value.kind === "mapping")
        this.#report("unknown-key", "GitHub does not merge mappings: `<<` is a key like any other", entry.key);
      else if (key === "") this.#report("bad-value", EMPTY_KEY, entry.key);
      else {
        const wrong = shape.wrongKey?.(key);
        if (wrong !== undefined) {
          const { code, message, severity, isSlip } = wrong;
          this.#report(code, `\`${key}\`: ${message}`, entry.key, severity, isSlip);
        }
      }
      const of = shape.of instanceof Function ? shape.of(key) : shape.of;
      const child = of === undefined ? entry.value : (this.any(of, entry.value) ?? entry.value);
      if (isEventFilters(child)) {
        checkEventFilters(key, child, (code, message, node, isSlip) =>
          this.#report(code, message, node, "warning", isSlip),
        );
      }
      if (child !== entry.value) changed = true;
      entries.push(child === entry.value ? entry : { key: entry.key, value: child });
    });
    return changed ? { ...value, entries } : value;
  }

  either(shape: EitherShape, value: Value): unknown {
    const chosen = shape.choose(value);
    if (chosen !== undefined) return this.any(chosen, value);
    // A whole `${{ … }}` may stand for the collection that is expected here.
    if (value.kind === "scalar" && isWholeExpression(value.text)) {
      const collection = shape.choose({ kind: "mapping", entries: [] });
      if (collection !== undefined) return this.any(collection, value);
    }
    this.#report("wrong-type", `expected ${shape.expected}, found ${describeValue(value)}`, value);
    return undefined;
  }

  /** Another kind of value than the one expected: right only as a `${{ … }}` that stands for the whole. */
  otherThan(expected: string, shape: ListShape | MapShape | RecordShape, value: Value): unknown {
    if (value.kind === "scalar" && shape.available !== undefined && isWholeExpression(value.text)) {
      this.expressions.push({ scalar: value, shape: { available: shape.available }, path: this.#path.slice() });
      return value;
    }
    this.#report("wrong-type", `expected ${expected}, found ${describeValue(value)}`, value);
    return undefined;
  }

  #anything(shape: Pick<ScalarShape, "available">, value: Value): Value {
    if (value.kind === "scalar") {
      if (typeof value.value === "string" && hasExpression(value.value)) {
        this.expressions.push({ scalar: value, shape, path: this.#path.slice() });
      }
    } else if (value.kind === "sequence") {
      this.#items(value, (item) => this.#anything(shape, item));
    } else {
      this.#entries(value, (entry) => void this.#anything(shape, entry.value));
    }
    return value;
  }

  /** What stands under an unknown key may still hold expressions; nobody knows what they may use. */
  #collectExpressions(value: Value): void {
    this.#anything({ available: undefined }, value);
  }

  #items<T>(value: Sequence, each: (item: Value) => T): T[] {
    return value.items.map((item, index) => {
      this.#path.push(index);
      const result = each(item);
      this.#path.pop();
      return result;
    });
  }

  #entries(value: Mapping, each: (entry: Entry) => void): void {
    const repeats = repeatedKeys(value.entries);
    for (const entry of value.entries) {
      const key = entry.key.text;
      this.#path.push(key);
      const first = repeats?.get(entry.key);
      if (first !== undefined) {
        const as = first.text === key ? "" : ` as \`${first.text}\``;
        this.#report("duplicate-key", `\`${key}\` is already defined${as}`, entry.key);
      }
      each(entry);
      this.#path.pop();
    }
  }

  #report(
    code: SyntaxProblem["code"],
    message: string,
    node: Node,
    severity: SyntaxProblem["severity"] = "error",
    isSlip?: boolean,
  ): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push({ code, severity, message, node, path: this.#path.slice(), isSlip });
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((item, index) => item === b[index]);
}
