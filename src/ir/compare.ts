import type { Node } from "./any-node.ts";
import type { Value } from "./node.ts";
import type { Path } from "./origin.ts";
import { toValue } from "./to-value.ts";

/** Where two files first say different things. */
export interface Difference {
  readonly path: Path;
  readonly left: string;
  readonly right: string;
}

/**
 * Where two nodes first differ in what they say: kinds, keys and their order, and the values of scalars. Spans, origins,
 * comments, quoting, anchors and whether a collection stands on one line do not count.
 *
 * @param isExempt tells of a path whether what stands there may differ
 */
export function firstDifference(
  left: Node,
  right: Node,
  isExempt: (path: Path) => boolean = () => false,
): Difference | undefined {
  return differ(toValue(left), toValue(right), [], isExempt);
}

type IsExempt = (path: Path) => boolean;

function differ(left: Value, right: Value, path: Path, isExempt: IsExempt): Difference | undefined {
  if (isExempt(path)) return undefined;
  if (left.kind === "scalar" && right.kind === "scalar") {
    return Object.is(left.value, right.value) ? undefined : { path, left: describe(left), right: describe(right) };
  }
  if (left.kind === "sequence" && right.kind === "sequence") {
    for (let at = 0; at < Math.max(left.items.length, right.items.length); at++) {
      const found = differMissing(left.items[at], right.items[at], [...path, at], isExempt);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (left.kind === "mapping" && right.kind === "mapping") {
    for (let at = 0; at < Math.max(left.entries.length, right.entries.length); at++) {
      const [a, b] = [left.entries[at], right.entries[at]];
      const key = (a ?? b)?.key.text ?? "";
      if (a !== undefined && b !== undefined && a.key.text !== b.key.text) {
        return { path, left: `the key ${a.key.text}`, right: `the key ${b.key.text}` };
      }
      const found = differMissing(a?.value, b?.value, [...path, key], isExempt);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return { path, left: describe(left), right: describe(right) };
}

function differMissing(
  left: Value | undefined,
  right: Value | undefined,
  path: Path,
  isExempt: IsExempt,
): Difference | undefined {
  if (left !== undefined && right !== undefined) return differ(left, right, path, isExempt);
  return { path, left: describe(left), right: describe(right) };
}

function describe(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  if (value.kind === "sequence") return `a list of ${value.items.length}`;
  if (value.kind === "mapping") return `a mapping of ${value.entries.length}`;
  return `${value.value === null ? "null" : typeof value.value} ${JSON.stringify(value.value)}`;
}
