// One schema for values of several: what an action of an event, or an occurrence of an object, lacks is empty at run time.

/** Merges objects property by property, and unites scalars. Different kinds give a loose schema, as nothing can be said. */
export function mergeSchemas(schemas) {
  return schemas.reduce(mergeTwo, { kind: "none" });
}

function mergeTwo(a, b) {
  if (isNothing(a)) return orNull(b, a);
  if (isNothing(b)) return orNull(a, b);
  if (a.kind !== b.kind) return mergeDifferent(a, b);
  if (a.kind === "object") return { kind: "object", properties: mergeProperties(a.properties, b.properties) };
  if (a.kind === "list") return { kind: "list", item: mergeTwo(a.item, b.item) };
  if (a.kind === "leaf") return { kind: "leaf", types: withoutSubsumed(new Set([...a.types, ...b.types])) };
  return a;
}

const isNull = (schema) => schema.kind === "leaf" && schema.types.size === 1 && schema.types.has("null");
const isNothing = (schema) => schema.kind === "none" || isNull(schema);

/** An object or a list that may be null stays navigable: what is below null is empty. A scalar keeps its null. */
function orNull(schema, nothing) {
  if (schema.kind === "none") return nothing;
  if (schema.kind !== "leaf" || nothing.kind === "none") return schema;
  return { kind: "leaf", types: new Set([...schema.types, "null"]) };
}

function mergeDifferent(a, b) {
  const isEmpty = (schema) => schema.kind === "object" && schema.properties.size === 0;
  const [loose, other] = a.kind === "loose" || isEmpty(a) ? [a, b] : [b, a];
  // A known object says more than `{ [key: string]: unknown }`, with which the schemas stand for "some of its properties".
  if (loose.kind === "loose" && other.kind === "object") return other;
  return { kind: "loose" };
}

function mergeProperties(a, b) {
  const merged = new Map(a);
  for (const [name, schema] of b) merged.set(name, merged.has(name) ? mergeTwo(merged.get(name), schema) : schema);
  return merged;
}

function withoutSubsumed(types) {
  if (!types.has("string") && !types.has("number")) return types;
  const isSubsumed = (type) =>
    (types.has("string") && type.startsWith('"')) || (types.has("number") && /^-?\d/.test(type));
  return new Set([...types].filter((type) => !isSubsumed(type)));
}
