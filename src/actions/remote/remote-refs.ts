import { isRefName } from "./safe-names.ts";

/** A repository's tags and branches, each with its commit. */
export interface RemoteRefs {
  readonly tags: ReadonlyMap<string, string>;
  readonly heads: ReadonlyMap<string, string>;
  /** The objects of annotated tags. */
  readonly tagObjects: ReadonlyMap<string, string>;
}

/** Reads what `git ls-remote --heads --tags` lists. An annotated tag is peeled: it stands for its commit. */
export function parseRefs(listed: string): RemoteRefs {
  const refs = {
    tags: new Map<string, string>(),
    heads: new Map<string, string>(),
    tagObjects: new Map<string, string>(),
  };
  for (const line of listed.split("\n")) {
    const [, sha, kind, name, peeled] = /^([0-9a-f]{40})\trefs\/(tags|heads)\/(.+?)(\^\{\})?$/.exec(line) ?? [];
    if (sha === undefined || name === undefined || !isRefName(name)) continue;
    const named = kind === "tags" ? refs.tags : refs.heads;
    const object = named.get(name);
    if (peeled !== undefined && object !== undefined) refs.tagObjects.set(name, object);
    // A tag object's own line comes first, the one with its commit behind it.
    if (peeled !== undefined || !named.has(name)) named.set(name, sha);
  }
  return refs;
}

/** In the form that `parseRefs` reads, for the cache. */
export function printRefs({ tags, heads, tagObjects }: RemoteRefs): string {
  const tagLines = [...tags].map(([name, sha]) => {
    const object = tagObjects.get(name);
    return object === undefined
      ? `${sha}\trefs/tags/${name}\n`
      : `${object}\trefs/tags/${name}\n${sha}\trefs/tags/${name}^{}\n`;
  });
  return [...[...heads].map(([name, sha]) => `${sha}\trefs/heads/${name}\n`), ...tagLines].join("");
}
