import type { SourceObserver } from "../load/source-observer.ts";

/** What a command works on. Everything from outside comes in here: nothing below reads the environment. */
export interface Project {
  /** The folder that holds `workflows-src/`, as a real path. */
  readonly root: string;
  /** What sources get for `import … from "flowkeep"`: the entry of the flowkeep that runs. */
  readonly flowkeep: URL;
  /** The program of a second thread for many files' verdicts; undefined: one thread does it. */
  readonly verdictThread?: URL | undefined;
  /** A folder for files that live for a moment. */
  readonly scratch: string;
  /** The config file, relative to the root, where one was named; else it is looked for. */
  readonly config?: string | undefined;
  /** Looks at the process while sources run. */
  readonly observer?: SourceObserver | undefined;
  /** A folder for what need not be worked out again; undefined: nothing is kept. */
  readonly cache?: string | undefined;
}

export const LOCK_FILE = "generated/actions.lock.json";
export const BINDINGS_FILE = "generated/actions.d.ts";
export const SOURCE_MAP_FILE = "generated/source-map.json";
export const PUSHES_FILE = "generated/pushes.md";
export const BASELINE_FILE = "generated/baseline.json";

/** Where a config is looked for, in this order. */
export const CONFIG_NAMES = ["ts", "mts", "js", "mjs", "json"].map((extension) => `flowkeep.config.${extension}`);
