import type { ProcessObserver } from "./process/observe-sources.ts";
import type { Rerun, RunMessage } from "./process/rerun.ts";

/** What a command has of the world outside. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The entry that sources get for `import … from "flowkeep"`. */
  readonly flowkeep: URL;
  /** A folder for files that live for a moment. */
  readonly scratch: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Which of the streams a person looks at. */
  readonly isTerminal: { readonly in: boolean; readonly out: boolean; readonly err: boolean };
  /** Asks a person for one line; only where `isTerminal.in`. Undefined where there is no answer. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** Runs the command again, in a process of its own, but for `--watch`. */
  readonly rerun?: () => Rerun;
  /** Tells that process's starter what the run has read. */
  readonly tell?: ((message: RunMessage) => void) | undefined;
  /** Looks at the process while sources run. */
  readonly observer?: ProcessObserver;
  /** Characters in a line of standard output; 80 where nobody says. */
  readonly width?: number | undefined;
}
