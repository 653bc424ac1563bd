import type { Span } from "../../ir/span.ts";
import type { Identity } from "../identity.ts";
import { credentialsIn } from "../lives/find-holdings.ts";
import { printKey } from "../git/config-key.ts";
import type { Symbols } from "../text.ts";
import type { World } from "../world.ts";

/** A token that stands in the URL of a remote. */
export interface LeftToken {
  /** The command that put it there. */
  readonly span: Span | undefined;
  readonly text: string;
  readonly identity: Identity;
  /** `remote.origin.url` */
  readonly key: string;
}

/** The tokens in the URLs of remotes, wherever a repository lies. */
export function findLeftTokens(world: World, symbols: Symbols | undefined): readonly LeftToken[] {
  if (symbols === undefined) return [];
  const found: LeftToken[] = [];
  for (const file of world.files.values()) {
    if (file.kind !== "config") continue;
    for (const { key, value, by } of file.entries) {
      // An action that leaves one cannot be told otherwise here.
      if (by.giver === "action" || key.section !== "remote" || (key.name !== "url" && key.name !== "pushurl")) continue;
      const [identity] = credentialsIn(value, symbols);
      if (identity === undefined) continue;
      const { span, text } = by.hop;
      found.push({ span, text, identity, key: symbols.show(printKey(key)) });
    }
  }
  return found;
}
