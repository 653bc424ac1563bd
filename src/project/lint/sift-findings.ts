import { existsSync } from "node:fs";
import { join } from "node:path";
import type { OutputFile } from "../../emit/plan-writes.ts";
import { ReadError } from "../../ir/errors.ts";
import { pointAt } from "../../load/source-errors.ts";
import { writeFiles } from "../../emit/write-files.ts";
import {
  applyBaseline,
  extendBaseline,
  parseBaseline,
  printBaseline,
  type Baseline,
  type Sifted,
} from "../../report/baseline.ts";
import type { Finding } from "../../report/finding.ts";
import { BASELINE_FILE, type Project } from "../project.ts";
import { readText } from "../read-text.ts";

export interface SiftedFindings extends Sifted {
  /** The baseline, where something was taken into it. */
  readonly files: readonly OutputFile[];
  readonly errors: readonly ReadError[];
}

/**
 * Keeps back what the project's baseline knows.
 *
 * @param lookedAt the files that were looked at, whether or not anything was found
 * @param accept whether a file's findings are taken into the baseline
 */
export async function siftFindings(
  root: string,
  findings: readonly Finding[],
  lookedAt: ReadonlySet<string>,
  accept: (file: string) => boolean = () => false,
): Promise<SiftedFindings> {
  const { before, errors } = await readBaseline(root);
  const baseline = extendBaseline(
    before,
    findings.filter(({ span }) => span !== undefined && accept(span.file)),
  );
  // What was said of a file that is no more is gone, too; manifests are read whatever is looked at.
  const wasLookedFor = ({ file, ruleId }: { readonly file: string; readonly ruleId: string }): boolean =>
    lookedAt.has(file) || ruleId === "unreadable" || !existsSync(join(root, file));
  const extended = printBaseline(baseline);
  const files = extended === printBaseline(before) ? [] : [{ path: BASELINE_FILE, text: extended }];
  return { ...applyBaseline(findings, baseline, BASELINE_FILE, wasLookedFor), files, errors };
}

/** Writes a baseline that knows all that was found, and what it knew of files that were not looked at. Gives how much that is. */
export async function keepBaseline(
  { root }: Project,
  { unsifted: findings, files }: { readonly unsifted: readonly Finding[]; readonly files: readonly string[] },
): Promise<number> {
  const lookedAt = new Set(files);
  const { before, errors } = await readBaseline(root);
  if (errors[0] !== undefined) throw errors[0];
  const kept = before.filter(({ file }) => !lookedAt.has(file) && existsSync(join(root, file)));
  const baseline = extendBaseline(kept, findings);
  writeFiles(root, [{ path: BASELINE_FILE, text: printBaseline(baseline) }], []);
  return baseline.reduce((sum, { count }) => sum + count, 0);
}

/** How many findings of which rules the baseline keeps back. */
export async function countKept(root: string): Promise<ReadonlyMap<string, number>> {
  const { before } = await readBaseline(root);
  const counts = new Map<string, number>();
  for (const { ruleId, count } of before) counts.set(ruleId, (counts.get(ruleId) ?? 0) + count);
  return counts;
}

async function readBaseline(
  root: string,
): Promise<{ readonly before: Baseline; readonly errors: readonly ReadError[] }> {
  const text = await readText(root, BASELINE_FILE);
  const parsed = text === undefined ? undefined : parseBaseline(text);
  if (parsed?.kind === "baseline") return { before: parsed.baseline, errors: [] };
  return {
    before: [],
    errors: parsed === undefined ? [] : [new ReadError(parsed.reason, pointAt({ file: BASELINE_FILE }))],
  };
}
