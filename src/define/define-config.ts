/** What `flowkeep.config.ts` may say. */
export interface Config {
  /** Findings at or above this make a command exit with 1. Default: `"warning"`, for `gen` `"error"`. */
  readonly failOn?: "error" | "warning" | "note";
}

/**
 * A project's settings, as the default export of `flowkeep.config.ts`.
 *
 * @example
 * import { defineConfig } from "flowkeep";
 *
 * export default defineConfig({ failOn: "error" });
 */
export function defineConfig(config: Config): Config {
  return config;
}
