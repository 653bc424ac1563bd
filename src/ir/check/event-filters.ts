import type { Node } from "../any-node.ts";
import { eventSyntax } from "../events.ts";
import type { Scalar, Sequence } from "../node.ts";
import { nearestName } from "../suggest.ts";
import type { SyntaxProblem } from "../syntax-problem.ts";
import { workflowFilters } from "../shapes/trigger-shape.ts";
import { scalarsOf } from "../walk.ts";

/** What stands behind an event, while the file's syntax is still being laid over it. */
interface EventFilters {
  readonly keys: readonly Scalar[];
  readonly types?: Scalar | Sequence<Scalar>;
}

export function isEventFilters(node: unknown): node is EventFilters {
  return typeof node === "object" && node !== null && "kind" in node && node.kind === "filters";
}

/** Whether an event takes these filters and has these activity types. What no event takes is reported elsewhere. */
export function checkEventFilters(
  event: string,
  { keys, types }: EventFilters,
  report: (code: SyntaxProblem["code"], message: string, node: Node, isSlip: boolean) => void,
): void {
  const syntax = eventSyntax(event);
  if (syntax === undefined) return;
  const known = [...(syntax.types === undefined ? [] : ["types"]), ...(syntax.filters ?? [])];
  for (const key of keys) {
    if (known.includes(key.text) || !workflowFilters.fields.has(key.text)) continue;
    const hint =
      known.length === 0 ? "it takes no filters" : `it takes ${known.map((name) => `\`${name}\``).join(", ")}`;
    report("unknown-key", `\`${event}\` takes no \`${key.text}\`: ${hint}`, key, false);
  }
  if (types === undefined || syntax.types === undefined || syntax.types === "any") return;
  for (const type of scalarsOf(types)) {
    if (syntax.types.includes(type.text)) continue;
    const near = nearestName(type.text, syntax.types);
    const hint = near === undefined ? `it has ${syntax.types.join(", ")}` : `did you mean \`${near}\`?`;
    report("bad-value", `\`${event}\` has no activity type \`${type.text}\`; ${hint}`, type, near !== undefined);
  }
}
