import { rmdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { emptyLock } from "../actions/lock.ts";
import { printLock } from "../actions/print-lock.ts";
import { writeFiles } from "../emit/write-files.ts";
import { UsageError } from "../ir/errors.ts";
import { findSources, SOURCES_FOLDER } from "../load/find-sources.ts";
import { placeFiles } from "./sources/adopt-imports.ts";
import { readLock } from "./actions/lock-actions.ts";
import { BASELINE_FILE, BINDINGS_FILE, LOCK_FILE, PUSHES_FILE, SOURCE_MAP_FILE, type Project } from "./project.ts";
import { readText } from "./read-text.ts";
import { keepBaseline } from "./lint/sift-findings.ts";
import { findSmoke } from "./smoke-project.ts";

/**
 * Takes away the throw-away workflows of a project: the sources, and what they come to.
 *
 * @param regenerate writes what the sources that are left come to, and says whether it could
 * @returns what is gone, from the root
 * @throws UsageError where there is none
 */
export async function removeSmoke(project: Project, regenerate: () => Promise<boolean>): Promise<readonly string[]> {
  const { root } = project;
  const { sources, files, isAll } = await findSmoke(root);
  if (sources.length === 0) throw new UsageError("there is no smoke test of flowkeep's here");
  const texts = await Promise.all(sources.map((file) => readFile(join(root, file), "utf8")));
  const lock = await lockWithout(root, sources, texts);
  const putBack = placeFiles(root, lock === undefined ? [] : [{ path: LOCK_FILE, text: lock }]);
  for (const source of sources) rmSync(join(root, source));
  if (isAll) {
    // They were the only sources: nothing is generated from now on.
    const generated = [LOCK_FILE, BINDINGS_FILE, SOURCE_MAP_FILE, PUSHES_FILE];
    writeFiles(root, [], [...files, ...generated]);
  } else if (!(await regenerate())) {
    putBack();
    placeFiles(
      root,
      sources.map((path, at) => ({ path, text: texts[at] ?? "" })),
    );
    return [];
  } else if (lock === EMPTY_LOCK) writeFiles(root, [], [LOCK_FILE, BINDINGS_FILE]);
  await forget(project, [...sources, ...files]);
  for (const folder of [SOURCES_FOLDER, dirname(LOCK_FILE)]) removeIfEmpty(join(root, folder));
  return [...sources, ...files];
}

const EMPTY_LOCK = printLock(emptyLock);

/** The lock without the actions that only they use; undefined where it stays as it is. */
async function lockWithout(
  root: string,
  sources: readonly string[],
  texts: readonly string[],
): Promise<string | undefined> {
  const { lock } = await readLock(root);
  const others = (await findSources(root)).sources.filter(({ file }) => !sources.includes(file));
  const kept = await Promise.all(others.map(({ file }) => readFile(join(root, file), "utf8")));
  const isNamed = (ref: string, where: readonly string[]): boolean => where.some((text) => text.includes(`"${ref}"`));
  const gone = [...lock.actions.keys()].filter((ref) => isNamed(ref, texts) && !isNamed(ref, kept));
  if (gone.length === 0) return undefined;
  return printLock({ ...lock, actions: new Map([...lock.actions].filter(([ref]) => !gone.includes(ref))) });
}

/** The baseline knows nothing of them any more. */
async function forget(project: Project, files: readonly string[]): Promise<void> {
  const text = await readText(project.root, BASELINE_FILE);
  if (text === undefined) return;
  const left = await keepBaseline(project, { unsifted: [], files });
  if (left === 0) writeFiles(project.root, [], [BASELINE_FILE]);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && ["ENOTEMPTY", "EEXIST", "ENOENT"].includes(String(error.code))))
      throw error;
  }
}
