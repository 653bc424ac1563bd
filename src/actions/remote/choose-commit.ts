import { nearestName } from "../../ir/suggest.ts";
import { isSha } from "../resolve-interface.ts";
import { isWithin, newestVersion, parseTag, type VersionTag } from "../version-tags.ts";
import type { RemoteRefs } from "./remote-refs.ts";

/** What a ref stands for in a repository. */
export interface ChosenCommit {
  readonly kind: "chosen";
  /** What to lock: for `v5` the commit of the newest `v5.x.y`. */
  readonly commit: string;
  /** `newest`: the ref names a line of versions, and this is the newest of it. */
  readonly by: "tag" | "newest" | "branch" | "commit";
  readonly tag?: string | undefined;
  readonly branch?: string | undefined;
  /** Where the ref itself stands, as GitHub takes it; undefined where there is no ref of this name. */
  readonly named?: string | undefined;
}

export interface NoCommit {
  readonly kind: "none";
  /** A sentence without the action's name in it. */
  readonly reason: string;
  /** Refs that may have been meant. */
  readonly nearest: readonly string[];
}

/**
 * Which commit `v5` is: that of the newest `v5.x.y`, to be written in its place; or, where the ref itself is kept and GitHub finds the
 * commit by it, the one that it is at.
 */
export type LineTakes = "newest" | "named";

/**
 * Finds what a ref of `uses:` stands for. A tag goes before a branch of the same name, as for the runner; `vN` and `vN.M` are the
 * newest version of their line, where the repository has one; `refs/tags/vN` is that tag; a commit must be whole.
 */
export function chooseCommit(ref: string, refs: RemoteRefs, takes: LineTakes = "newest"): ChosenCommit | NoCommit {
  if (isSha(ref)) {
    const commit = ref.toLowerCase();
    return { kind: "chosen", by: "commit", commit, tag: tagOf(commit, refs), named: commit };
  }
  const [, kind, name = ref] = /^refs\/(tags|heads)\/(.+)$/.exec(ref) ?? [];
  const tagged = kind === "heads" ? undefined : refs.tags.get(name);
  const branched = kind === "tags" ? undefined : refs.heads.get(name);
  const named = tagged ?? branched;
  const newest = kind === undefined && takes === "newest" ? newestWithin(name, refs) : undefined;
  if (newest !== undefined) {
    const commit = refs.tags.get(newest.tag);
    if (commit !== undefined) return { kind: "chosen", by: "newest", commit, tag: newest.tag, named };
  }
  if (tagged !== undefined)
    return {
      kind: "chosen",
      by: "tag",
      commit: tagged,
      tag: takes === "named" ? releaseAt(tagged, name, refs) : name,
      named,
    };
  if (branched !== undefined) return { kind: "chosen", by: "branch", commit: branched, branch: name, named };
  return { kind: "none", reason: explainNone(ref), nearest: nearestRefs(name, refs) };
}

function newestWithin(name: string, { tags }: RemoteRefs): VersionTag | undefined {
  const short = parseTag(name);
  if (short === undefined || short.numbers.length > 2) return undefined;
  return newestVersion([...tags.keys()].flatMap((tag) => parseTag(tag) ?? []).filter((tag) => isWithin(tag, short)));
}

/** The tag to write behind a commit: the most exact version of those that stand there. */
export function tagOf(commit: string, { tags }: RemoteRefs): string | undefined {
  const here = [...tags].flatMap(([tag, sha]) => (sha === commit ? [tag] : []));
  return newestVersion(here.flatMap((tag) => parseTag(tag) ?? []))?.tag ?? here[0];
}

/** The release behind a tag: the tag itself, unless it names a line of versions, which goes on. */
function releaseAt(commit: string, name: string, refs: RemoteRefs): string | undefined {
  const tag = tagOf(commit, refs);
  const isLine = (parseTag(name)?.numbers.length ?? 3) < 3;
  return isLine && (parseTag(tag ?? "")?.numbers.length ?? 0) < 3 ? undefined : isLine ? tag : name;
}

function explainNone(ref: string): string {
  if (/^[0-9a-f]{7,39}$/i.test(ref))
    return `there is no tag or branch ${ref}, and a commit must be given by all 40 digits: a short one can come to mean two commits, and GitHub takes none`;
  return `there is no tag or branch ${ref}`;
}

function nearestRefs(name: string, { tags, heads }: RemoteRefs): readonly string[] {
  const versions = [...tags.keys()].flatMap((tag) => parseTag(tag) ?? []);
  const newest = newestVersion(versions)?.tag;
  const near = nearestName(name, [...tags.keys(), ...heads.keys()]);
  return [...new Set([near, newest].filter((ref) => ref !== undefined))];
}
