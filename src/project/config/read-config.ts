import type { Config } from "../../define/define-config.ts";
import { DefinitionError, type UserError } from "../../ir/errors.ts";
import { describeSystemError, isSystemError } from "../../ir/system-error.ts";
import type { LoadResult } from "../../load/load-sources.ts";
import { pointAt } from "../../load/source-errors.ts";
import { placeOfSyntaxError } from "../../actions/place-in-json.ts";
import { checkConfig, isConfig } from "./check-config.ts";
import { isScript } from "./find-config.ts";
import { placeInConfig } from "./place-in-config.ts";
import { readText } from "../read-text.ts";

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
  return checked(ran.value, file, await readText(root, file));
}

async function readJsonConfig(root: string, file: string): Promise<ReadConfig> {
  let text: string | undefined;
  try {
    text = await readText(root, file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return {
      config: {},
      errors: [new DefinitionError(`this cannot be read: ${describeSystemError(error)}`, pointAt({ file }))],
    };
  }
  if (text === undefined) return { config: {}, errors: [missing(file)] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = await placeOfSyntaxError(text, file, error);
    return { config: {}, errors: [new DefinitionError(`this is no JSON: ${error.message}`, place)] };
  }
  return checked(value, file, text);
}

/** What of a config can be used: all of it, or nothing. */
async function checked(value: unknown, file: string, text: string | undefined): Promise<ReadConfig> {
  if (isConfig(value)) return { config: value, errors: [] };
  const errors: UserError[] = [];
  for (const { path, message } of checkConfig(value))
    errors.push(new DefinitionError(message, await placeInConfig(text ?? "", file, path)));
  return { config: {}, errors };
}

function missing(file: string): DefinitionError {
  return new DefinitionError(
    "there is no such config file: without --config, flowkeep.config.ts or flowkeep.config.json is taken",
    pointAt({ file }),
  );
}
