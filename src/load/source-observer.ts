import { DefinitionError, type UserError } from "../ir/errors.ts";
import { describeThrown, pointAt } from "./source-errors.ts";

/** A source that runs: its own code, or a function of its definition. */
export interface RunningSource {
  readonly file: string;
  /** What was thrown, with the place in the source that its stack leads to; undefined where no source threw it. */
  readonly explain: (thrown: unknown) => UserError | undefined;
}

/** Looks at the process while sources run, which nothing below the command does: they share it with flowkeep. */
export interface SourceObserver {
  /** Sources are about to be bundled, and will run then. */
  readonly starting: () => void;
  /** The bundle of all sources, of so many characters, is about to be compiled. Gives what is called when it has been. */
  readonly compiling: (size: number) => () => void;
  /** A source begins to run; undefined: none runs any more. */
  readonly running: (source: RunningSource | undefined) => void;
  /** Takes what sources threw where nothing waits for it: in a timer, in a promise without `await`. */
  readonly takeStrays: () => readonly unknown[];
}

/** Ends the run of some files, and gives what they threw where nothing waited for it. */
export function takeStrays(
  { observer, flowkeep }: { readonly observer?: SourceObserver | undefined; readonly flowkeep: URL },
  files: readonly string[],
  explain: RunningSource["explain"],
): readonly UserError[] {
  observer?.running(undefined);
  return (observer?.takeStrays() ?? []).map((thrown) => {
    if (isOurs(thrown, flowkeep) && explain(thrown) === undefined) throw thrown;
    return strayError(thrown, files, explain);
  });
}

/** An error that nothing waited for, as a mistake of one of the files that ran. */
export function strayError(thrown: unknown, files: readonly string[], explain: RunningSource["explain"]): UserError {
  const { message, location } = explain(thrown) ?? { message: describeThrown(thrown), location: undefined };
  const [only = "", ...others] = files;
  // Which file it was the stack would tell: without one, only where there is but one.
  const file = others.length === 0 ? only : only.slice(0, Math.max(0, only.indexOf("/"))) || only;
  return new DefinitionError(
    `${message} (thrown where nothing waits for it: in a timer, or in a promise without \`await\`)`,
    location ?? pointAt({ file }),
  );
}

function isOurs(thrown: unknown, flowkeep: URL): boolean {
  return thrown instanceof Error && (thrown.stack ?? "").includes(new URL(".", flowkeep).href);
}
