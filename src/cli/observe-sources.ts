import { closeSync } from "node:fs";
import { DefinitionError, type UserError } from "../ir/errors.ts";
import { pointAt } from "../load/source-errors.ts";
import { strayError, type RunningSource, type SourceObserver } from "../load/source-observer.ts";
import { counted } from "../report/print-text.ts";
import { startClock } from "./clock.ts";
import { endProcess } from "./end-process.ts";

/** What is known of the sources that run in this process. */
export interface ProcessObserver {
  /** For one command; `report` says an error that comes out of order. */
  readonly observe: (timeLimit: number, report: (error: UserError) => void) => SourceObserver;
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
  let stop: (() => void) | undefined;
  const explain = (thrown: unknown): UserError | undefined => last?.explain(thrown);
  const overdue = (seconds: number, report: (error: UserError) => void): never => {
    const message = `this has been running for ${counted(seconds, "second")}: a source says what a workflow is, and ends. Is it a loop without an end? (--time-limit gives it longer)`;
    const file = current?.file ?? "workflows-src";
    report(new DefinitionError(message, explain(new Error())?.location ?? pointAt({ file })));
    // Node would say there that it waits for the debugger.
    closeSync(2);
    return endProcess(2);
  };
  return {
    observe: (timeLimit, report) => ({
      // The clock's thread starts while esbuild works in its process.
      starting() {
        if (timeLimit > 0) stop ??= startClock(timeLimit, () => overdue(timeLimit, report));
      },
      running(source) {
        if (source === undefined) {
          stop?.();
          stop = undefined;
        } else {
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
