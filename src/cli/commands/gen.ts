import type { WrittenFiles } from "../../emit/write-files.ts";
import { generate, write, type GeneratedFiles } from "../../pipeline.ts";
import type { RanSources } from "../../project/sources/run-sources.ts";
import { counted, countFindings } from "../../report/print-text.ts";
import { exitCodeOfCompiling } from "../exit-code.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings } from "../report-findings.ts";
import type { Settings } from "../settings.ts";

/** `flowkeep gen`: compiles and writes once, and reports. The sources have been started by `start-gen.ts`. */
export async function gen(settings: Settings, ran: Promise<RanSources>): Promise<number> {
  const { project, failOn, io } = settings;
  const compiled = await withProgress(settings, "compiling workflows-src/", () => generate(project, { ran }));
  io.tell?.({ inputs: compiled.inputs });
  const generated = await holdSignals(() => write(project, compiled));
  report(settings, generated);
  return exitCodeOfCompiling(generated.findings, failOn ?? generated.config.failOn ?? "error");
}

function report(settings: Settings, { findings, written }: GeneratedFiles): void {
  const { format, io, quiet, paint, paintError } = settings;
  const json = {
    written: written?.written ?? [],
    removed: written?.removed ?? [],
    unchanged: written?.unchanged ?? [],
  };
  reportFindings(settings, findings, {
    json,
    write: io.err,
    paint: paintError,
    foldsNotes: settings.failOn !== "note",
  });
  if (format === "json" || format === "sarif") return;
  if (written === undefined) io.err(`${paintError("red", "nothing was written")}: ${countFindings(findings)}\n`);
  else if (!quiet) io.out(summary(written, paint));
}

function summary({ written, removed, unchanged }: WrittenFiles, paint: Settings["paint"]): string {
  const lines = [
    ...written.map((path) => `${paint("green", "wrote")} ${path}`),
    ...removed.map((path) => `${paint("red", "removed")} ${path}`),
  ];
  if (lines.length === 0) lines.push(`nothing to do: ${counted(unchanged.length, "file")} unchanged`);
  return `${lines.join("\n")}\n`;
}
