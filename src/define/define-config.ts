import type { CredentialFacts } from "./credential-facts.ts";
import type { PushAction } from "./push/push-action.ts";

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
  /** `owner/name` of the repository on GitHub. */
  readonly repository?: string;
  /** The branch that rulesets call `~DEFAULT_BRANCH`. */
  readonly defaultBranch?: string;
  /**
   * What guards the repository's refs, as GitHub says it: files with the JSON of a ruleset or of a branch's protection (from the
   * root), or that JSON itself. It tells which pushes are accepted. `[]`: there are none.
   */
  readonly rulesets?: readonly (string | object)[];
  /** What is known of the credentials, by the secret that holds each. */
  readonly credentials?: Readonly<Record<string, CredentialFacts>>;
  /** Actions that push, or change what a push sends, beside those that flowkeep knows; of equal names these go first. */
  readonly pushActions?: readonly PushAction[];
}

export interface ActionsConfig {
  /**
   * How actions are kept at their commits. `"sha"`: the YAML names the commit, with the tag behind it. `"github"`: the YAML names the
   * tag, and GitHub's own lock, `.github/workflows/actions.lock`, the commit. Default: `"sha"`.
   */
  readonly lock?: "sha" | "github";
  /**
   * Where the repositories of actions are: GitHub, a GitHub Enterprise Server, a proxy; more than one are asked in this order.
   * Default: `GITHUB_SERVER_URL` in a GitHub Actions run, else `"https://github.com"`.
   */
  readonly serverUrl?: string | readonly string[];
  /** How long a version must have been out before `flowkeep actions update` takes it: `"7d"`, `"12h"`, `"2w"`. Default: no time. */
  readonly cooldown?: string;
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
 * A project's settings, as the default export of `flowkeep.config.ts`. It gives back what it is given; the commands that run
 * sources check it, and tell at its line what is none of the settings above. Commands that read YAML run no script: for them
 * `flowkeep.config.json` can say the same.
 *
 * @example
 * ```ts
 * import { defineConfig } from "flowkeep";
 *
 * export default defineConfig({
 *   failOn: "error",
 *   rules: { "unpinned-uses": "warning" },
 *   ignores: [{ rule: "unknown-key", path: ".github/workflows/preview.yml", because: "a preview of GitHub's" }],
 * });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
