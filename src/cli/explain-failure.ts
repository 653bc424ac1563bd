import { UserError } from "../ir/errors.ts";
import { describeSystemError, isSystemError } from "../ir/system-error.ts";
import { printPlace } from "../report/print-text.ts";

/** What to print when a command ends by an error: a sentence for what a person can mend, a stack for what only we can. */
export function explainFailure(error: unknown, version: string): string {
  if (error instanceof UserError) {
    const place = error.location === undefined ? "" : `${printPlace(error.location)} `;
    return `flowkeep: ${place}${error.message}\n`;
  }
  if (isSystemError(error)) {
    const place = error.path === undefined ? "" : `${error.path}: `;
    return `flowkeep: ${place}${describeSystemError(error)}${hintAt(error)}\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `flowkeep: an error that should not happen:`,
    stack,
    `This is a mistake in flowkeep ${version}. Please report it with the lines above, and with what you ran:`,
    "https://github.com/flowkeep/flowkeep/issues",
    "",
  ].join("\n");
}

function hintAt({ syscall }: NodeJS.ErrnoException): string {
  return syscall === "mkdtemp" ? ". TMPDIR names the folder for what lies there for a moment" : "";
}
