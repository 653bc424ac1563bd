import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { printLock } from "../../actions/print-lock.ts";
import type { OutputFile } from "../../emit/plan-writes.ts";
import type { ProvedFile } from "../../import/prove-imports.ts";
import type { Imports } from "./import-workflows.ts";
import { LOCK_FILE } from "../project.ts";

/** What is to be written before the sources can be compiled where they belong. */
export function importedFiles({ outcomes, lock }: Imports): readonly OutputFile[] {
  const sources = provedFiles(outcomes).map(({ source, text }) => ({ path: source, text }));
  return [...sources, { path: LOCK_FILE, text: printLock(lock) }];
}

export function provedFiles(outcomes: Imports["outcomes"]): readonly ProvedFile[] {
  return outcomes.filter((outcome) => outcome.kind === "imported");
}

/** The hand-written files that generated ones take the place of, with the texts that were proved. */
export function adoptedTexts({ outcomes, texts }: Imports): ReadonlyMap<string, string> {
  return new Map(provedFiles(outcomes).map(({ file }) => [file, texts.get(file) ?? ""]));
}

/** `action.yaml`, whose source becomes `action.yml`. */
export function supersededFiles({ outcomes }: Imports): readonly string[] {
  return provedFiles(outcomes)
    .map(({ file }) => file)
    .filter((file) => /^\.github\/actions\/[^/]+\/action\.yaml$/.test(file));
}

/** Writes files and gives what puts everything back as it was. */
export function placeFiles(root: string, files: readonly OutputFile[]): () => void {
  const undo: (() => void)[] = [];
  try {
    for (const { path, text } of files) {
      const target = join(root, path);
      const made = mkdirSync(dirname(target), { recursive: true });
      if (made !== undefined) undo.push(() => removeEmpty(dirname(target), made));
      const before = readIfThere(target);
      writeFileSync(target, text);
      undo.push(() => (before === undefined ? rmSync(target, { force: true }) : writeFileSync(target, before)));
    }
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
  return () => {
    for (const step of undo.toReversed()) step();
  };
}

function readIfThere(target: string): Buffer | undefined {
  try {
    return readFileSync(target);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Removes a folder and those above it up to the topmost that was made, if nothing is in them. */
function removeEmpty(folder: string, topmost: string): void {
  for (let at = folder; at.startsWith(topmost); at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch {
      return;
    }
  }
}
