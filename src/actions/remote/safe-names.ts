import { actionName, type UsesRef } from "../../ir/uses-ref.ts";

export type RepositoryRef = Extract<UsesRef, { readonly kind: "repository" }>;

/**
 * Why a `uses:` is not looked up at all, as a sentence. Its parts become a URL and a path, never an option: refs are only compared
 * with what the server lists, and commits are asked for by their digits. What cannot be a name on GitHub is refused all the same.
 */
export function explainUnsafe(uses: RepositoryRef): string | undefined {
  const { owner, name, path, ref } = uses;
  // Letters, digits and hyphens; managed users have `_` before their enterprise's name.
  if (!/^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/.test(owner)) return `${show(owner)} is no owner on GitHub`;
  if (!/^[\w.-]{1,100}$/.test(name) || /^\.+$/.test(name)) return `${show(name)} is no name of a repository`;
  if (path !== "" && !isSafePath(path)) return `${show(path)} is no path in ${owner}/${name}`;
  if (!isRefName(ref)) return `${show(ref)} cannot be the name of a tag or branch of ${actionName(uses)}`;
  return undefined;
}

/** Whether git would take it as the name of a branch or tag: git-check-ref-format(1). */
export function isRefName(name: string): boolean {
  return (
    name.length <= 255 &&
    // The commands that make branches and tags refuse a hyphen at the beginning.
    !/^[-/]|[/.]$|\/\/|\.\.|@\{|[\0-\x20\x7f~^:?*[\\]|(?:^|\/)\.|\.lock(?:\/|$)|^@$/.test(name) &&
    !/\p{C}/u.test(name)
  );
}

function isSafePath(path: string): boolean {
  return path.split("/").every((part) => !/^(?:|\.|\.\.|\.git)$/i.test(part) && !/[\\\p{C}]/u.test(part));
}

function show(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
