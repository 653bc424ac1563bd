import { makeComment } from "./make.ts";

/**
 * Puts a YAML comment above a node.
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
  return makeComment(text, node);
}
