import { relative, resolve } from "node:path";
import { UsageError } from "../ir/errors.ts";
import { pushes as listPushes } from "../pipeline.ts";
import type { PushList } from "../project/list-pushes.ts";
import { SEVERITY_OF } from "../report/describe-push.ts";
import { isAtLeast } from "../report/finding.ts";
import { counted, printFindings } from "../report/print-text.ts";
import { countPushes, printPushes } from "../report/print-pushes.ts";
import { pushJson } from "../report/push-json.ts";
import { reportChanges } from "./compare-with.ts";
import { exitCode } from "./exit-code.ts";
import { printJson } from "./json.ts";
import { withProgress } from "./progress.ts";
import { isForeign, type Settings } from "./settings.ts";

export interface PushesFlags {
  readonly explain?: true;
  readonly compare?: string;
}

/** `flowkeep pushes` */
export async function pushes(settings: Settings, paths: readonly string[], flags: PushesFlags): Promise<number> {
  const { project, io, failOn } = settings;
  const fromRoot = paths.map((path) => relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/"));
  const list = await withProgress(settings, "reading workflows", () =>
    listPushes(project, { paths: fromRoot, mayRun: !isForeign(io) }),
  );
  if (list.files.length === 0 && list.findings.length === 0) throw nothingFound(paths);
  if (flags.compare !== undefined) reportChanges(settings, list, flags.compare);
  else report(settings, list, flags);
  const threshold = failOn ?? list.config.failOn ?? "warning";
  const isBad = list.pushes.some(({ push }) => {
    const severity = SEVERITY_OF[push.verdict];
    return severity !== undefined && isAtLeast(severity, threshold);
  });
  return Math.max(exitCode(list.findings, threshold), isBad ? 1 : 0);
}

function nothingFound(paths: readonly string[]): UsageError {
  const where = paths.length === 0 ? "workflows-src/ or .github/workflows/" : paths.join(", ");
  return new UsageError(`there is no workflow and no action in ${where}`);
}

function report(settings: Settings, { pushes, files, findings }: PushList, flags: PushesFlags): void {
  const { format, io, paint, paintError, quiet } = settings;
  if (format === "json") return io.out(printJson({ pushes: pushes.map(pushJson) }));
  io.err(printFindings(findings, paintError));
  if (pushes.length === 0) {
    const isSure = findings.every(({ severity }) => severity !== "error");
    if (!quiet && isSure) io.out(`No push in ${counted(files.length, "file")}: nothing here pushes with git.\n`);
    return;
  }
  io.out(printPushes(pushes, { paint, width: io.width ?? 80 }, flags.explain === true));
  if (!quiet) io.out(`\n${countPushes(pushes, files.length)}\n`);
}
