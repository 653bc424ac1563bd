// Schemas as TypeScript interfaces whose leaves are expressions. Equal bodies become one interface.

import { sharedInterfaceOf, sharedInterfaces } from "./shared-interfaces.mjs";

/**
 * Collects the interfaces that a set of schemas needs.
 * `shared` holds the merged shared objects; `isUntrusted` gets a path below `github.event`, with `*` for a list's elements.
 */
export function interfaceWriter(shared, isUntrusted) {
  const nameOfBody = new Map();
  const interfaces = new Map();
  let event;

  /** The type of a value at a path: an interface's name, or an expression. */
  function typeOf(schema, path) {
    if (schema.kind === "list") return listOf(typeOf(schema.item, [...path, "*"]));
    if (schema.kind === "leaf" && !isOnlyNull(schema)) return expressionType(schema.types, isUntrusted(path));
    const entry = schema.kind === "object" ? sharedInterfaceOf(schema.properties, nameAt(path)) : undefined;
    const { properties } = shared.get(entry?.name) ?? schema;
    if (properties === undefined || properties.size === 0) return isUntrusted(path) ? "UntrustedLoose" : "Loose";
    return interfaceFor(membersOf(properties, path), path, entry);
  }

  const isTainted = (type) => type.startsWith("Untrusted") || interfaces.get(type)?.isUntrusted === true;
  const listOf = (item) => (isTainted(item) ? `UntrustedList<${item}>` : `List<${item}>`);

  function membersOf(properties, path) {
    if (path.length > 16) throw new Error(`an interface contains itself: github.event.${path.join(".")}`);
    const present = [...properties].filter(([, schema]) => schema.kind !== "none").sort(byName);
    return present.map(([name, schema]) => ({ name, type: typeOf(schema, [...path, name]) }));
  }

  function interfaceFor(members, path, entry) {
    const body = bodyOf(members);
    const known = nameOfBody.get(body);
    if (known !== undefined) return known;
    const name = candidateNames([event, ...path], entry).find((candidate) => !interfaces.has(candidate));
    if (name === undefined) throw new Error(`no name is left for the interface at github.event.${path.join(".")}`);
    nameOfBody.set(body, name);
    interfaces.set(name, { body, isUntrusted: members.some(({ type }) => isTainted(type)) });
    return name;
  }

  return {
    /** The members of an event's payload. Its name is used where an interface needs one of its own. */
    payloadBody(schema, name) {
      event = name;
      return bodyOf(membersOf(schema.properties, []));
    },
    /** Body and trust of each interface, by name. */
    interfaces,
  };
}

function bodyOf(members) {
  return members.map(({ name, type }) => `readonly ${propertyName(name)}: ${type};`).join("\n");
}

/** The shared name, else the path's last word; if that is taken, with as many of the words before it as it takes. */
function candidateNames(path, entry) {
  const words = path.filter((name) => name !== "*").map(pascalCase);
  if (path.at(-1) === "*") words.push(singular(words.pop()));
  if (entry !== undefined && words.at(-1) !== entry.name) words.push(entry.name);
  const names = words.map((_, index) => words.slice(words.length - 1 - index).join(""));
  if (entry !== undefined) return [entry.name, entry.outside, ...names].filter((name) => name !== undefined);
  return names.filter((name) => !sharedInterfaces.some((shared) => shared.name === name));
}

/** The schemas know no value but null: nothing can be said of those that the runs will see. */
function isOnlyNull(schema) {
  return schema.types.size === 1 && schema.types.has("null");
}

function nameAt(path) {
  return path.findLast((name) => name !== "*");
}

function expressionType(types, isUntrusted) {
  const union = [...types].filter((type) => type !== "null").concat(types.has("null") ? "null" : []);
  if (!isUntrusted || !types.has("string")) return `Expr<${union.join(" | ")}>`;
  return union.length === 1 ? "Untrusted" : `Untrusted<${union.join(" | ")}>`;
}

function byName([a], [b]) {
  return a < b ? -1 : 1;
}

function propertyName(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function pascalCase(name) {
  return name
    .split(/[^A-Za-z0-9]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

function singular(name) {
  return name.replace(/ies$/, "y").replace(/ches$/, "ch").replace(/s$/, "");
}
