/** What `flowkeep.config.ts` may say. */
export interface Config {
  /** Findings at or above this make a command exit with 1. Default: `"warning"`, for `gen` `"error"`. */
  readonly failOn?: "error" | "warning" | "note";
  /** By rule: another severity than its own, or `"off"`. The rules are in `docs/rules`. */
  readonly rules?: Readonly<Record<string, "off" | "note" | "warning" | "error">>;
  /** Findings that are known and meant, each with the reason. */
  readonly ignores?: readonly IgnoreEntry[];
  /** How actions are found and locked. */
  readonly actions?: ActionsConfig;
}

export interface ActionsConfig {
  /**
   * Where the repositories of actions are: GitHub, a GitHub Enterprise Server, a proxy; more than one are asked in this order.
   * Default: `GITHUB_SERVER_URL` in a GitHub Actions run, else `"https://github.com"`.
   */
  readonly serverUrl?: string | readonly string[];
}

/** A finding that is known and meant. */
export interface IgnoreEntry {
  readonly rule: string;
  /** A file or a folder, from the root: `.github/workflows/ci.yml`, `workflows-src`. */
  readonly path: string;
  /** Why it is no mistake. */
  readonly because: string;
}

/**
 * A project's settings, as the default export of `flowkeep.config.ts`.
 *
 * @example
 * import { defineConfig } from "flowkeep";
 *
 * export default defineConfig({
 *   failOn: "error",
 *   rules: { "unpinned-uses": "warning" },
 *   ignores: [{ rule: "unknown-key", path: ".github/workflows/preview.yml", because: "a preview of GitHub's" }],
 * });
 */
export function defineConfig(config: Config): Config {
  return config;
}
