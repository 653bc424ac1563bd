import type { Comparison, Expression, FunctionCall, IndexAccess, Logical } from "./ast.ts";
import { callFunction } from "./call-function.ts";
import { hasLostOrder } from "./json-text.ts";
import type { Known, Result } from "./result.ts";
import { known, truthOf, unknown } from "./result.ts";
import type { Data, DataList, DataObject, Value } from "./values.ts";
import {
  areEqual,
  compare,
  isList,
  isObject,
  isPrimitive,
  OPEN,
  readProperty,
  toNumber,
  toText,
  UNKNOWN,
} from "./values.ts";

/** What an evaluation comes to. `truthy` is known more often than the value: `unknown && false` is falsy. */
export type Evaluation =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "unknown"; readonly truthy: boolean | undefined }
  | { readonly kind: "error"; readonly message: string };

/** Contexts by name; one that is left out is unknown, and so is every `UNKNOWN` in one and what an `openObject` lacks. */
export interface Contexts {
  readonly [name: string]: Data | typeof UNKNOWN;
}

export interface EvaluateOptions {
  /** What `success()`, `failure()` and `cancelled()` give, where it is known. */
  readonly status?: { readonly [name in "success" | "failure" | "cancelled"]?: boolean };
  /** GitHub gives up when the texts that an expression makes take more bytes than this. */
  readonly mostBytes?: number;
}

/** Source: `PipelineTemplateConstants.MaxResultSize` of the runner. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * Evaluates an expression as GitHub would, as far as its contexts are known. It never throws. What it says to be known stays
 * so when more becomes known, unless GitHub then fails, as `fromJSON` of what was unknown may.
 *
 * @example
 * evaluate(expression, { github: openObject({ event_name: "push" }) }); // { kind: "value", value: true }
 */
export function evaluate(expression: Expression, contexts: Contexts = {}, options: EvaluateOptions = {}): Evaluation {
  const result = new Evaluator(contexts, options).evaluate(expression);
  if (result.kind === "unknown") return { kind: "unknown", truthy: result.truthy };
  if (result.kind === "error") return result;
  if (isWhole(result.data)) return { kind: "value", value: result.data };
  return { kind: "unknown", truthy: true };
}

function isWhole(data: Data): data is Value {
  if (isPrimitive(data)) return true;
  if (isList(data)) return data.every((item) => item !== UNKNOWN && isWhole(item));
  if (data[OPEN] === true) return false;
  return Object.values(data).every((item) => item !== UNKNOWN && isWhole(item));
}

class Evaluator {
  readonly #contexts: DataObject;
  readonly #status: { readonly [name: string]: boolean };
  #bytesLeft: number;

  constructor(contexts: Contexts, options: EvaluateOptions) {
    this.#contexts = contexts;
    this.#status = options.status ?? {};
    this.#bytesLeft = options.mostBytes ?? MOST_BYTES;
  }

  evaluate(expression: Expression): Result {
    switch (expression.kind) {
      case "literal":
        return known(expression.value);
      case "context":
        return this.#context(expression.name);
      case "index":
        return this.#index(expression);
      case "filter": {
        const object = this.evaluate(expression.object);
        return object.kind === "value" ? filter(object) : object.kind === "unknown" ? unknown(true) : object;
      }
      case "call":
        return this.#call(expression);
      case "not": {
        const operand = this.evaluate(expression.operand);
        if (operand.kind === "error") return operand;
        const truth = truthOf(operand);
        return truth === undefined ? unknown() : known(!truth);
      }
      case "comparison":
        return this.#compare(expression);
      case "logical":
        return this.#logical(expression);
    }
  }

  #context(name: string): Result {
    const data = readProperty(this.#contexts, name);
    return data === undefined ? unknown() : known(data);
  }

  #call({ name, args }: FunctionCall): Result {
    const done: Result[] = [];
    return callFunction(name.toLowerCase(), args.length, {
      argument: (at) => (done[at] ??= args[at] === undefined ? known(null) : this.evaluate(args[at])),
      status: this.#status,
      // As `MemoryCounter` of the runner: the text, and what .NET keeps for every string.
      spend: (text) => (this.#bytesLeft -= 26 + 2 * text.length) >= 0,
    });
  }

