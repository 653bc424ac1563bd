import { nearestName } from "../ir/suggest.ts";
import type { Comparison, Expression } from "./ast.ts";
import { print, printLiteral } from "./print.ts";
import type { Type } from "./types.ts";
import { alternativesOf, describeType } from "./types.ts";
import { toNumber } from "./values.ts";

export interface Inequality {
  readonly message: string;
  /** What to put in the place of `culprit`. */
  readonly suggestion?: string;
  readonly culprit: Expression;
}

/** A list of values that is longer than this explains nothing. */
const MOST_VALUES = 10;

/** Why the two sides of a comparison are never equal. */
export function explainUnequal(comparison: Comparison, left: Type, right: Type): Inequality {
  const { operator } = comparison;
  const isSwapped = comparison.left.kind === "literal";
  const [subject, type] = isSwapped ? [comparison.right, right] : [comparison.left, left];
  const [other, otherType] = isSwapped ? [comparison.left, left] : [comparison.right, right];
  const verdict = `This comparison is ${operator === "==" ? "never true" : "always true"}: `;
  const said = print(subject);
  if (other.kind !== "literal" || typeof other.value !== "string") {
    const reason = `${said} is ${describeType(type)}, and ${print(other)} is ${describeType(otherType)}`;
    return { message: verdict + reason, culprit: comparison };
  }
  const { value } = other;
  const members = alternativesOf(type);
  const isLong = members.length > MOST_VALUES;
  const reason = `${verdict}${said} is ${isLong ? "" : `${describeType(type)}, and `}never ${printLiteral(value)}`;
  if (value === "workflow_call" && said.toLowerCase() === "github.event_name") {
    return { message: `${reason}: a workflow that is called sees its caller's event`, culprit: comparison };
  }
  const isTextOrNot = members.some((member) => member.kind !== "literal" || typeof member.value === "string");
  if (!isTextOrNot && Number.isNaN(toNumber(value))) {
    const message = `${reason}: GitHub compares the two as numbers, and that text is none`;
    const meant = value.toLowerCase();
    const isMeant = members.some((member) => member.kind === "literal" && String(member.value) === meant);
    return isMeant
      ? { message: `${message}. Leave out the quotes`, suggestion: meant, culprit: other }
      : { message, culprit: comparison };
  }
  const nearest = nearestName(value, members.flatMap(textOf));
  if (nearest === undefined) return { message: reason, culprit: comparison };
  const suggestion = printLiteral(nearest);
  return { message: `${reason}. Did you mean ${suggestion}?`, suggestion, culprit: other };
}

function textOf(type: Type): readonly string[] {
  return type.kind === "literal" && typeof type.value === "string" ? [type.value] : [];
}
