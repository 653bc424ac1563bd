import { relative, resolve } from "node:path";
import { keepBaseline, lint as lintProject, type Linted } from "../../pipeline.ts";
import { counted, countFindings } from "../../report/print-text.ts";
import { BASELINE_FILE } from "../../project/project.ts";
import { exitCode } from "../exit-code.ts";
import { printJson } from "../json.ts";
import { checkFlags, lintAndFix } from "./lint-fix.ts";
import { optimizeLater } from "../process/optimize-later.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings, shownFindings } from "../report-findings.ts";
import { isForeign, type Settings } from "../settings.ts";
import { nothingFound } from "./nothing-found.ts";

export interface LintFlags {
  readonly official?: true;
  readonly updateBaseline?: true;
  readonly fix?: true;
  readonly dryRun?: true;
}

/** `flowkeep lint` */
export async function lint(settings: Settings, paths: readonly string[], flags: LintFlags): Promise<number> {
  const { project, io, quiet, paint, format } = settings;
  const fromRoot = paths.map((path) => relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/"));
  const mayRun = !isForeign(io);
  checkFlags(flags);
  optimizeLater();
  if (flags.fix) {
    const linted = await lintAndFix(settings, { paths: fromRoot, mayRun }, flags);
    if (linted.files.length === 0 && linted.findings.length === 0) throw nothingFound(paths);
    return codeOf(settings, linted);
  }
  const linted = await withProgress(settings, "linting", () =>
    lintProject(project, { paths: fromRoot, mayRun, official: flags.official }),
  );
  if (linted.files.length === 0 && linted.findings.length === 0) throw nothingFound(paths);
  const code = codeOf(settings, linted);
  // What could not be read or compiled was not looked at: a baseline of the rest would take findings for gone.
  if (flags.updateBaseline && code < 2) return updateBaseline(settings, linted);
  reportFindings(settings, linted.findings, { write: io.out, paint });
  if (format === "text" && !quiet) io.out(`${summary(settings, linted)}\n`);
  return code;
}

function codeOf({ failOn }: Settings, { findings, config, files }: Linted): number {
  return files.length === 0 ? 2 : exitCode(findings, failOn ?? config.failOn ?? "warning");
}

function summary(settings: Settings, { findings, files, known }: Linted): string {
  const found = countFindings(shownFindings(settings, findings)) ?? "nothing to report";
  return `${found} in ${counted(files.length, "file")}${known > 0 ? `; ${known} more in ${BASELINE_FILE}` : ""}`;
}

async function updateBaseline(settings: Settings, linted: Linted): Promise<number> {
  const { io, quiet, format } = settings;
  const kept = await keepBaseline(settings.project, linted);
  if (format === "json") io.out(printJson({ baseline: BASELINE_FILE, kept }));
  else if (!quiet) io.out(`${BASELINE_FILE} knows ${counted(kept, "finding")}\n`);
  return 0;
}
