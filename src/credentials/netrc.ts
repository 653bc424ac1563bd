import type { UserAndPassword } from "./credential.ts";
import type { Text } from "./text.ts";

/** What a `.netrc` has for a host. */
export type NetrcAnswer =
  | { readonly kind: "found"; readonly pair: UserAndPassword }
  | { readonly kind: "none" }
  /** Entries of other users only: which of them is sent, if any, is not the same in all versions of libcurl. */
  | { readonly kind: "others" };

/**
 * What a `.netrc` has for a host: `machine HOST login USER password TOKEN`, or its `default`. Of several the first that is whole;
 * with a user in the URL the one that is for that user.
 */
export function readNetrc(text: Text, host: Text, user: Text | undefined): NetrcAnswer {
  const entries = entriesFor(text, host);
  const own = user === undefined ? entries : entries.filter((entry) => entry.user === user);
  const found = own.find((entry) => entry.user !== "" && entry.password !== undefined) ?? own.find(hasPassword);
  if (found !== undefined) return { kind: "found", pair: found };
  return { kind: entries.some(hasPassword) ? "others" : "none" };
}

function hasPassword({ password }: UserAndPassword): boolean {
  return password !== undefined;
}

/** In the order of the file: curl's own words are `machine`, `default`, `login`, `password`, `account`, `macdef`. */
function entriesFor(text: Text, host: Text): readonly UserAndPassword[] {
  const entries: { user: Text; password: Text | undefined }[] = [];
  let current: (typeof entries)[number] | undefined;
  // A macro goes on to the next empty line.
  const words = text
    .replace(/(?:^|\n)[ \t]*macdef\b[^]*?(?:\n[ \t]*\n|$)/g, "\n")
    .match(/"(?:[^"\\\n]|\\.)*"|[^ \t\r\n]+/g);
  const next = (words ?? []).values();
  for (const word of next) {
    switch (word.toLowerCase()) {
      case "machine":
      case "default": {
        const isOurs = word.toLowerCase() === "default" || unquote(next.next().value ?? "").toLowerCase() === host;
        current = isOurs ? { user: "", password: undefined } : undefined;
        if (current !== undefined) entries.push(current);
        break;
      }
      case "login": {
        const value = unquote(next.next().value ?? "");
        if (current !== undefined) current.user = value;
        break;
      }
      case "password": {
        const value = unquote(next.next().value ?? "");
        if (current !== undefined) current.password = value;
      }
    }
  }
  return entries;
}

function unquote(word: Text): Text {
  return word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, "$1") : word;
}
