import { build } from "esbuild";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pinUses } from "../../src/actions/pin-uses.ts";
import type { FileNode } from "../../src/ir/any-node.ts";
import { findSources, type Source } from "../../src/load/find-sources.ts";
import { loadSources } from "../../src/load/load-sources.ts";
import { generate, type Generated } from "../../src/pipeline.ts";
import { checkSource } from "../../src/project/sources/check-source.ts";
import { convertSources } from "../../src/project/sources/convert-sources.ts";
import { emitSource } from "../../src/project/sources/emit-source.ts";
import { lockActions } from "../../src/project/actions/lock-actions.ts";
import { pickDefinitions } from "../../src/project/sources/pick-definitions.ts";
import type { Project } from "../../src/project/project.ts";
import type { Finding } from "../../src/report/finding.ts";

const ENTRY = join(import.meta.dirname, "../../src/index.ts");

/** Runs `body` with the project of a folder, and with the flowkeep of this repository's sources as they are. */
export async function withProject<T>(folder: string, body: (project: Project) => Promise<T>): Promise<T> {
  const { project, close } = await openProject(folder);
  try {
    return await body(project);
  } finally {
    await close();
  }
}

/** The same for as long as nobody closes it. */
export async function openProject(folder: string): Promise<{ readonly project: Project; close(): Promise<void> }> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), "flowkeep-end-to-end-")));
  const close = () => rm(scratch, { recursive: true, force: true });
  try {
    const flowkeep = join(scratch, "flowkeep.mjs");
    await build({ entryPoints: [ENTRY], outfile: flowkeep, bundle: true, format: "esm", platform: "node" });
    return { project: { root: await realpath(folder), flowkeep: pathToFileURL(flowkeep), scratch }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export interface CompiledFile {
  readonly output: string;
  readonly text: string;
  /** What was printed. */
  readonly node: FileNode;
  readonly findings: readonly Finding[];
}

/** What `flowkeep gen` would write for a folder. */
export function generateProject(folder: string): Promise<Generated> {
  return withProject(folder, generate);
}

/** Compiles sources one by one, wherever they lie in a project: an error in one is among its findings, and hides no other. */
export function compileSources(folder: string, list?: readonly Source[]): Promise<readonly CompiledFile[]> {
  return withProject(folder, async (project) => {
    const sources = list ?? (await findSources(project.root)).sources;
    const files = sources.map(({ file }) => file);
    const load = await loadSources(files, project);
    const { converted } = convertSources(pickDefinitions(sources, load).defined, load);
    const locked = await lockActions(project.root, converted, {});
    return converted.map((source) => ({
      output: source.source.output,
      text: emitSource(source, locked).file.text,
      node: pinUses(source.node, locked.lock),
      findings: checkSource(source, locked.known, load),
    }));
  });
}
