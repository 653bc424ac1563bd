import type { Type } from "./types.ts";
import { alternativesOf, ANY, listOf, NULL, union } from "./types.ts";

/** The type of a property; undefined where there is certainly none. */
export function propertyType(object: Type, name: string): Type | undefined {
  if (object.kind === "any") return ANY;
  const found: Type[] = [];
  let isMissingSomewhere = false;
  for (const member of alternativesOf(object)) {
    const type = ownPropertyType(member, name);
    if (type === undefined) isMissingSomewhere = true;
    else found.push(type);
  }
  if (found.length === 0) return undefined;
  return isMissingSomewhere ? union(...found, NULL) : union(...found);
}

function ownPropertyType(object: Type, name: string): Type | undefined {
  if (object.kind === "object") return object.properties.get(name.toLowerCase())?.type ?? object.rest;
  if (object.kind !== "list" || !object.isFiltered) return undefined;
  const items = propertyType(object.items, name);
  return items === undefined ? undefined : listOf(items, true);
}

/** The type of `object[index]` for an index that is not one fixed text. */
export function elementType(object: Type): Type {
  const types = alternativesOf(object).map((member) => {
    if (member.kind === "list") return member.isFiltered ? ANY : union(member.items, NULL);
    return member.kind === "object" ? ANY : NULL;
  });
  return object.kind === "any" ? ANY : union(...types);
}

/** The type of `object.*`. */
export function filterType(object: Type): Type {
  if (object.kind === "any") return listOf(ANY, true);
  const items = alternativesOf(object).flatMap((member): readonly Type[] => {
    if (member.kind === "list") return member.isFiltered ? [valuesType(member.items)] : [member.items];
    return member.kind === "object" ? [valuesType(member)] : [];
  });
  return listOf(items.length === 0 ? ANY : union(...items), true);
}

function valuesType(type: Type): Type {
  const types = alternativesOf(type).flatMap((member): readonly Type[] => {
    if (member.kind === "list") return [member.items];
    if (member.kind !== "object") return [];
    const known = [...member.properties.values()].map((property) => property.type);
    return member.rest === undefined ? known : [...known, member.rest];
  });
  return types.length === 0 ? ANY : union(...types);
}

/** What is left of a type once it is known to count as true, or as false. */
export function narrowTo(type: Type, truth: boolean): Type | undefined {
  if (type.kind === "any") return ANY;
  const left = alternativesOf(type).flatMap((member): readonly Type[] => {
    switch (member.kind) {
      case "literal": {
        const isTruthy = Boolean(member.value);
        return isTruthy === truth ? [member] : [];
      }
      case "string":
        return truth ? [member] : [{ kind: "literal", value: "" }];
      case "number":
        return [member];
      case "object":
      case "list":
        return truth ? [member] : [];
    }
  });
  return left.length === 0 ? undefined : union(...left);
}
