import type { Lock } from "../actions/lock.ts";
import { pinUses } from "../actions/pin-uses.ts";
import type { ConvertContext } from "../define/convert/convert-steps.ts";
import type { ActionDefinition, WorkflowDefinition } from "../define/model.ts";
import { actionToIr, fileDefinition, workflowToIr } from "../define/convert/to-ir.ts";
import { emitFile } from "../emit/emit-file.ts";
import { firstDifference } from "../ir/compare.ts";
import type { Value } from "../ir/node.ts";
import { printPath, type Path } from "../ir/origin.ts";
import { toValue } from "../ir/to-value.ts";
import { readFile, type ReadResult } from "../read/read-file.ts";
import { entryOf } from "./needed-jobs.ts";
import { listComments, type FileComment } from "./node-comments.ts";
import { withUsesInPlace } from "./place-uses.ts";
import { NO_PUSHES } from "./planned-push.ts";

/** What an imported source comes to, held against the file that it was imported from. */
export type Proof = Proved | { readonly kind: "differs"; readonly reason: string };

interface Proved {
  readonly kind: "proved";
  /** The YAML that the source becomes. */
  readonly yaml: string;
  readonly comments: CommentCount;
}

export interface CommentCount {
  readonly all: number;
  readonly kept: number;
  readonly lost: readonly FileComment[];
}

/**
 * Compiles what was imported, with the pins of the import, prints it, reads that again, and compares: in anything that GitHub sees the
 * two files must be equal.
 *
 * @param value the source's default export
 * @param source its path, for the header
 * @param context how `uses` names the other sources
 * @param pushes the steps that have become a `push({ … })`: of those GitHub sees something else
 */
export function proveImport(
  original: ReadResult,
  value: unknown,
  source: string,
  lock: Lock,
  context: ConvertContext,
  pushes = NO_PUSHES,
): Proof {
  const definition = fileDefinition(value);
  if (definition === undefined || original.node === undefined)
    return { kind: "differs", reason: "what was written is neither a workflow nor an action" };
  const { node } = toIr(definition, context);
  const yaml = emitFile(pinUses(node, lock), { source }).text;
  const again = readFile(original.source.path, yaml);
  const broken = again.problems.find(({ severity }) => severity === "error");
  if (again.node === undefined || again.value === undefined)
    return { kind: "differs", reason: `what was written cannot be read again: ${broken?.message ?? "it is empty"}` };
  const isUpgraded = (path: Path): boolean => pushes.size > 0 && pushes.has(valueAt(original.value, path) ?? NOTHING);
  const [left, right] = [original.node, again.node].map((node) => withUsesInPlace(toValue(node)));
  const difference = left && right && firstDifference(left, right, isUpgraded);
  if (difference !== undefined) {
    const { path, left, right } = difference;
    if (path.at(-1) === "uses") {
      const reason = `${printPath(path)}: the lock pins what this file leaves unpinned, ${left} would become ${right}`;
      return { kind: "differs", reason };
    }
    return { kind: "differs", reason: `${printPath(path) || "the file"} would change: ${left} would become ${right}` };
  }
  return { kind: "proved", yaml, comments: compareComments(original, again) };
}

function toIr(definition: WorkflowDefinition | ActionDefinition, context: ConvertContext) {
  return definition.is === "workflow" ? workflowToIr(definition, context) : actionToIr(definition, context);
}

const NOTHING: Value = { kind: "sequence", items: [] };

function valueAt(root: Value | undefined, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((value, part) => {
    if (value === undefined) return undefined;
    if (typeof part === "string") return entryOf(value, part);
    return value.kind === "sequence" ? value.items[part] : undefined;
  }, root);
}

function compareComments(original: ReadResult, again: ReadResult): CommentCount {
  const wanted = original.value === undefined ? [] : listComments(original.value);
  const found = new Map<string, number>();
  for (const comment of again.value === undefined ? [] : listComments(again.value)) {
    found.set(keyOf(comment), (found.get(keyOf(comment)) ?? 0) + 1);
  }
  const lost = wanted.filter((comment) => {
    const count = found.get(keyOf(comment)) ?? 0;
    found.set(keyOf(comment), count - 1);
    return count <= 0;
  });
  return { all: wanted.length, kept: wanted.length - lost.length, lost };
}

/** The space behind `#` does not count. */
function keyOf({ path, place, text }: FileComment): string {
  return JSON.stringify([path, place, text.trim()]);
}
