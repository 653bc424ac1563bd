import { relative, resolve } from "node:path";
import type { ImportOutcome, ProvedFile } from "../../import/prove-imports.ts";
import type { Refusal } from "../../import/imported-file.ts";
import { UsageError } from "../../ir/errors.ts";
import { printPath } from "../../ir/origin.ts";
import { locate } from "../../ir/span.ts";
import { adopt, importWorkflows, type GeneratedFiles, type Imports } from "../../pipeline.ts";
import { BASELINE_FILE } from "../../project/project.ts";
import { countKept } from "../../project/lint/sift-findings.ts";
import { isAtLeast, SEVERITIES, type Finding } from "../../report/finding.ts";
import { counted, printFindings, printPlace } from "../../report/print-text.ts";
import { findRule } from "../../rules/all-rules.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { printJson } from "../json.ts";
import { printUpgrades, upgradesJson } from "./print-upgrades.ts";
import { withProgress } from "../terminal/progress.ts";
import type { Settings } from "../settings.ts";

export interface ImportFlags {
  readonly verify?: true;
  readonly force?: true;
  readonly upgrade?: true;
}

/** `flowkeep import` */
export async function importFiles(
  settings: Settings,
  paths: readonly string[],
  { verify, force, upgrade }: ImportFlags,
): Promise<number> {
  const { project, io, format } = settings;
  const fromRoot = paths.map((path) => relative(project.root, resolve(io.cwd, path)).replaceAll("\\", "/"));
  const imports = await withProgress(settings, "importing", () =>
    importWorkflows(project, fromRoot, {
      force: force === true || verify === true,
      alone: verify === true,
      upgrade,
    }),
  );
  const empty = paths.filter((_, at) => !holdsAny(fromRoot[at] ?? "", imports));
  const without = `nothing is there to be imported in ${empty.join(", ")}`;
  if (imports.outcomes.length === 0) throw new UsageError(without);
  if (empty.length > 0) io.err(`${without}\n`);
  const finished =
    verify === true
      ? { imports, adopted: undefined, kept: new Map<string, number>(), code: codeOf(imports.outcomes) }
      : await finishImport(settings, imports);
  if (format === "json") io.out(printJson(importJson(finished)));
  else printImport(settings, finished);
  return finished.code;
}

/** Whether a path is, or holds, a file that was looked at. */
function holdsAny(path: string, { outcomes }: Imports): boolean {
  return outcomes.some(({ file }) => path === "" || path === "." || file === path || file.startsWith(`${path}/`));
}

export interface FinishedImport {
  readonly imports: Imports;
  /** Undefined where there was nothing to write. */
  readonly adopted: GeneratedFiles | undefined;
  /** How many findings of which rules the baseline keeps back since then. */
  readonly kept: ReadonlyMap<string, number>;
  readonly code: number;
}

/** Writes what can be written. */
export async function finishImport(settings: Settings, imports: Imports): Promise<FinishedImport> {
  const isEmpty = imports.outcomes.every(({ kind }) => kind === "refused");
  const write = (): Promise<GeneratedFiles> => holdSignals(() => adopt(settings.project, imports));
  const adopted = isEmpty ? undefined : await withProgress(settings, "writing", write);
  const hasFailed = adopted !== undefined && adopted.written === undefined;
  const kept = await countKept(settings.project.root);
  return { imports, adopted, kept, code: hasFailed ? 2 : codeOf(imports.outcomes) };
}

/** What flowkeep has no sources for stays as it is: that is no failure, unless nothing else was asked for. */
const LEFT: ReadonlySet<string> = new Set(["not-composite", "action-elsewhere", "generated"]);
/** What was there, but could not be proved. */
const LOSSY: ReadonlySet<string> = new Set(["differs", "duplicate-key", "indented-text", "key-order", "not-a-number"]);

function codeOf(outcomes: readonly ImportOutcome[]): number {
  const refused = outcomes.filter((outcome) => outcome.kind === "refused");
  const failed = refused.filter(({ code }) => !LEFT.has(code));
  if (failed.length === 0) return refused.length === outcomes.length ? 1 : 0;
  return failed.every(({ code }) => LOSSY.has(code)) ? 1 : 2;
}

// ── Reports ─────────────────────────────────────────────────────────────────────────────────────────────────

export function importJson({ imports, adopted }: FinishedImport): object {
  const files = imports.outcomes.map(fileJson);
  const pushes = imports.upgrade && upgradesJson(imports.upgrade);
  if (adopted === undefined) return { files, ...pushes };
  return { files, ...pushes, findings: findingsOf(adopted), written: adopted.written?.written ?? [] };
}

