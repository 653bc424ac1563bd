import { closeSync } from "node:fs";
import { DefinitionError, type UserError } from "../../ir/errors.ts";
import type { Location } from "../../ir/span.ts";
import { pointAt } from "../../load/source-errors.ts";
import { strayError, type RunningSource, type SourceObserver } from "../../load/source-observer.ts";
import { counted } from "../../report/print-text.ts";
import { startClock, type Clock } from "./clock.ts";
import { compileAtOnce } from "./compile-at-once.ts";
import { endProcess } from "./end-process.ts";

/** How a command looks at its sources. */
export interface Watch {
  /** Seconds that they may run; 0: for ever. */
  readonly timeLimit: number;
  /** Says an error that comes out of order. */
  readonly report: (error: UserError) => void;
  /** Tells a person who waits what for; undefined where nobody does. */
  readonly tell?: ((text: string) => void) | undefined;
}

/** What is known of the sources that run in this process. */
export interface ProcessObserver {
  /** For one command. */
  readonly observe: (watch: Watch) => SourceObserver;
  /** Takes an error that nothing caught: as a mistake of the sources, if it is reported with the others; else false. */
  readonly keep: (thrown: unknown) => boolean;
  /** Errors that nothing caught, when the process ends before they could be reported; and what it was that never ended. */
  readonly unfinished: () => readonly UserError[];
  /** An error that comes after the sources have run, if one of them threw it. */
  readonly explain: (thrown: unknown) => UserError | undefined;
}

/** Looks at sources that share the process with flowkeep. */
export function observeProcess(): ProcessObserver {
  const strays: unknown[] = [];
  const files = new Set<string>();
  let current: RunningSource | undefined;
  let last: RunningSource | undefined;
  let isExpected = false;
  let clock: Clock | undefined;
  const explain = (thrown: unknown): UserError | undefined => last?.explain(thrown);
  const whereItIs = (): Location =>
    explain(new Error())?.location ?? pointAt({ file: current?.file ?? "workflows-src" });
  const overdue = ({ timeLimit, report }: Watch): never => {
    const message = `this has been running for ${counted(timeLimit, "second")}: a source says what a workflow is, and ends. Is it a loop without an end? (--time-limit gives it longer)`;
    report(new DefinitionError(message, whereItIs()));
    // Node would say there that it waits for the debugger.
    closeSync(2);
    return endProcess(2);
  };
  return {
    observe: (watch) => ({
      // The clock's thread starts while esbuild works in its process.
      starting() {
        const { timeLimit, tell } = watch;
        const slow = (seconds: number): void => {
          if (current === undefined) return;
          const { file, startLine } = whereItIs();
          tell?.(`${file}:${startLine} has been running for ${counted(seconds, "second")} (Ctrl-C ends it)`);
        };
        clock ??= startClock({ limit: timeLimit, overdue: () => overdue(watch), slow: tell && slow });
      },
      compiling: compileAtOnce,
      running(source) {
        if (source === undefined) {
          clock?.stop();
          clock = undefined;
        } else {
          // What comes before, bundling, is not the sources' own time.
          if (current === undefined) clock?.begin();
          files.add(source.file);
          last = source;
          isExpected = true;
          process.exit = refuseExit;
        }
        current = source;
      },
      takeStrays() {
        isExpected = false;
        return strays.splice(0);
      },
    }),
    keep(thrown) {
      if (isExpected) strays.push(thrown);
      return isExpected;
    },
    unfinished() {
      const { file, explain } = current ?? {};
      if (file === undefined || explain === undefined) return [];
      if (strays.length > 0) return strays.map((thrown) => strayError(thrown, [...files], explain));
      const message = "this waits for something that never comes (a top-level `await`)";
      return [new DefinitionError(message, pointAt({ file }))];
    },
    explain,
  };
}

function refuseExit(code?: number | string | null): never {
  throw new DefinitionError(
    `process.exit(${code ?? ""}) would end flowkeep before it has done its work: leave it out, or throw an Error`,
  );
}
