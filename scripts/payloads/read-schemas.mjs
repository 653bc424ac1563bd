// The TypeScript text of GitHub's webhook schemas, as plain schema values. Only the shapes that openapi-typescript writes occur.

import { readFileSync } from "node:fs";
import { ts } from "ts-morph";
import { mergeSchemas } from "./merge-schemas.mjs";

/**
 * A schema is one of
 *   { kind: "leaf", types: Set<string> }          the TypeScript texts of its scalar types, "null" among them
 *   { kind: "object", properties: Map<string, Schema> }
 *   { kind: "list", item: Schema }
 *   { kind: "loose" }                             GitHub fixes no shape
 *   { kind: "none" }                              nothing can be here
 */

/** The named schemas of the file, each converted when first asked for. */
export function readSchemas(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const components = source.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === "components",
  );
  const schemas = components.members.find((member) => member.name.text === "schemas").type;
  const declarations = new Map(schemas.members.map((member) => [member.name.text, member.type]));
  const done = new Map();
  const schemaOf = (name) => {
    if (!done.has(name)) {
      done.set(name, { kind: "loose" }); // stands for itself inside a recursive schema
      done.set(name, toSchema(declarations.get(name), schemaOf));
    }
    return done.get(name);
  };
  return { has: (name) => declarations.has(name), get: schemaOf };
}

function toSchema(node, schemaOf) {
  const convert = (child) => toSchema(child, schemaOf);
  if (ts.isParenthesizedTypeNode(node)) return convert(node.type);
  if (ts.isTypeOperatorNode(node)) return convert(node.type);
  if (ts.isArrayTypeNode(node)) return { kind: "list", item: convert(node.elementType) };
  // openapi-typescript writes an array of mixed items as a tuple of them.
  if (ts.isTupleTypeNode(node)) return { kind: "list", item: mergeSchemas(node.elements.map(convert)) };
  if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) return mergeSchemas(node.types.map(convert));
  if (ts.isIndexedAccessTypeNode(node)) return schemaOf(node.indexType.literal.text);
  if (ts.isTypeLiteralNode(node)) return objectSchema(node, convert);
  if (ts.isTypeReferenceNode(node)) {
    if (node.typeName.text === "Record") return { kind: "object", properties: new Map() };
    if (node.typeName.text === "OneOf") return mergeSchemas(node.typeArguments[0].elements.map(convert));
  }
  if (ts.isLiteralTypeNode(node)) return leaf(literalText(node.literal));
  const scalar = scalars.get(node.kind);
  if (scalar !== undefined) return scalar;
  throw new Error(`a kind of type that the reader does not know: ${ts.SyntaxKind[node.kind]}`);
}

function objectSchema(node, convert) {
  const properties = node.members.filter(ts.isPropertySignature);
  if (properties.length === 0 && node.members.length > 0) return { kind: "loose" }; // only `[key: string]: unknown`
  return { kind: "object", properties: new Map(properties.map((member) => [member.name.text, convert(member.type)])) };
}

const leaf = (text) => ({ kind: "leaf", types: new Set([text]) });

const scalars = new Map([
  [ts.SyntaxKind.StringKeyword, leaf("string")],
  [ts.SyntaxKind.NumberKeyword, leaf("number")],
  [ts.SyntaxKind.BooleanKeyword, leaf("boolean")],
  [ts.SyntaxKind.UnknownKeyword, { kind: "loose" }],
  [ts.SyntaxKind.UndefinedKeyword, { kind: "none" }],
  [ts.SyntaxKind.NeverKeyword, { kind: "none" }],
]);

function literalText(literal) {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return "null";
  if (literal.kind === ts.SyntaxKind.TrueKeyword || literal.kind === ts.SyntaxKind.FalseKeyword) return "boolean";
  return ts.isStringLiteral(literal) ? JSON.stringify(literal.text) : literal.text;
}
