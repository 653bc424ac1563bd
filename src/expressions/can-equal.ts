import type { Type } from "./types.ts";
import { alternativesOf } from "./types.ts";
import { areEqual, foldCase, toNumber } from "./values.ts";

/** Whether two expressions of these types can be equal, by GitHub's rules. */
export function canBeEqual(left: Type, right: Type): boolean {
  if (left.kind === "any" || right.kind === "any") return true;
  return alternativesOf(left).some((a) => alternativesOf(right).some((b) => canMembersBeEqual(a, b)));
}

function canMembersBeEqual(a: Type, b: Type): boolean {
  if (a.kind === "literal" && b.kind === "literal") return areEqual(a.value, b.value);
  if (a.kind === "literal") return canMembersBeEqual(b, a);
  switch (a.kind) {
    case "object":
    case "list":
      return b.kind === a.kind;
    case "string":
      if (b.kind === "object" || b.kind === "list") return false;
      if (b.kind !== "literal") return true;
      // Anything but a text is compared as a number, and some text is that number.
      if (typeof b.value !== "string") return !Number.isNaN(toNumber(b.value));
      return a.prefix === undefined || foldCase(b.value).startsWith(foldCase(a.prefix));
    case "number":
      if (b.kind === "object" || b.kind === "list") return false;
      return b.kind !== "literal" || !Number.isNaN(toNumber(b.value));
    default:
      return true;
  }
}
