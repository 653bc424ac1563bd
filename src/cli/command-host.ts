import type { Command } from "commander";
import type { Settings } from "./settings.ts";

/** What a command is added to. */
export interface CommandHost {
  readonly program: Command;
  readonly settings: () => Settings;
  /** For commands that only look: they may be called anywhere in a repository. */
  readonly settingsOfAll: () => Settings;
  /** Takes the exit code, or says why there is none. */
  readonly finish: (command: Promise<number>) => Promise<void>;
}
