import { UsageError } from "../../ir/errors.ts";

/** Zero files are never a success: a misspelt path would go unnoticed. */
export function nothingFound(paths: readonly string[]): UsageError {
  const where = paths.length === 0 ? "workflows-src/ or .github/workflows/" : paths.join(", ");
  return new UsageError(
    `there is no workflow and no action in ${where}: name .yml files, or the folder that holds .github/ or workflows-src/`,
  );
}
