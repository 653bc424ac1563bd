import { findSources, type FoundSources } from "../../load/find-sources.ts";
import { loadSources, type LoadResult } from "../../load/load-sources.ts";
import { findConfig, isScript } from "../config/find-config.ts";
import type { Project } from "../project.ts";

/** A project's scripts, when they have run. */
export interface RanSources {
  readonly found: FoundSources;
  readonly configFile: string | undefined;
  /** Those that were run: the sources, and the config where it is one. */
  readonly scripts: readonly string[];
  readonly load: LoadResult;
}

/** Runs `workflows-src/` and the config. What they define is nobody's yet: `compileSources` takes it from there. */
export async function runSources(project: Project): Promise<RanSources> {
  const found = await findSources(project.root);
  const configFile = await findConfig(project);
  const listed = found.sources.map(({ file }) => file);
  const scripts = isScript(configFile) ? [configFile, ...listed] : listed;
  return { found, configFile, scripts, load: await loadSources(scripts, project) };
}