function findingsOf(adopted: GeneratedFiles): readonly Finding[] {
  return adopted.findings.filter(({ severity }) => isAtLeast(severity, "warning"));
}

export function printImport(
  { io, quiet, paint, paintError }: Settings,
  { imports, adopted, kept }: FinishedImport,
): void {
  for (const outcome of imports.outcomes) {
    if (outcome.kind === "refused") io.err(`${printRefusal(outcome, paintError)}\n`);
    else if (!quiet) io.out(`${printImported(outcome, adopted === undefined, paint)}\n`);
  }
  if (!quiet) io.out(printNotes(imports.outcomes, paint));
  if (!quiet && imports.upgrade !== undefined) io.out(printUpgrades(imports.upgrade, paint));
  if (adopted !== undefined) io.err(printFindings(findingsOf(adopted), paintError));
  if (adopted !== undefined && adopted.written === undefined) io.err(`${paintError("red", "nothing was written")}\n`);
  else if (!quiet) io.out(summary(imports, adopted, kept));
}

function fileJson(outcome: ImportOutcome): object {
  if (outcome.kind === "refused") {
    const { file, reason, code, span } = outcome;
    const place = span === undefined ? {} : { span: locate(span) };
    return { file, lossless: false, commentsKept: 0, comments: 0, reason, code, ...place };
  }
  const { file, source, comments, notes } = outcome;
  return {
    file,
    lossless: true,
    commentsKept: comments.kept,
    comments: comments.all,
    source,
    notes: notes.map(({ code, message, span }) => ({ code, message, span: span && locate(span) })),
  };
}

function printRefusal({ file, code, reason, span }: Refusal, paint: Settings["paint"]): string {
  if (LEFT.has(code)) return `${paint("bold", file)} left as it is: ${reason}`;
  return `${paint("bold", span === undefined ? file : printPlace(locate(span)))} ${paint("red", "refused")} ${reason}`;
}

function printImported({ file, source, comments }: ProvedFile, isTrial: boolean, paint: Settings["paint"]): string {
  const done = isTrial ? paint("green", "is lossless") : `${paint("green", "→")} ${source}`;
  const kept = comments.all === 0 ? "" : paint("dim", ` (${comments.kept} of ${counted(comments.all, "comment")})`);
  const lost = comments.lost.map(({ text, path }) => `\n  a comment moves or is lost, at ${printPath(path)}: ${text}`);
  return `${file} ${done}${kept}${lost.join("")}`;
}

/** What a person should look at, each thing once. */
function printNotes(outcomes: readonly ImportOutcome[], paint: Settings["paint"]): string {
  const places = new Map<string, string[]>();
  const notes = outcomes.flatMap((outcome) => (outcome.kind === "imported" ? outcome.notes : []));
  for (const { code, message, span } of notes) {
    const note = `${message} ${paint("dim", `[${code}]`)}`;
    places.set(note, [...(places.get(note) ?? []), ...(span === undefined ? [] : [printPlace(locate(span))])]);
  }
  const lines = [...places].map(([note, [first = "", ...more]]) => {
    const others = more.length === 0 ? "" : `, and ${more.length} more: `;
    return `${paint("bold", first)}${others || " "}${paint("cyan", "note")} ${note}\n`;
  });
  return lines.join("");
}

function summary(
  { outcomes }: Imports,
  adopted: GeneratedFiles | undefined,
  kept: ReadonlyMap<string, number>,
): string {
  const imported = outcomes.filter(({ kind }) => kind === "imported").length;
  if (adopted === undefined) return `${imported} of ${counted(outcomes.length, "file")} can be imported without loss\n`;
  const lines = [`imported ${counted(imported, "file")}; the YAML is generated from now on`];
  if (adopted.known > 0)
    lines.push(`${BASELINE_FILE} keeps back ${counted(adopted.known, "finding")}: ${printKept(kept)}`);
  lines.push("next: look through `git diff --ignore-blank-lines`, run `npx flowkeep check`, and commit");
  return `${lines.join("\n")}\n`;
}

/** Which rules found what is kept back, the worst first. */
function printKept(kept: ReadonlyMap<string, number>): string {
  const rank = (ruleId: string): number => SEVERITIES.indexOf(findRule(ruleId)?.severity ?? "note");
  return [...kept]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([ruleId, count]) => `${ruleId} (${count})`)
    .join(", ");
}
