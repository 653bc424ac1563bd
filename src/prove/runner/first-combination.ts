import type { Mapping, Value as Node } from "../../ir/node.ts";
import type { Job } from "../../ir/workflow.ts";
import { areEqual, type Value } from "../../expressions/values.ts";
import { evaluateText, evaluateValue, type Scene } from "./evaluate.ts";

export type Combination = Readonly<Record<string, Value>>;

/**
 * The first of a matrix's jobs, and how many there are. docs.github.com, "Workflow syntax", jobs.<job_id>.strategy.matrix: `exclude` goes
 * before `include`, and an `include` that fits no combination is one of its own.
 *
 * @throws EvaluationError where the matrix is computed from what is not known
 */
export function firstCombination(
  { strategy }: Job,
  scene: Scene,
): { readonly first: Combination; readonly count: number } {
  const matrix = strategy?.kind === "strategy" ? strategy.matrix : undefined;
  if (matrix === undefined) return { first: {}, count: 1 };
  const plain = plainValue(matrix, scene);
  if (!isObject(plain)) return { first: {}, count: 1 };
  const { include, exclude, ...axes } = plain;
  let combinations: readonly Combination[] = Object.keys(axes).length === 0 ? [] : [{}];
  for (const [name, values] of Object.entries(axes)) {
    const list = Array.isArray(values) ? values : [values];
    combinations = combinations.flatMap((made) => list.map((value: Value) => ({ ...made, [name]: value })));
  }
  combinations = combinations.filter(
    (made) => !objectsIn(exclude).some((entry) => fits(entry, made, Object.keys(entry))),
  );
  const original = combinations;
  for (const entry of objectsIn(include)) {
    const shared = Object.keys(entry).filter((name) => name in axes);
    const fitting = original.flatMap((made, at) => (fits(entry, made, shared) ? [at] : []));
    if (fitting.length === 0) combinations = [...combinations, entry];
    else combinations = combinations.map((made, at) => (fitting.includes(at) ? { ...made, ...entry } : made));
  }
  return { first: combinations[0] ?? {}, count: Math.max(combinations.length, 1) };
}

function fits(entry: Combination, made: Combination, names: readonly string[]): boolean {
  return names.every((name) => {
    const [wanted, value] = [entry[name], made[name]];
    return wanted !== undefined && value !== undefined && isSame(wanted, value);
  });
}

function isSame(a: Value, b: Value): boolean {
  return areEqual(a, b) || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}

function objectsIn(value: Value | undefined): readonly Combination[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: Value | undefined): value is Combination {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plainValue(node: Node | Mapping, scene: Scene): Value {
  switch (node.kind) {
    case "scalar":
      if (typeof node.value !== "string") return node.value;
      return evaluateValue(node.text, scene) ?? evaluateText(node.text, scene);
    case "sequence":
      return node.items.map((item) => plainValue(item, scene));
    case "mapping":
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainValue(value, scene)]));
  }
}
