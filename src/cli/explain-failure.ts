import { UserError } from "../ir/errors.ts";
import { printPlace } from "../report/print-text.ts";

/** What to print when a command ends by an error: a sentence for what a person can mend, a stack for what only we can. */
export function explainFailure(error: unknown, version: string): string {
  if (error instanceof UserError) {
    const place = error.location === undefined ? "" : `${printPlace(error.location)} `;
    return `flowkeep: ${place}${error.message}\n`;
  }
  if (isSystemError(error)) return `flowkeep: ${error.message}\n`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `flowkeep: an error that should not happen:`,
    stack,
    `This is a mistake in flowkeep ${version}. Please report it with the lines above, and with what you ran:`,
    "https://github.com/flowkeep/flowkeep/issues",
    "",
  ].join("\n");
}

/** No space, no permission, no such folder: the message of the system says it. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}
