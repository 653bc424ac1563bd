import type { Entry } from "./config-entries.ts";

/** A URL that a push goes to, and the entries that made it so. */
export interface PushUrl<By> {
  readonly url: string;
  /** The remote's `url` or `pushurl`, and the rewrites, in the order in which they apply. Empty for a URL that was given. */
  readonly because: readonly Entry<By>[];
}

export interface ChosenRemote<By> {
  /** As on the command line, or of the configuration: a name or a URL. */
  readonly name: string;
  /** What chose it where the command line did not. */
  readonly because: Entry<By> | undefined;
}

/** The remote of a push that names none: git-push(1), `remote.pushDefault`, `branch.<name>.pushRemote`. */
export function defaultPushRemote<By>(entries: readonly Entry<By>[], branch: string | undefined): ChosenRemote<By> {
  const because =
    findLast(entries, "branch", branch, "pushremote") ??
    findLast(entries, "remote", undefined, "pushdefault") ??
    findLast(entries, "branch", branch, "remote");
  if (because !== undefined) return { name: because.value, because };
  const names = new Set(entries.filter(isRemoteUrl).map(({ key }) => key.subsection ?? ""));
  const [only] = names;
  return { name: names.size === 1 && only !== undefined ? only : "origin", because: undefined };
}

/** The remote of a fetch that names none: git-fetch(1). */
export function defaultFetchRemote<By>(entries: readonly Entry<By>[], branch: string | undefined): string {
  return findLast(entries, "branch", branch, "remote")?.value ?? "origin";
}

function findLast<By>(
  entries: readonly Entry<By>[],
  section: string,
  subsection: string | undefined,
  name: string,
): Entry<By> | undefined {
  if (section === "branch" && subsection === undefined) return undefined;
  return entries.findLast(({ key }) => key.section === section && key.subsection === subsection && key.name === name);
}

function isRemoteUrl({ key }: Entry): boolean {
  return key.section === "remote" && key.subsection !== undefined && (key.name === "url" || key.name === "pushurl");
}

/** Where a push to a remote or a URL goes: remote.c, `alias_all_urls`. */
export function pushUrls<By>(entries: readonly Entry<By>[], remote: string): readonly PushUrl<By>[] {
  const urls = valuesOf(entries, remote, "url");
  const pushUrls = valuesOf(entries, remote, "pushurl");
  if (pushUrls.length > 0) return pushUrls.map((entry) => rewrite(entries, entry.value, [entry], "insteadof"));
  const given: readonly PushUrl<By>[] =
    urls.length > 0 ? urls.map((entry) => ({ url: entry.value, because: [entry] })) : [{ url: remote, because: [] }];
  return given.map(({ url, because }) => {
    const pushed = rewrite(entries, url, because, "pushinsteadof");
    return pushed.because.length > because.length ? pushed : rewrite(entries, url, because, "insteadof");
  });
}

/** Where a fetch, a clone or `ls-remote` goes. */
export function fetchUrl<By>(entries: readonly Entry<By>[], remote: string): PushUrl<By> {
  const [first] = valuesOf(entries, remote, "url");
  return rewrite(entries, first?.value ?? remote, first === undefined ? [] : [first], "insteadof");
}

export function isConfiguredRemote(entries: readonly Entry[], name: string): boolean {
  return entries.some((entry) => isRemoteUrl(entry) && entry.key.subsection === name);
}

/** An empty value takes those before it away: git 2.46. */
function valuesOf<By>(entries: readonly Entry<By>[], remote: string, name: string): readonly Entry<By>[] {
  let values: Entry<By>[] = [];
  for (const entry of entries) {
    const { section, subsection, name: last } = entry.key;
    if (section !== "remote" || subsection !== remote || last !== name) continue;
    if (entry.value === "") values = [];
    else values.push(entry);
  }
  return values;
}

/** Puts a base in the place of the longest prefix that is to be replaced; once, byte by byte. */
function rewrite<By>(
  entries: readonly Entry<By>[],
  url: string,
  because: readonly Entry<By>[],
  name: "insteadof" | "pushinsteadof",
): PushUrl<By> {
  let longest: Entry<By> | undefined;
  for (const entry of entries) {
    const { section, subsection, name: last } = entry.key;
    if (section !== "url" || last !== name || subsection === undefined) continue;
    if (url.startsWith(entry.value) && entry.value.length > (longest?.value.length ?? -1)) longest = entry;
  }
  if (longest === undefined) return { url, because };
  return { url: (longest.key.subsection ?? "") + url.slice(longest.value.length), because: [...because, longest] };
}