  #index(access: IndexAccess): Result {
    const object = this.evaluate(access.object);
    if (object.kind === "unknown") return unknown(isFilterChain(access.object) ? true : undefined);
    if (object.kind === "error") return object;
    // GitHub does not evaluate the index of what has no properties.
    if (isPrimitive(object.data)) return known(null);
    const index = this.evaluate(access.index);
    if (index.kind !== "value") return index.kind === "unknown" ? unknown(object.filtered ? true : undefined) : index;
    if (object.filtered && isList(object.data)) return indexEach(object.data, index.data);
    const found = readIndex(object.data, index.data);
    if (found !== undefined) return known(found);
    return isObject(object.data) && object.data[OPEN] === true && isPrimitive(index.data) ? unknown() : known(null);
  }

  #compare({ operator, left: leftNode, right: rightNode }: Comparison): Result {
    const left = this.evaluate(leftNode);
    if (left.kind === "error") return left;
    const right = this.evaluate(rightNode);
    if (right.kind === "error") return right;
    if (left.kind === "unknown" || right.kind === "unknown") return unknown();
    switch (operator) {
      case "==":
        return known(areEqual(left.data, right.data));
      case "!=":
        return known(!areEqual(left.data, right.data));
      case "<":
        return known(compare(left.data, right.data) < 0);
      case ">":
        return known(compare(left.data, right.data) > 0);
      case "<=":
        return known(areEqual(left.data, right.data) || compare(left.data, right.data) < 0);
      case ">=":
        return known(areEqual(left.data, right.data) || compare(left.data, right.data) > 0);
    }
  }

  /**
   * The first operand that decides, else the last. Behind an unknown one only the truth can still be known: what fails there
   * is reached only if nothing before it decided.
   */
  #logical({ operator, operands }: Logical): Result {
    const deciding = operator === "||";
    let last: Result = known(null);
    let isSure = true;
    for (const operand of operands) {
      last = this.evaluate(operand);
      if (last.kind === "error") return isSure ? last : unknown(deciding);
      const truth = truthOf(last);
      if (truth === deciding) return isSure ? last : unknown(deciding);
      if (truth === undefined) isSure = false;
    }
    return isSure ? last : unknown();
  }
}

/** `a.*` and `a.*.b` are lists, whatever is in them. */
function isFilterChain(expression: Expression): boolean {
  return expression.kind === "filter" || (expression.kind === "index" && isFilterChain(expression.object));
}

/** `data.*`: the values of a list or an object, as a list whose next index goes to each of them. */
function filter({ data, filtered }: Known): Result {
  if (isPrimitive(data)) return known([], true);
  const values = valuesOf(data);
  if (values === undefined) return unknown(true);
  if (!filtered) return known(values, true);
  const inner: (Data | typeof UNKNOWN)[] = [];
  for (const item of values) {
    if (item === UNKNOWN) return unknown(true);
    const found = isPrimitive(item) ? [] : valuesOf(item);
    if (found === undefined) return unknown(true);
    inner.push(...found);
  }
  return known(inner, true);
}

function valuesOf(data: DataList | DataObject): DataList | undefined {
  // A copy: the filtered list is another object, and not equal to the first.
  if (isList(data)) return [...data];
  return data[OPEN] === true || hasLostOrder(data) ? undefined : Object.values(data);
}

/** An index on a filtered list: what each item has under it, without those that have nothing. */
function indexEach(items: DataList, index: Data): Result {
  const found: (Data | typeof UNKNOWN)[] = [];
  for (const item of items) {
    if (item === UNKNOWN) return unknown(true);
    if (isPrimitive(item)) continue;
    const value = readIndex(item, index);
    if (value !== undefined) found.push(value);
    // It may be there or not, and the length of the list depends on it.
    else if (isObject(item) && item[OPEN] === true) return unknown(true);
  }
  return known(found, true);
}

/** Undefined where there is nothing. */
function readIndex(data: DataList | DataObject, index: Data): Data | typeof UNKNOWN | undefined {
  if (isList(data)) {
    const at = Math.floor(toNumber(index));
    return at >= 0 ? data[at] : undefined;
  }
  return isPrimitive(index) ? readProperty(data, toText(index)) : undefined;
}
