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
  /** Asks a person for one line; only where `isTerminal.in`. */
  readonly ask: (question: string) => Promise<string>;
}
