import { UsageError } from "../../ir/errors.ts";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";
import { fixProject, lint, writeFixes, type FixedProject, type Linted } from "../../pipeline.ts";
import type { WhichFiles } from "../../project/lint/files-to-check.ts";
import { paintDiff, printDiff } from "../../report/print-diff.ts";
import { counted, printPlace } from "../../report/print-text.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings } from "../report-findings.ts";
import type { Settings } from "../settings.ts";

export interface FixFlags {
  readonly dryRun?: true;
}

/** `flowkeep lint --fix`: mends what can be mended without any other push coming out otherwise. Gives what is left. */
export async function lintAndFix(settings: Settings, which: WhichFiles, { dryRun }: FixFlags): Promise<Linted> {
  const { project, io, paint, format, quiet } = settings;
  const fixed = await withProgress(settings, "fixing", () => fixProject(project, which));
  if (dryRun === undefined) writeFixes(project, fixed);
  const linted = await withProgress(settings, "linting", () => lint(project, which));
  const diffs = dryRun === undefined ? [] : fixed.files.map(({ path, before, text }) => printDiff(path, before, text));
  if (format === "text") {
    for (const diff of diffs) io.out(paintDiff(diff, paint));
    if (!quiet) io.out(describe(fixed, dryRun !== undefined));
  }
  const told = ({ file, ruleId, description, span }: FixedProject["applied"][number]) => ({
    file,
    ruleId,
    description,
    span,
  });
  const json = {
    fixed: fixed.applied.map(told),
    notFixed: fixed.refused.map((each) => ({ ...told(each), reason: each.reason })),
    ...(dryRun !== undefined && { diff: diffs.join("") }),
  };
  // People who ask what would be written have seen the findings.
  if (format === "text" && dryRun !== undefined) return linted;
  reportFindings(settings, linted.findings, { write: io.out, paint, json });
  return linted;
}

function describe({ applied, refused, files }: FixedProject, isDry: boolean): string {
  const place = ({ span, file }: FixedProject["applied"][number]): string =>
    span === undefined ? file : printPlace(span);
  const done = isDry ? "would fix" : "fixed";
  const lines = [
    ...applied.map((each) => `${done} ${place(each)} ${each.description} [${each.ruleId}]`),
    // A step that several jobs share is found in each of them.
    ...new Set(refused.map((each) => `not fixed ${place(each)} ${each.description} [${each.ruleId}]: ${each.reason}`)),
    ...(files.some(({ path }) => path.startsWith(`${SOURCES_FOLDER}/`)) && !isDry
      ? ["sources have changed: run `npx flowkeep gen`"]
      : []),
    `${done} ${counted(applied.length, "finding")} in ${counted(files.length, "file")}${refused.length > 0 ? `, ${refused.length} not` : ""}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** What goes with `--fix`, and what does not. */
export function checkFlags(flags: {
  readonly fix?: true;
  readonly dryRun?: true;
  readonly updateBaseline?: true;
}): void {
  if (flags.dryRun && !flags.fix) throw new UsageError("--dry-run shows what --fix would write: give both");
  if (flags.fix && flags.updateBaseline)
    throw new UsageError(
      "--fix and --update-baseline are two things: fix first, and take what is left into the baseline",
    );
}
