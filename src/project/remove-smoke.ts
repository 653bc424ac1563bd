import { rmdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeFiles } from "../emit/write-files.ts";
import { UsageError } from "../ir/errors.ts";
import { SOURCES_FOLDER } from "../load/find-sources.ts";
import { placeFiles } from "./adopt-imports.ts";
import { BASELINE_FILE, BINDINGS_FILE, LOCK_FILE, PUSHES_FILE, SOURCE_MAP_FILE, type Project } from "./project.ts";
import { readText } from "./read-text.ts";
import { keepBaseline } from "./sift-findings.ts";
import { findSmoke } from "./smoke-project.ts";

/**
 * Takes away the throw-away workflows of a project: the sources, and what they come to.
 *
 * @param regenerate writes what the sources that are left come to, and says whether it could
 * @returns what is gone, from the root
 * @throws UsageError where there is none
 */
export async function removeSmoke(
  project: Project,
  regenerate: () => Promise<boolean>,
): Promise<readonly string[]> {
  const { root } = project;
  const { sources, files, isAll } = await findSmoke(root);
  if (sources.length === 0) throw new UsageError("there is no smoke test of flowkeep's here");
  const texts = await Promise.all(sources.map((file) => readFile(join(root, file), "utf8")));
  for (const source of sources) rmSync(join(root, source));
  if (isAll) {
    // They were the only sources: nothing is generated from now on.
    const generated = [LOCK_FILE, BINDINGS_FILE, SOURCE_MAP_FILE, PUSHES_FILE];
    writeFiles(root, [], [...files, ...generated]);
  } else if (!(await regenerate())) {
    placeFiles(
      root,
      sources.map((path, at) => ({ path, text: texts[at] ?? "" })),
    );
    return [];
  }
  await forget(project, [...sources, ...files]);
  for (const folder of [SOURCES_FOLDER, dirname(LOCK_FILE)]) removeIfEmpty(join(root, folder));
  return [...sources, ...files];
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
    if (!(error instanceof Error && "code" in error && ["ENOTEMPTY", "EEXIST", "ENOENT"].includes(String(error.code)))) throw error;
  }
}
