import type { Node } from "./any-node.ts";
import { hasExpression } from "./expression-text.ts";
import { childrenOf } from "./walk.ts";

/** Whether a `${{` stands anywhere in a node's values. */
export function holdsExpression(node: Node): boolean {
  if (node.kind === "scalar") return hasExpression(node.text);
  return childrenOf(node).some(([, child]) => holdsExpression(child));
}
