import type { Entry } from "./config-entries.ts";
import { compareSpecificity, GENERIC, matchUrl, normalizeUrl, type NormalUrl, type Specificity } from "./url.ts";

/**
 * The values of `http.extraheader` and `http.<url>.extraheader` that git sends to a URL. Entries are given in the order in which
 * git reads them. One that is less specific than the most specific one taken so far is ignored; the others are added to the
 * list; an empty value empties it. urlmatch.c, urlmatch_config_entry; http.c, http_options.
 */
export function extraHeaders<By>(url: NormalUrl, entries: readonly Entry<By>[]): readonly Entry<By>[] {
  let taken: Entry<By>[] = [];
  let most: Specificity | undefined;
  for (const entry of entries) {
    const specificity = headerSpecificity(url, entry);
    if (specificity === undefined || (most !== undefined && compareSpecificity(specificity, most) < 0)) continue;
    most = specificity;
    if (entry.value === "") taken = [];
    else taken.push(entry);
  }
  return taken;
}

/** Undefined where the entry is no header for this URL. */
export function headerSpecificity(url: NormalUrl, { key }: Entry): Specificity | undefined {
  if (key.section !== "http" || key.name !== "extraheader") return undefined;
  return keySpecificity(url, key.subsection);
}

/** How specifically the URL in a key's middle holds for a URL; undefined where it does not. */
export function keySpecificity(url: NormalUrl, subsection: string | undefined): Specificity | undefined {
  if (subsection === undefined) return GENERIC;
  const key = normalizeUrl(subsection, { allowWildcard: true });
  return key === undefined ? undefined : matchUrl(url, key);
}
