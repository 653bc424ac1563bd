import type { By } from "../evidence.ts";
import type { File } from "../files.ts";
import type { Entry } from "./config-entries.ts";
import { parseConfig } from "./parse-config.ts";

/** A file as git reads it where it looks for configuration. */
export type ConfigFile =
  | { readonly kind: "entries"; readonly entries: readonly Entry<By>[] }
  | { readonly kind: "unknown"; readonly reason: string };

const EMPTY: ConfigFile = { kind: "entries", entries: [] };

/** What a file configures, whether git itself wrote it or a script did; nothing where there is none. */
export function asConfig(file: File | undefined): ConfigFile {
  switch (file?.kind) {
    case "config":
      return { kind: "entries", entries: file.entries };
    case "text": {
      const entries = parseConfig(file.text, file.by);
      return entries === undefined ? { kind: "unknown", reason: UNREADABLE } : { kind: "entries", entries };
    }
    case "unknown":
      return file;
    case "directory":
    case undefined:
      return EMPTY;
  }
}

const UNREADABLE = "a script writes git's configuration, and what it writes cannot be read";
