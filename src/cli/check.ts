import { check as checkProject } from "../pipeline.ts";
import type { Drift } from "../project/compare-files.ts";
import { isAtLeast, type Finding } from "../report/finding.ts";
import { paintDiff, printDiff } from "../report/print-diff.ts";
import { fence, printAnnotations } from "../report/print-github.ts";
import { counted, countFindings, printFindings } from "../report/print-text.ts";
import { exitCode } from "./exit-code.ts";
import { printJson } from "./json.ts";
import { withProgress } from "./progress.ts";
import { refuseForeignSources, type Settings } from "./settings.ts";

/** `flowkeep check` */
export async function check(settings: Settings): Promise<number> {
  refuseForeignSources(settings.io);
  const { findings, drift, config, files } = await withProgress(settings, "compiling workflows-src/", () =>
    checkProject(settings.project),
  );
  report(settings, findings, drift, files.length);
  return Math.max(exitCode(findings, settings.failOn ?? config.failOn ?? "warning"), drift.length > 0 ? 1 : 0);
}

function report(settings: Settings, findings: readonly Finding[], drift: readonly Drift[], files: number): void {
  const { format, io, quiet, paint } = settings;
  const shown = quiet ? findings.filter(({ severity }) => isAtLeast(severity, "warning")) : findings;
  switch (format) {
    case "json":
      return io.out(printJson({ findings, drift: drift.map(driftJson) }));
    case "github":
      io.out(printAnnotations([...shown, ...drift.map(driftFinding)]));
      for (const { path, before, after } of drift) io.out(fence(`diff of ${path}`, printDiff(path, before, after)));
      return;
    case "text":
      io.out(printFindings(shown, paint));
      for (const { kind, path, message, before, after } of drift)
        io.out(
          `${paint("bold", path)} ${paint("red", kind)} ${message}\n${paintDiff(printDiff(path, before, after), paint)}\n`,
        );
      if (!quiet) io.out(`${summary(findings, drift, files)}\n`);
  }
}

function summary(findings: readonly Finding[], drift: readonly Drift[], files: number): string {
  const counts = [
    countFindings(findings),
    drift.length > 0 ? `${counted(drift.length, "file")} out of date` : undefined,
  ];
  const wrong = counts.filter((count) => count !== undefined).join(", ");
  return drift.length === 0 && files > 0
    ? `${counted(files, "file")} up to date${wrong === "" ? "" : `; ${wrong}`}`
    : wrong;
}

function driftJson({ kind, path, message, before, after }: Drift): object {
  return { kind, file: path, message, diff: printDiff(path, before, after) };
}

function driftFinding({ kind, path, message }: Drift): Finding {
  const span = { file: path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  return { ruleId: kind, severity: "error", message, span, related: [] };
}
