import { UserError } from "../ir/errors.ts";
import { errorFinding } from "../project/lint/findings.ts";
import { printAnnotations } from "../report/print-github.ts";
import { explainFailure } from "./explain-failure.ts";
import type { Format } from "./formats.ts";
import type { Io } from "./io.ts";
import { printJson } from "./json.ts";
import { VERSION } from "./version.ts";

/**
 * Says why a command could not do its work, and gives the exit code for that. As JSON it is on standard output, too, so that a
 * program that reads a report never reads nothing; in a GitHub Actions run it is an annotation.
 */
export function fail({ io, format }: { readonly io: Io; readonly format: Format }, errors: readonly unknown[]): number {
  for (const error of errors) io.err(explainFailure(error, VERSION));
  if (format === "json") io.out(printJson({ errors: errors.map(errorJson) }));
  if (format === "github")
    io.out(printAnnotations(errors.filter((error) => error instanceof UserError).map(errorFinding)));
  return 2;
}

function errorJson(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof UserError ? { message, span: error.location } : { message };
}
