import { relative, resolve } from "node:path";
import { UsageError } from "../../ir/errors.ts";
import { audit as auditProject } from "../../pipeline.ts";
import type { Audited } from "../../project/audit-project.ts";
import { printAudit } from "../../report/print-audit.ts";
import { counted, printFindings } from "../../report/print-text.ts";
import { findRule } from "../../rules/all-rules.ts";
import { exitCode } from "../exit-code.ts";
import { withProgress } from "../terminal/progress.ts";
import { reportFindings } from "../report-findings.ts";
import { isForeign, type Settings } from "../settings.ts";

export interface AuditFlags {
  readonly inventory?: string;
}

/** `flowkeep audit` */
export async function audit(settings: Settings, paths: readonly string[], flags: AuditFlags): Promise<number> {
  const { project, io, failOn } = settings;
  const { inventory } = flags;
  if (inventory === undefined)
    throw new UsageError(
      "audit needs to know what the repository has: --inventory <file>; `npx flowkeep explain orphan-secret` says how to get it",
    );
  const fromRoot = (path: string): string => relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/");
  const audited = await withProgress(settings, "reading workflows", () =>
    auditProject(project, {
      paths: paths.map(fromRoot),
      mayRun: !isForeign(io),
      inventory: fromRoot(inventory),
    }),
  );
  if (audited.files.length === 0 && audited.findings.length === 0)
    throw new UsageError(
      "there is no workflow and no action here, and without them every secret would seem unused: go to the repository, or name it with --cwd",
    );
  report(settings, audited);
  const isLacking = audited.lacks.length > 0;
  return Math.max(exitCode(audited.findings, failOn ?? audited.config.failOn ?? "warning"), isLacking ? 1 : 0);
}

function report(settings: Settings, { unused, undecided, lacks, findings, files }: Audited): void {
  const { format, io, paint, paintError, quiet } = settings;
  if (format !== "text") {
    const told = ({ kind, name, text }: Audited["unused"][number]): object => ({ kind, name, text });
    const json = {
      unused: unused.map(told),
      undecided: undecided.map(told),
      lacks: lacks.map(({ listed: { push }, text }) => {
        const { workflow, job, step, span = null } = push;
        return { workflow, job, step, span, text };
      }),
    };
    return reportFindings(settings, findings, { json, write: io.out, paint });
  }
  // What is wrong with a push is for `pushes` to say; what could not be read is for everybody.
  const broken = findings.filter(({ ruleId }) => findRule(ruleId)?.isBasic);
  io.err(printFindings(broken, paintError));
  io.out(printAudit({ unused, undecided, lacks }, { paint, width: io.width ?? 80 }));
  if (quiet || broken.length > 0) return;
  const isClean = unused.length === 0 && lacks.length === 0 && undecided.length === 0;
  if (isClean)
    io.out(`Everything in the inventory is used, and no push lacks anything, in ${counted(files.length, "file")}.\n`);
}
