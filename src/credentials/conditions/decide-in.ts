import type { Analysis } from "../analysis.ts";
import { describeFact, type Facts } from "../world.ts";
import { decide, type Taken } from "./decide.ts";
import type { Text } from "../text.ts";
import { equal, type Formula } from "./formula.ts";

/** Whether a formula holds in a world. */
export function decideIn(formula: Formula, facts: Facts, { formulas, starts, symbols }: Analysis): boolean | undefined {
  const taken = [...facts].flatMap(([text, holds]): readonly Taken[] => {
    const known = formulas.get(text);
    return known === undefined ? [] : [{ formula: known, holds }];
  });
  return decide(formula, taken, starts, symbols);
}

/** Whether a condition as people read it (`secrets.PAT is empty, and github.ref == 'x'`) cannot be where the facts hold. */
export function isContradicted(when: string | undefined, facts: Facts, analysis: Analysis): boolean {
  if (when === undefined) return false;
  const parts = when.split(", and ");
  for (const [condition, holds] of facts)
    if (!condition.includes("\0") && parts.includes(describeFact(condition, !holds))) return true;
  const formulas = parts.flatMap((part) => analysis.formulas.get(part) ?? []);
  return formulas.length > 0 && decideIn({ kind: "all", formulas }, facts, analysis) === false;
}

/** What is not set where the facts hold: each a symbol. */
export function emptyIn(facts: Facts, analysis: Analysis): ReadonlySet<Text> {
  const asked = new Set<Text>();
  for (const text of facts.keys()) {
    const formula = analysis.formulas.get(text);
    if (formula !== undefined) findAskedForEmpty(formula, asked);
  }
  return new Set([...asked].filter((symbol) => decideIn(equal(symbol, ""), facts, analysis) === true));
}

function findAskedForEmpty(formula: Formula, asked: Set<Text>): void {
  switch (formula.kind) {
    case "equal":
      if (formula.right === "" && formula.left.length === 1) asked.add(formula.left);
      else if (formula.left === "" && formula.right.length === 1) asked.add(formula.right);
      return;
    case "not":
      findAskedForEmpty(formula.formula, asked);
      return;
    case "all":
    case "any":
      for (const inner of formula.formulas) findAskedForEmpty(inner, asked);
      return;
    case "known":
    case "call":
  }
}
