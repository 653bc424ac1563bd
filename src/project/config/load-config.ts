import { loadSources } from "../../load/load-sources.ts";
import type { Project } from "../project.ts";
import { findConfig, isScript } from "./find-config.ts";
import { readConfig, type ReadConfig } from "./read-config.ts";

/** A project's config without its sources: a script is run, alone. */
export async function loadConfig(project: Project): Promise<ReadConfig> {
  const file = await findConfig(project);
  if (!isScript(file)) return readConfig(project.root, file, { loaded: [], failed: [] });
  const load = await loadSources([file], project);
  const { config, errors } = await readConfig(project.root, file, load);
  return { config, errors: [...load.failed.flatMap((source) => source.errors), ...errors] };
}
