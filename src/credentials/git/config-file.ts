import type { By } from "../evidence.ts";
import type { File } from "../files.ts";
import type { Entry } from "./config-entries.ts";
import { parseConfig } from "./parse-config.ts";

/** What git reads in a file. */
export type ConfigFile =
  | { readonly kind: "entries"; readonly entries: readonly Entry<By>[] }
  | { readonly kind: "unknown"; readonly reason: string };

const NOTHING: ConfigFile = { kind: "entries", entries: [] };

const parsed = new WeakMap<File, ConfigFile>();

/** A file as git's configuration, however it was written: by `git config`, by a heredoc. */
export function readConfigFile(file: File | undefined): ConfigFile {
  switch (file?.kind) {
    case undefined:
    case "directory":
      return NOTHING;
    case "config":
      return { kind: "entries", entries: file.entries };
    case "unknown":
      return { kind: "unknown", reason: file.reason };
    case "text": {
      const known = parsed.get(file);
      if (known !== undefined) return known;
      const entries = parseConfig(file.text, file.by);
      const made: ConfigFile =
        entries === undefined
          ? { kind: "unknown", reason: "a file that git reads its configuration from cannot be read" }
          : { kind: "entries", entries };
      parsed.set(file, made);
      return made;
    }
  }
}
