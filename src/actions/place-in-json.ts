import type { Node } from "yaml";
import { locate, sourceFile, type Location } from "../ir/span.ts";
import type { Path } from "../ir/origin.ts";

/**
 * Where a path stands in a JSON file: the value, or its key where `key` is asked for. JSON.parse keeps no positions, so the text
 * is read again, as YAML (which JSON is), only when there is something to report.
 */
export async function placeInJson(text: string, file: string, path: Path, key = false): Promise<Location> {
  const yaml = await import("yaml");
  let node: Node | null = yaml.parseDocument(text, { logLevel: "silent", uniqueKeys: false }).contents;
  let range = node?.range;
  for (const [depth, part] of path.entries()) {
    let next: Node | null | undefined;
    if (yaml.isMap<Node, Node | null>(node)) {
      // JSON.parse takes the last of equal keys.
      const pair = node.items.findLast((pair) => yaml.isScalar(pair.key) && pair.key.value === part);
      next = pair && (key && depth === path.length - 1 ? pair.key : pair.value);
    } else if (yaml.isSeq<Node>(node) && typeof part === "number") {
      next = node.items[part];
    }
    if (next === undefined || next === null) break;
    node = next;
    range = node.range;
  }
  const [start, end] = range ?? [0, 0];
  return locate({ file: sourceFile(file, text), start, end });
}

/** Where JSON.parse gave up: the position in its message, else where the text is no YAML either, else the end. */
export async function placeOfSyntaxError(text: string, file: string, error: SyntaxError): Promise<Location> {
  const offset = /\bat position (\d+)/.exec(error.message)?.[1];
  const yaml = await import("yaml");
  const start = offset ? Number(offset) : yaml.parseDocument(text, { logLevel: "silent" }).errors[0]?.pos[0];
  const at = Math.min(start ?? text.length, text.length);
  return locate({ file: sourceFile(file, text), start: at, end: Math.min(at + 1, text.length) });
}
