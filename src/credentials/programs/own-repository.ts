import type { Analysis } from "../analysis.ts";
import type { Formula } from "../conditions/formula.ts";
import { hasSymbol, type Text } from "../text.ts";
import type { World } from "../world.ts";

/** What `github.repository` is here: known, or said by a condition that holds: `if: github.repository == 'octo/app'`. */
export function ownRepository(world: World, { symbols, formulas, repository }: Analysis): OwnRepository {
  const own = repository ?? symbols.reference("github.repository", false);
  if (repository !== undefined) return { own, name: undefined };
  for (const [condition, holds] of world.facts) {
    const formula = holds ? formulas.get(condition) : undefined;
    const name = formula && nameIn(formula, own);
    if (name !== undefined) return { own, name };
  }
  return { own, name: undefined };
}

export interface OwnRepository {
  /** As URLs have it. */
  readonly own: Text;
  /** Where only a condition says it. */
  readonly name: string | undefined;
}

function nameIn(formula: Formula, own: Text): string | undefined {
  if (formula.kind === "all")
    return formula.formulas.map((inner) => nameIn(inner, own)).find((name) => name !== undefined);
  if (formula.kind !== "equal") return undefined;
  const { left, right } = formula;
  const name = left === own ? right : right === own ? left : "";
  return !hasSymbol(name) && /^[\w.-]+\/[\w.-]+$/.test(name) ? name : undefined;
}
