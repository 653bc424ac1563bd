import { compareVersions } from "./import-actions.mjs";
import { Unreadable } from "./open-repositories.mjs";
import { majorOf, newTags, parseTag } from "./version-tags.mjs";

/**
 * An action's versions as its repository has them now.
 *
 * @param versions the versions that the catalogue has: tags first, the newest first
 * @param refs `{ tags, heads }`, from name to commit
 * @param read gives the interface of the action at a commit
 * @param sameInterface whether two interfaces are one to a caller
 * @returns the versions, the tags that are new, and what went wrong, as sentences
 */
export async function refreshAction(versions, refs, read, sameInterface) {
  const problems = [];
  const attempt = async (what, body) => {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push(`${what}: ${error.message}`);
      return undefined;
    }
  };

  const kept = [];
  for (const version of versions) {
    const ref = version.tag === null ? `heads/${version.branch}` : `tags/${version.tag}`;
    const sha = shaOf(refs, ref);
    const isMoving = parseTag(version.tag)?.isExact !== true;
    if (sha === undefined || sha === version.sha) kept.push(version);
    else if (isMoving) {
      const interface_ = await attempt(ref, () => read(sha));
      kept.push(interface_ === undefined ? version : { ...version, sha, interface: interface_ });
    } else {
      // Locks name the commit that it was: it stays, and somebody should look at it.
      problems.push(`${ref}: it was ${version.sha}, and now it is ${sha}; the catalogue keeps the former`);
      kept.push(version);
    }
  }

  const added = [];
  for (const parsed of newTags(versions, refs.tags.keys())) {
    const { tag } = parsed;
    const sha = refs.tags.get(tag);
    const interface_ = await attempt(`tags/${tag}`, () => read(sha));
    if (interface_ !== undefined)
      added.push({ major: majorOf(parsed, versions, refs), tag, sha, interface: interface_ });
  }

  const sorted = inOrder([...kept, ...added]);
  const refreshed = [];
  for (const [at, version] of sorted.entries()) refreshed.push(await withMajorRef(version, at));
  return { versions: refreshed, added: added.map(({ tag }) => tag), problems };

  /** Where the moving name of a major points belongs to its newest version. */
  async function withMajorRef(version, at) {
    const { majorRef: _, ...rest } = version;
    if (version.tag === null || sorted.findIndex(({ major }) => major === version.major) !== at) return rest;
    const before = sorted.find(({ major, majorRef }) => major === version.major && majorRef)?.majorRef;
    const name = before?.name ?? `${parseTag(version.tag)?.prefix ?? ""}${version.major}`;
    const type = refs.tags.has(name) ? "tag" : "branch";
    const ref = type === "tag" ? `tags/${name}` : `heads/${name}`;
    const sha = shaOf(refs, ref);
    if (sha === undefined) return rest;
    const known = sorted.find((other) => other.sha === sha);
    const interface_ = known?.interface ?? (await attempt(ref, () => read(sha)));
    if (interface_ === undefined) return version;
    return { ...rest, majorRef: { type, name, sha, sameInterface: sameInterface(interface_, version.interface) } };
  }
}

function shaOf({ tags, heads }, ref) {
  const name = ref.slice(ref.indexOf("/") + 1);
  return ref.startsWith("tags/") ? tags.get(name) : heads.get(name);
}

/** Tags first, the newest first; then the branches as they were. */
function inOrder(versions) {
  const tagged = versions.filter(({ tag }) => tag !== null);
  const unparsed = tagged.filter(({ tag }) => parseTag(tag) === undefined);
  const parsed = tagged.filter(({ tag }) => parseTag(tag) !== undefined);
  parsed.sort((a, b) => compareVersions(parseTag(b.tag), parseTag(a.tag)));
  return [...parsed, ...unparsed, ...versions.filter(({ tag }) => tag === null)];
}
