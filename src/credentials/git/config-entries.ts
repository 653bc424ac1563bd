import type { Text } from "../text.ts";
import { equalKeys, type ConfigKey } from "./config-key.ts";

/** Where an entry was read from. */
export type Scope = "system" | "global" | "local" | "worktree" | "environment" | "command";

/** One line of a configuration. `By` is what the caller remembers of it: who wrote it, and where. */
export interface Entry<By = unknown> {
  readonly key: ConfigKey;
  readonly value: Text;
  readonly by: By;
  /** It was written without `=`: true, and no text. */
  readonly isBare?: boolean | undefined;
}

/** What `git config` made of a file. */
export interface Changed<By> {
  readonly entries: readonly Entry<By>[];
  /** git's exit code: 5 is "nothing was changed, because there is none or there are several". */
  readonly exitCode: 0 | 1 | 5;
}

/** Takes the pattern behind `--unset KEY` and the like; undefined is any value. */
export type ValueTest = ((value: Text) => boolean) | undefined;

/** `git config KEY VALUE`: replaces the one value that is there, adds one where none is, and fails where there are several. */
export function setEntry<By>(entries: readonly Entry<By>[], entry: Entry<By>, test: ValueTest): Changed<By> {
  const matching = entries.filter((other) => isMatch(other, entry.key, test));
  if (matching.length > 1) return { entries, exitCode: 5 };
  return replaceAll(entries, entry, test);
}

/** `git config --replace-all KEY VALUE`: one value in the place of the last. */
export function replaceAll<By>(entries: readonly Entry<By>[], entry: Entry<By>, test: ValueTest): Changed<By> {
  const last = entries.findLastIndex((other) => isMatch(other, entry.key, test));
  if (last < 0) return { entries: addBehindSection(entries, entry), exitCode: 0 };
  const made = entries.flatMap((other, at) => {
    if (at === last) return [entry];
    return isMatch(other, entry.key, test) ? [] : [other];
  });
  return { entries: made, exitCode: 0 };
}

/** `git config --add KEY VALUE` */
export function addEntry<By>(entries: readonly Entry<By>[], entry: Entry<By>): Changed<By> {
  return { entries: addBehindSection(entries, entry), exitCode: 0 };
}

/** git writes a new line at the end of the key's section, where the file has it, and else a new section at the file's end. */
function addBehindSection<By>(entries: readonly Entry<By>[], entry: Entry<By>): readonly Entry<By>[] {
  const last = entries.findLastIndex((other) => inSection(other.key, entry.key.section, entry.key.subsection));
  if (last < 0) return [...entries, entry];
  return [...entries.slice(0, last + 1), entry, ...entries.slice(last + 1)];
}

/** `git config --unset KEY` */
export function unsetEntry<By>(entries: readonly Entry<By>[], key: ConfigKey, test: ValueTest): Changed<By> {
  const matching = entries.filter((other) => isMatch(other, key, test));
  if (matching.length !== 1) return { entries, exitCode: 5 };
  return unsetAll(entries, key, test);
}

/** `git config --unset-all KEY` */
export function unsetAll<By>(entries: readonly Entry<By>[], key: ConfigKey, test: ValueTest): Changed<By> {
  const left = entries.filter((other) => !isMatch(other, key, test));
  return left.length === entries.length ? { entries, exitCode: 5 } : { entries: left, exitCode: 0 };
}

/** `git config --remove-section NAME` */
export function removeSection<By>(entries: readonly Entry<By>[], name: string): Changed<By> {
  const [section, subsection] = splitSection(name);
  const left = entries.filter(({ key }) => !inSection(key, section, subsection));
  return left.length === entries.length ? { entries, exitCode: 1 } : { entries: left, exitCode: 0 };
}

/** `git config --rename-section OLD NEW` */
export function renameSection<By>(entries: readonly Entry<By>[], from: string, to: string): Changed<By> {
  const [section, subsection] = splitSection(from);
  const [newSection, newSubsection] = splitSection(to);
  const isInside = ({ key }: Entry<By>): boolean => inSection(key, section, subsection);
  if (!entries.some(isInside)) return { entries, exitCode: 1 };
  const made = entries.map((entry) => {
    if (!isInside(entry)) return entry;
    return { ...entry, key: { ...entry.key, section: newSection, subsection: newSubsection } };
  });
  return { entries: made, exitCode: 0 };
}

function splitSection(name: string): readonly [section: string, subsection: string | undefined] {
  const dot = name.indexOf(".");
  return dot < 0 ? [name.toLowerCase(), undefined] : [name.slice(0, dot).toLowerCase(), name.slice(dot + 1)];
}

function inSection(key: ConfigKey, section: string, subsection: string | undefined): boolean {
  return key.section === section && key.subsection === subsection;
}

function isMatch(entry: Entry, key: ConfigKey, test: ValueTest): boolean {
  return equalKeys(entry.key, key) && (test === undefined || test(entry.value));
}
