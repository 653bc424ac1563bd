import type { Node } from "../ir/any-node.ts";
import { DefinitionError, ReadError } from "../ir/errors.ts";
import type { Scalar } from "../ir/node.ts";
import { printPath, type Path } from "../ir/origin.ts";
import { locate, type Location } from "../ir/span.ts";
import { entriesOfAny } from "./entries.ts";

/** Says that no YAML file can hold a scalar's text. */
export function refuseText(root: Node, scalar: Scalar): never {
  refuse(
    root,
    scalar,
    "holds half of a surrogate pair, which is no character: a string was cut in the middle of one, such as an emoji. Cut it at a character's end",
  );
}

/** Says that a key is longer than YAML allows. */
export function refuseKey(root: Node, key: Scalar): never {
  refuse(root, key, `begins a key of ${key.text.length} characters, and YAML allows 1,024. Write a shorter key`);
}

function refuse(root: Node, scalar: Scalar, what: string): never {
  const path = pathOf(root, scalar) ?? scalar.origin?.path ?? [];
  const message = `\`${printPath(path)}\` ${what}`;
  const { span, origin } = scalar;
  if (span !== undefined) throw new ReadError(message, locate(span));
  throw new DefinitionError(message, locationOf(origin?.call?.place()));
}

function locationOf(
  place: { readonly file: string; readonly line: number; readonly column: number } | undefined,
): Location | undefined {
  if (place === undefined) return undefined;
  const { file, line, column } = place;
  return { file, startLine: line, startColumn: column, endLine: line, endColumn: column };
}

/** The path of a scalar below a node; a key's path is its value's. */
function pathOf(node: Node, scalar: Scalar, path: Path = []): Path | undefined {
  if (node === scalar) return path;
  if (node.kind === "scalar") return undefined;
  const children: readonly (readonly [string | number, Scalar | undefined, Node])[] =
    node.kind === "sequence"
      ? (node.items as readonly Node[]).map((item, index) => [index, undefined, item])
      : entriesOfAny(node).map(({ key, value }) => [key.text, key, value]);
  for (const [part, key, child] of children) {
    const found = key === scalar ? [...path, part] : pathOf(child, scalar, [...path, part]);
    if (found !== undefined) return found;
  }
  return undefined;
}
