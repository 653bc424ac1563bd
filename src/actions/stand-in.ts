import { actionName, parseUses } from "../ir/uses-ref.ts";
import type { Catalog } from "./catalog.ts";
import type { CatalogVersion } from "./packed-action.ts";
import { compareVersions, parseTag, type VersionTag } from "./version-tags.ts";

/** Years are no majors: releases named by date promise nothing about their inputs. */
const FIRST_YEAR = 1900;

interface Candidate {
  readonly version: CatalogVersion;
  readonly tag: VersionTag;
}

/**
 * The version of the catalogue whose inputs stand for those of an exact one that it does not have: the nearest later one of the
 * same major, which by semantic versioning takes all that the earlier did; else the nearest earlier one that differs in the patch
 * alone, which adds nothing.
 *
 * @param tag of the version, where the ref is a commit
 * @example
 * standIn("actions/checkout@v6.0.2", catalog)?.tag; // "v6.1.0"
 */
export function standIn(ref: string, catalog: Catalog, tag?: string): CatalogVersion | undefined {
  const uses = parseUses(ref);
  const wanted = uses.kind === "repository" ? parseTag(tag ?? uses.ref.replace(/^refs\/tags\//, "")) : undefined;
  if (uses.kind !== "repository" || wanted === undefined || wanted.numbers.length < 2) return undefined;
  const candidates = (catalog.find(actionName(uses))?.versions ?? []).flatMap((version): readonly Candidate[] => {
    const tag = version.tag === null ? undefined : parseTag(version.tag);
    return tag !== undefined && isSameLine(tag, wanted) ? [{ version, tag }] : [];
  });
  const sorted = candidates.sort((a, b) => compareVersions(a.tag, b.tag));
  const later = sorted.find(({ tag }) => compareVersions(tag, wanted) >= 0);
  return (later ?? sorted.findLast(({ tag }) => tag.numbers[1] === wanted.numbers[1]))?.version;
}

/** Versions between which nothing may break: of one major or, below 1, of one minor. */
function isSameLine(a: VersionTag, b: VersionTag): boolean {
  const [major = 0, minor] = b.numbers;
  if (major >= FIRST_YEAR || a.prefix !== b.prefix || a.numbers[0] !== major) return false;
  return major > 0 || a.numbers[1] === minor;
}
