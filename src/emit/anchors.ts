import type { Node } from "../ir/any-node.ts";
import { firstDifference } from "../ir/compare.ts";

/** Names that every reader takes for an anchor. */
const ANCHOR = /^[\w-]+$/;

export function isAnchored(node: Node): node is Node & { readonly anchor: string } {
  return node.anchor !== undefined && ANCHOR.test(node.anchor);
}

/** The anchors of a file, as it is printed from top to bottom. */
export class Anchors {
  readonly #nodes = new Map<string, Node>();

  /** `&name `, or nothing. */
  anchor(node: Node): string {
    if (!isAnchored(node)) return "";
    this.#nodes.set(node.anchor, node);
    return `&${node.anchor} `;
  }

  /** `*name`, if the anchor of that name stands above and still has the same content. */
  alias(node: Node): string | undefined {
    if (node.alias === undefined) return undefined;
    const anchored = this.#nodes.get(node.alias);
    return anchored !== undefined && firstDifference(anchored, node) === undefined ? `*${node.alias}` : undefined;
  }
}
