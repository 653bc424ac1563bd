import { GITHUB_LOCK_FILE } from "../../actions/github-lock/github-lock.ts";
import { sourceOf } from "../../emit/header.ts";
import { planWrites, type Adopted, type OutputFile } from "../../emit/plan-writes.ts";
import { isAsWritten, readSourceMap, type SourceMap } from "../../emit/source-map.ts";
import type { WrittenFiles } from "../../emit/write-files.ts";
import { ReadError } from "../../ir/errors.ts";
import { pointAt } from "../../load/source-errors.ts";
import type { Finding } from "../../report/finding.ts";
import { printDiff } from "../../report/print-diff.ts";
import { LOCK_FILE, PUSHES_FILE, SOURCE_MAP_FILE } from "../project.ts";

/** A generated file that is not what the sources come to. */
export interface Drift {
  readonly kind: "missing" | "hand-edit" | "stale" | "stale-lock" | "orphan";
  readonly path: string;
  /** A sentence: what happened, and what to do. */
  readonly message: string;
  /** What is there; undefined: nothing. */
  readonly before: string | undefined;
  /** What belongs there; undefined: nothing. */
  readonly after: string | undefined;
}

/** Compares files with the disk, by bytes. */
export function compareFiles(root: string, files: readonly OutputFile[], orphans: readonly string[]): readonly Drift[] {
  const plan = planWrites(root, files, orphans);
  const written = plan.writes.find(({ path }) => path === SOURCE_MAP_FILE)?.before?.bytes.toString();
  // Where the source map would not change, it is the one that the files were written with.
  const map = readMap(written ?? files.find(({ path }) => path === SOURCE_MAP_FILE)?.text);
  const changed = plan.writes.map(({ path, text, before }): Drift => {
    const now = before?.bytes.toString();
    const kind = now === undefined ? "missing" : kindOf(path, now, map);
    return { kind, path, message: explain(kind, path, now ?? text), before: now, after: text };
  });
  const removed = plan.removals.map(({ path, before }): Drift => {
    const now = before.bytes.toString();
    const message = isEdited(path, now, map) ? explainEditedOrphan(path, now) : explain("orphan", path, now);
    return { kind: "orphan", path, message, before: now, after: undefined };
  });
  return [...changed, ...removed].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Files without a source that people have edited: their work would be gone, so writing must not begin. */
export function editedOrphans(root: string, orphans: readonly string[], adopted?: Adopted): readonly Finding[] {
  if (orphans.length === 0) return [];
  const { removals } = planWrites(root, [], [...orphans, SOURCE_MAP_FILE], adopted);
  const texts = new Map(removals.map(({ path, before }) => [path, before.bytes.toString()]));
  const map = readMap(texts.get(SOURCE_MAP_FILE));
  return [...texts].flatMap(([path, text]): readonly Finding[] => {
    if (sourceOf(text) === undefined || !isEdited(path, text, map)) return [];
    const message = explainEditedOrphan(path, text);
    return [{ ruleId: "orphan", severity: "error", message, span: pointAt({ file: path }), related: [] }];
  });
}

/**
 * What people wrote into generated files, and writing has undone: each with the lines that are gone, so that nothing of theirs
 * is lost.
 */
export function undoneEdits({ before }: WrittenFiles, files: readonly OutputFile[]): readonly Finding[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const map = readMap(before.get(SOURCE_MAP_FILE) ?? texts.get(SOURCE_MAP_FILE));
  const edited = [...before].filter(([path, text]) => kindOf(path, text, map) === "hand-edit");
  return edited.map(([path, text]): Finding => {
    const source = sourceOf(text) ?? "its source";
    const after = texts.get(path);
    const isSourceSame = map !== undefined && after !== undefined && isAsWritten(map, path, after) === true;
    const heading = isSourceSame ? "What was undone:" : "What was undone, and what the source's own change made of it:";
    const message = `${path} was edited by hand, and that is undone: to have the change, make it in ${source}. ${heading}\n${printDiff(path, text, after)}`;
    return { ruleId: "hand-edit", severity: "warning", message, span: pointAt({ file: path }), related: [] };
  });
}

function readMap(text: string | undefined): SourceMap | undefined {
  try {
    return text === undefined ? undefined : readSourceMap(SOURCE_MAP_FILE, text);
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

function kindOf(path: string, now: string, map: SourceMap | undefined): Drift["kind"] {
  if (path === LOCK_FILE || path === GITHUB_LOCK_FILE) return "stale-lock";
  return isEdited(path, now, map) ? "hand-edit" : "stale";
}

function isEdited(path: string, now: string, map: SourceMap | undefined): boolean {
  return map !== undefined && isAsWritten(map, path, now) === false;
}

function explainEditedOrphan(path: string, text: string): string {
  const source = sourceOf(text) ?? "its source";
  return `${path} was generated from ${source}, which is gone, and it was edited by hand, so \`gen\` does not remove it: to keep it as your own, take flowkeep's two lines off its head; to be rid of it, delete it; to go on with flowkeep, restore ${source}. To leave flowkeep with all workflows, \`npx flowkeep eject\``;
}

function explain(kind: Drift["kind"], path: string, text: string): string {
  if (path === PUSHES_FILE && kind !== "missing")
    return kind === "orphan"
      ? `nothing pushes any more: run \`npx flowkeep gen\` to remove ${path}`
      : `who pushes, or what a push can do, is not what ${path} says: run \`npx flowkeep gen\``;
  const source = sourceOf(text) ?? "its source";
  switch (kind) {
    case "missing":
      return `${path} is missing: run \`npx flowkeep gen\``;
    case "hand-edit":
      return `${path} was edited by hand, and the next \`gen\` would undo it: make the change in ${source} and run \`npx flowkeep gen\``;
    case "stale":
      return `${path} is not what the sources come to: run \`npx flowkeep gen\``;
    case "stale-lock":
      return `${path} is not what the sources need: run \`npx flowkeep gen\``;
    case "orphan":
      return `${path} was generated from ${source}, which is gone: run \`npx flowkeep gen\` to remove it`;
  }
}
