import { build } from "esbuild";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pinUses } from "../../src/actions/pin-uses.ts";
import type { FileNode } from "../../src/ir/any-node.ts";
import { findSources } from "../../src/load/find-sources.ts";
import { loadSources } from "../../src/load/load-sources.ts";
import { generate, type Generated } from "../../src/pipeline.ts";
import { convertSources } from "../../src/project/convert-sources.ts";
import { lockActions } from "../../src/project/lock-actions.ts";
import { pickDefinitions } from "../../src/project/pick-definitions.ts";
import type { Project } from "../../src/project/project.ts";

const ENTRY = join(import.meta.dirname, "../../src/index.ts");

/** Runs `body` with the project of a folder, compiled by this repository's sources as they are. */
export async function withProject<T>(folder: string, body: (project: Project) => Promise<T>): Promise<T> {
  const scratch = await realpath(await mkdtemp(join(tmpdir(), "flowkeep-end-to-end-")));
  try {
    const flowkeep = join(scratch, "flowkeep.mjs");
    await build({ entryPoints: [ENTRY], outfile: flowkeep, bundle: true, format: "esm", platform: "node" });
    return await body({ root: await realpath(folder), flowkeep: pathToFileURL(flowkeep), scratch });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export interface CompiledProject extends Generated {
  /** Output → what was printed there. */
  readonly nodes: ReadonlyMap<string, FileNode>;
}

/** What `flowkeep gen` would write for a folder, and the nodes that it printed. */
export function compileProject(folder: string): Promise<CompiledProject> {
  return withProject(folder, async (project) => ({ ...(await generate(project)), nodes: await printedNodes(project) }));
}

async function printedNodes(project: Project): Promise<ReadonlyMap<string, FileNode>> {
  const { sources } = await findSources(project.root);
  const load = await loadSources(
    sources.map(({ file }) => file),
    project,
  );
  const { converted } = convertSources(pickDefinitions(sources, load).defined, load);
  const { lock, known } = await lockActions(project.root, converted);
  return new Map(converted.map(({ source, node }) => [source.output, pinUses(node, lock, known.catalog).file]));
}
