import { nearestName } from "../ir/suggest.ts";
import type { IndexAccess } from "./ast.ts";
import { isName } from "./ast.ts";
import { listNames } from "./available-names.ts";
import { print, printLiteral } from "./print.ts";
import type { Type } from "./types.ts";
import { alternativesOf, describeType } from "./types.ts";

export interface Explanation {
  readonly message: string;
  readonly suggestion?: string;
}

/** Why an object of this type has no such property, and what was meant. */
export function explainMissing(access: IndexAccess, object: Type, name: string): Explanation {
  const owner = print(access.object);
  const missing = `has no property '${name}'`;
  // Null is an object that is sometimes not there.
  const members = alternativesOf(object).filter((member) => member.kind !== "literal" || member.value !== null);
  if (members.some((member) => member.kind === "list" && !member.isFiltered)) {
    return { message: `${owner} is a list and ${missing}: write ${owner}.*.${name} for that of every item` };
  }
  const names = [...new Set(members.flatMap(namesIn))];
  if (names.length === 0 && members.every(({ kind }) => kind !== "object" && kind !== "list")) {
    const isJson = members.length > 0 && members.every(({ kind }) => kind === "string");
    const advice = isJson ? `. If it holds JSON, write fromJSON(${owner}).${name}` : "";
    return { message: `${owner} is ${describeType(object)} and ${missing}${advice}` };
  }
  const isQuoted = access.index.end - access.index.start !== name.length;
  const nearest = nearestName(name, isQuoted ? names : names.filter(isName));
  if (nearest !== undefined) {
    const suggestion = isQuoted ? printLiteral(nearest) : nearest;
    return { message: `${owner} ${missing}. Did you mean '${nearest}'?`, suggestion };
  }
  return { message: `${owner} ${missing}. ${names.length === 0 ? "It has none" : `It has ${listNames(names)}`}` };
}

/** The names of the properties that an object has, or that the items of a list have. */
function namesIn(type: Type): readonly string[] {
  if (type.kind === "list") return alternativesOf(type.items).flatMap(namesIn);
  return type.kind === "object" ? [...type.properties.values()].map((property) => property.name) : [];
}
