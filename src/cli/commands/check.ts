import type { Config } from "../../define/define-config.ts";
import { check as checkProject, verifyActions } from "../../pipeline.ts";
import type { Drift } from "../../project/lint/compare-files.ts";
import { sortFindings, type Finding } from "../../report/finding.ts";
import { paintDiff, printDiff } from "../../report/print-diff.ts";
import { fence } from "../../report/print-github.ts";
import { counted, countFindings } from "../../report/print-text.ts";
import { exitCode } from "../exit-code.ts";
import { openRemote, type RemoteFlags } from "./open-remote.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings } from "../report-findings.ts";
import { refuseForeignSources, type Settings } from "../settings.ts";

export interface CheckFlags extends RemoteFlags {
  readonly online?: true;
}

/** `flowkeep check` */
export async function check(settings: Settings, flags: CheckFlags = {}): Promise<number> {
  refuseForeignSources(settings.io);
  const checked = await withProgress(settings, "compiling workflows-src/", () => checkProject(settings.project));
  const { drift, config, files } = checked;
  const verified = flags.online === true ? await verify(settings, config, flags) : [];
  const findings = sortFindings([...checked.findings, ...verified]);
  const failOn = settings.failOn ?? config.failOn ?? "warning";
  report({ ...settings, failOn }, findings, drift, files.length);
  // Where nothing could be generated, nothing was compared.
  return files.length === 0 ? 2 : Math.max(exitCode(findings, failOn), drift.length > 0 ? 1 : 0);
}

async function verify(settings: Settings, config: Config, flags: CheckFlags): Promise<readonly Finding[]> {
  const remote = openRemote(settings, config, flags);
  const what = "asking the actions' repositories";
  try {
    return await withProgress(settings, what, (say) =>
      verifyActions(settings.project, config, remote, (done, all) => say(`${what}: ${done} of ${all}`)),
    );
  } finally {
    await remote.close();
  }
}

function report(settings: Settings, findings: readonly Finding[], drift: readonly Drift[], files: number): void {
  const { format, io, quiet, paint, failOn } = settings;
  const drifted = format === "text" || format === "json" ? [] : drift.map(driftFinding);
  const json = { drift: drift.map(driftJson) };
  const foldsNotes = failOn !== "note";
  reportFindings(settings, [...findings, ...drifted], { json, write: io.out, paint, foldsNotes });
  if (format === "github")
    for (const { path, before, after } of drift) io.out(fence(`diff of ${path}`, printDiff(path, before, after)));
  if (format !== "text") return;
  for (const { kind, path, message, before, after } of drift) {
    const diff = paintDiff(printDiff(path, before, after), paint);
    io.out(`${paint("bold", path)} ${paint("red", kind)} ${message}\n${diff}\n`);
  }
  if (!quiet) io.out(`${summary(findings, drift, files)}\n`);
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
