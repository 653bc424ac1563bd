import { dirname, join } from "node:path/posix";
import type { Call } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";

/** What a program that pushes by itself does, told as the commands that do the same. */
export interface Tool {
  readonly run: Text;
  /** What people should know of it, where it is not plainly that program. */
  readonly note?: string | undefined;
  /** Why nobody can tell who pushes. */
  readonly reason?: string | undefined;
}

/** Arguments behind a program's name. */
export type Words = readonly Text[];

/** A program that pushes by itself. */
export interface KnownTool {
  readonly names: readonly string[];
  /** What pushes, for people. */
  readonly commands: string;
  /** Where to, and with what, for people. */
  readonly pushes: string;
  /** Where that is written. */
  readonly source: string;
  /** A pattern that is quick to miss, without which no text names it. */
  readonly hint: string;
  /** A pattern that fits every text that may push with it; what fits may push nothing. */
  readonly mention: string;
  /** The commands that do the same as it does with these arguments; undefined where it pushes nothing. */
  readonly push: (words: Words, call: Call) => Text | Tool | undefined;
}

/** The value of the first of these options: `--name value`, `--name=value`, `-n value`. */
export function optionIn(words: Words, ...names: readonly string[]): Text | undefined {
  for (const [at, word] of words.entries()) {
    if (names.includes(word)) return words[at + 1];
    const name = names.find((long) => long.startsWith("--") && word.startsWith(`${long}=`));
    if (name !== undefined) return word.slice(name.length + 1);
  }
  return undefined;
}

/** Whether one of these is given: a long option, or a letter, which may stand among others. */
export function isGiven(words: Words, ...names: readonly string[]): boolean {
  return names.some((name) =>
    /^-\w$/.test(name)
      ? words.some((word) => /^-[A-Za-z]+$/.test(word) && word.includes(name.slice(1)))
      : words.includes(name),
  );
}

/** As one word of a script. */
export function shellWord(text: Text): Text {
  return /^[\w./:@-]+$/.test(text) ? text : `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}

/** The text of a file of the repository, by its path from where the command runs; undefined where none is in sight. */
export function readBeside({ walk, world }: Call, path: string): string | undefined {
  const { directory } = world.shell;
  if (hasSymbol(directory) || hasSymbol(path)) return undefined;
  const full = join(directory, path);
  const root = walk.root.replace(/\/$/, "");
  return full.startsWith(`${root}/`) ? walk.analysis.readRepositoryFile(full.slice(root.length + 1)) : undefined;
}

/** The first of these files that is in sight, here or in a folder above. */
export function readUpward(call: Call, ...names: readonly string[]): string | undefined {
  const root = call.walk.root.replace(/\/$/, "");
  const start = call.world.shell.directory;
  if (hasSymbol(start)) return undefined;
  for (let folder = start; folder === root || folder.startsWith(`${root}/`); folder = dirname(folder))
    for (const name of names) {
      const text = call.walk.analysis.readRepositoryFile(join(folder, name).slice(root.length + 1));
      if (text !== undefined) return text;
    }
  return undefined;
}

/** The lines of a section of a TOML or INI file, whose name fits; `""` is what stands before the first. */
export function sectionOf(text: string, name: RegExp): string {
  const parts = text.split(/^[ \t]*\[+([^\]\n]*)\]+.*$/m);
  const found: string[] = [];
  for (let at = 0; at < parts.length; at += 2) if (name.test(parts[at - 1] ?? "")) found.push(parts[at] ?? "");
  return found.join("\n");
}

/** Something that is written where nobody looks, as a piece of a script. */
export function unknownIn({ walk }: Call, reason: string): Text {
  return walk.analysis.symbols.unknown(reason);
}
