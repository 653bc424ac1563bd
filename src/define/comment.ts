import { makeComment } from "./expressions/make.ts";

/**
 * Puts a YAML comment above a node. Comments around comments are blocks of their own, with a blank line between them.
 *
 * @example
 * ```ts
 * job({ "runs-on": "ubuntu-latest", "timeout-minutes": comment("The disks are slow.", 30), steps: [{ run: "make" }] })
 * ```
 * ```yaml
 * runs-on: ubuntu-latest
 * # The disks are slow.
 * timeout-minutes: 30
 * steps:
 *   - run: make
 * ```
 */
export function comment<const T>(text: string, node: T): T {
  return makeComment("above", text, node);
}

/**
 * Puts a YAML comment at the end of a node's line; of a node that takes several lines, behind the `key:` or dash before it.
 *
 * @example
 * ```ts
 * job({ "runs-on": "ubuntu-latest", "timeout-minutes": comment.after("The disks are slow.", 30), steps: [{ run: "make" }] })
 * ```
 * ```yaml
 * runs-on: ubuntu-latest
 * timeout-minutes: 30 # The disks are slow.
 * steps:
 *   - run: make
 * ```
 */
comment.after = function commentAfter<const T>(text: string, node: T): T {
  return makeComment("after", text, node);
};

/**
 * Puts a YAML comment below the last entry of a mapping or list, such as a step that is left out for now.
 *
 * @example
 * ```ts
 * job({ "runs-on": "ubuntu-latest", steps: comment.end("- run: make bench", [{ run: "make" }]) })
 * ```
 * ```yaml
 * runs-on: ubuntu-latest
 * steps:
 *   - run: make
 *   # - run: make bench
 * ```
 */
comment.end = function commentEnd<const T>(text: string, node: T): T {
  return makeComment("end", text, node);
};
