import { readdir } from "node:fs/promises";
import type { Config } from "../define/define-config.ts";
import { DefinitionError, type UserError } from "../ir/errors.ts";
import { nearestName } from "../ir/suggest.ts";
import type { LoadResult } from "../load/load-sources.ts";
import { pointAt } from "../load/source-errors.ts";
import { SEVERITIES } from "../report/finding.ts";
import type { Project } from "./project.ts";
import { readText } from "./read-text.ts";

const CONFIG_NAMES = ["ts", "mts", "js", "mjs", "json"].map((extension) => `flowkeep.config.${extension}`);

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

export interface ReadConfig {
  readonly config: Config;
  readonly errors: readonly UserError[];
}

/** A project's config: what the file exported when it ran with the sources, or what the JSON file says. */
export async function readConfig(
  root: string,
  file: string | undefined,
  { loaded, failed }: Pick<LoadResult, "loaded" | "failed">,
): Promise<ReadConfig> {
  if (file === undefined) return { config: {}, errors: [] };
  if (!isScript(file)) return readJsonConfig(root, file);
  const ran = loaded.find((source) => source.file === file);
  // Where it failed, its errors are among those of the sources.
  if (ran === undefined)
    return { config: {}, errors: failed.some((source) => source.file === file) ? [] : [missing(file)] };
  return checkConfig(ran.value, file);
}

async function readJsonConfig(root: string, file: string): Promise<ReadConfig> {
  const text = await readText(root, file);
  if (text === undefined) return { config: {}, errors: [missing(file)] };
  try {
    return checkConfig(JSON.parse(text), file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { config: {}, errors: [new DefinitionError(`this is no JSON: ${error.message}`, pointAt({ file }))] };
  }
}

function missing(file: string): DefinitionError {
  return new DefinitionError("there is no such config file", pointAt({ file }));
}

/** It may come from JavaScript or JSON, where nothing checked its type. */
function checkConfig(value: unknown, file: string): ReadConfig {
  const errors: DefinitionError[] = [];
  const report = (message: string) => errors.push(new DefinitionError(message, pointAt({ file })));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    report("a config is an object: export default defineConfig({ … })");
    return { config: {}, errors };
  }
  for (const [key, setting] of Object.entries(value)) {
    if (key === "failOn") {
      if (!SEVERITIES.includes(setting)) report(`\`failOn\` is one of ${SEVERITIES.join(", ")}`);
    } else if (key !== "$schema") {
      const near = nearestName(key, ["failOn"]);
      report(`there is no setting \`${key}\`; ${near === undefined ? "known: failOn" : `did you mean \`${near}\`?`}`);
    }
  }
  return errors.length > 0 ? { config: {}, errors } : { config: value, errors };
}
