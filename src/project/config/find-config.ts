import { readdir } from "node:fs/promises";
import { CONFIG_NAMES, type Project } from "../project.ts";

/** The config file that was named, else the one that lies in the root, else undefined. */
export async function findConfig({ root, config }: Project): Promise<string | undefined> {
  if (config !== undefined) return config;
  const present = new Set(await readdir(root));
  return CONFIG_NAMES.find((name) => present.has(name));
}

/** Whether a config is run like a source. */
export function isScript(config: string | undefined): config is string {
  return config !== undefined && !config.endsWith(".json");
}
