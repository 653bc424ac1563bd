import { relative, resolve } from "node:path";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";
import { pushes as listPushes } from "../../pipeline.ts";
import type { PushList } from "../../project/pushes/list-pushes.ts";
import { counted, printFindings } from "../../report/print-text.ts";
import { countPushes, printPushes } from "../../report/print-pushes.ts";
import { pushJson } from "../../report/push-json.ts";
import { printNext } from "../../report/push-next.ts";
import { printPushSummary } from "../../report/push-summary.ts";
import { reportChanges } from "./compare-with.ts";
import { exitCode } from "../exit-code.ts";
import { optimizeLater } from "../process/optimize-later.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings, shownFindings } from "../report-findings.ts";
import { isForeign, type Settings } from "../settings.ts";
import { nothingFound } from "./nothing-found.ts";

export interface PushesFlags {
  readonly explain?: true;
  readonly compare?: string;
}

/** `flowkeep pushes` */
export async function pushes(settings: Settings, paths: readonly string[], flags: PushesFlags): Promise<number> {
  const { project, io, failOn } = settings;
  optimizeLater();
  const fromRoot = paths.map((path) => relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/"));
  const list = await withProgress(settings, "reading workflows", () =>
    listPushes(project, { paths: fromRoot, mayRun: !isForeign(io) }),
  );
  if (list.files.length === 0 && list.findings.length === 0) throw nothingFound(paths);
  if (flags.compare !== undefined) reportChanges(settings, list, flags.compare);
  else report(settings, list, flags);
  return exitCode(list.findings, failOn ?? list.config.failOn ?? "warning");
}

function report(settings: Settings, list: PushList, flags: PushesFlags): void {
  const { format, io, paint, paintError, quiet } = settings;
  const { pushes, files, findings } = list;
  if (format !== "text") {
    const json = { pushes: pushes.map(pushJson) };
    return reportFindings(settings, findings, { json, write: io.out, paint, summary: printPushSummary(pushes) });
  }
  const spoken = new Set(pushes.flatMap((push) => push.findings));
  io.err(
    printFindings(
      shownFindings(settings, findings).filter((finding) => !spoken.has(finding)),
      paintError,
    ),
  );
  if (pushes.length > 0) io.out(printPushes(pushes, { paint, width: io.width ?? 80 }, flags.explain === true));
  if (quiet || findings.some(({ ruleId }) => BROKEN.has(ruleId))) return;
  if (pushes.length === 0) io.out(`No push in ${counted(files.length, "file")}: nothing here pushes with git.\n`);
  else {
    const isSetUp = files.some((file) => file.startsWith(`${SOURCES_FOLDER}/`));
    const next = printNext(pushes, { config: list.config, isExplained: flags.explain === true, isSetUp });
    io.out(`\n${countPushes(pushes, files.length)}\n${next}`);
  }
}

const BROKEN: ReadonlySet<string> = new Set(["definition", "unreadable", "usage", "invalid-yaml"]);
