import { isSha } from "./resolve-interface.ts";
import { parseTag } from "./version-tags.ts";

/**
 * What a source that wrote one ref writes for a newer version: as exact as before. Undefined where the ref has no version to raise.
 *
 * @example
 * nextRef("v5", "v6.0.1"); // "v6"
 * nextRef("v5.0.1", "v5.1.0"); // "v5.1.0"
 */
export function nextRef(
  before: string,
  { tag, sha }: { readonly tag: string; readonly sha: string },
): string | undefined {
  if (isSha(before)) return sha;
  const [old, next] = [parseTag(before), parseTag(tag)];
  if (old === undefined || next === undefined) return undefined;
  // A tag with fewer numbers than were written is as exact as it gets.
  return old.numbers.length > 2 || next.numbers.length <= old.numbers.length
    ? tag
    : `${next.prefix}${next.v}${next.numbers.slice(0, old.numbers.length).join(".")}`;
}
