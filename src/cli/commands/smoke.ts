import { relative, resolve } from "node:path";
import { UsageError } from "../../ir/errors.ts";
import { adopt, generate, removeSmoke, smoke as planSmoke, write } from "../../pipeline.ts";
import { LOCK_FILE } from "../../project/project.ts";
import type { PlannedSmoke } from "../../project/smoke-project.ts";
import { isAtLeast } from "../../report/finding.ts";
import { printFindings } from "../../report/print-text.ts";
import { describePusher } from "../../smoke/report-job.ts";
import { nextCommands } from "../../smoke/next-commands.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { printJson } from "../json.ts";
import { withProgress } from "../terminal/progress.ts";
import { readRepository } from "./prove.ts";
import { refuseForeignSources, type Settings } from "../settings.ts";

export interface SmokeFlags {
  readonly job?: string;
  readonly push?: string;
  readonly branch?: string;
  readonly repository?: string;
  readonly remove?: true;
}

/** `flowkeep smoke` */
export async function smoke(settings: Settings, path: string | undefined, flags: SmokeFlags): Promise<number> {
  refuseForeignSources(settings.io);
  if (flags.remove === true) return remove(settings, path);
  if (path === undefined)
    throw new UsageError("which workflow's push is to be tried? Name its YAML file or its source");
  const { project, io, format, quiet } = settings;
  const plan = await withProgress(settings, `planning a smoke test of ${path}`, () =>
    planSmoke(project, {
      path: relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/"),
      job: flags.job,
      push: flags.push === undefined ? undefined : readNumber(flags.push),
      branch: flags.branch,
      repository: readRepository(flags.repository),
    }),
  );
  const adopted = await withProgress(settings, "writing", () => holdSignals(() => adopt(project, plan.imports)));
  const findings = adopted.findings.filter(({ severity }) => isAtLeast(severity, "warning"));
  const written =
    adopted.written === undefined ? [] : [...new Set([plan.source, LOCK_FILE, ...adopted.written.written])];
  const commands = nextCommands(plan, written);
  if (format === "json")
    io.out(
      printJson({ ...smokeJson(plan), written, findings, commands: adopted.written === undefined ? {} : commands }),
    );
  else if (adopted.written === undefined)
    io.err(`${printFindings(findings, settings.paintError)}${settings.paintError("red", "nothing was written")}\n`);
  else if (!quiet) io.out(printSmoke(settings, plan, written));
  return adopted.written === undefined ? 2 : 0;
}

function smokeJson({ verdict, branch, file, source }: PlannedSmoke): object {
  const { job, step, identity, alternatives } = verdict;
  return { file, source, push: { job, step, identity, alternatives, branch: branch.name ?? null } };
}

function printSmoke({ paint }: Settings, plan: PlannedSmoke, written: readonly string[]): string {
  const { verdict, branch, shown } = plan;
  const { run, remove } = nextCommands(plan, written);
  const where = branch.name ?? "the branch that it is started on";
  const lines = [
    ...written.map((path) => `${paint("green", "wrote")} ${path}`),
    "",
    `It pushes an empty commit to ${where} as \`${shown}\` of job ${verdict.job} does, and takes it back.`,
    `Predicted: GitHub sees ${describePusher(verdict.identity)}.`,
    ...verdict.alternatives.map(({ when, identity }) => `  where ${when}: ${describePusher(identity)}`),
    "",
    "To run it (GitHub starts by hand only what is on the default branch):",
    ...run.map((command) => `  ${command}`),
    "To take it away:",
    ...remove.map((command) => `  ${command}`),
  ];
  return `${lines.join("\n")}\n`;
}

async function remove(settings: Settings, path: string | undefined): Promise<number> {
  const { project, io, format, quiet, paint, paintError } = settings;
  if (path !== undefined)
    throw new UsageError("--remove takes every smoke test of this project away: name no workflow");
  const removed = await withProgress(settings, "removing", () =>
    holdSignals(() =>
      removeSmoke(project, async () => {
        const { findings, written } = write(project, await generate(project));
        if (written === undefined) io.err(printFindings(findings, paintError));
        return written !== undefined;
      }),
    ),
  );
  if (format === "json") io.out(printJson({ removed }));
  else if (removed.length === 0)
    io.err(`${paintError("red", "nothing was removed")}: the other sources do not compile\n`);
  else if (!quiet) io.out(removed.map((file) => `${paint("red", "removed")} ${file}\n`).join(""));
  return removed.length === 0 ? 2 : 0;
}

function readNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number > 0) return number;
  throw new UsageError(`--push ${text} is not a number above 0`);
}
