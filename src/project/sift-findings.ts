import type { OutputFile } from "../emit/plan-writes.ts";
import { ReadError } from "../ir/errors.ts";
import { pointAt } from "../load/source-errors.ts";
import { applyBaseline, extendBaseline, parseBaseline, printBaseline, type Sifted } from "../report/baseline.ts";
import type { Finding } from "../report/finding.ts";
import { BASELINE_FILE } from "./project.ts";
import { readText } from "./read-text.ts";

export interface SiftedFindings extends Sifted {
  /** The baseline, where something was taken into it. */
  readonly files: readonly OutputFile[];
  readonly errors: readonly ReadError[];
}

/**
 * Keeps back what the project's baseline knows.
 *
 * @param accept whether a file's findings are taken into the baseline
 */
export async function siftFindings(
  root: string,
  findings: readonly Finding[],
  accept: (file: string) => boolean = () => false,
): Promise<SiftedFindings> {
  const text = await readText(root, BASELINE_FILE);
  const parsed = text === undefined ? undefined : parseBaseline(text);
  const errors = parsed?.kind === "unreadable" ? [new ReadError(parsed.reason, pointAt({ file: BASELINE_FILE }))] : [];
  const before = parsed?.kind === "baseline" ? parsed.baseline : [];
  const baseline = extendBaseline(
    before,
    findings.filter(({ span }) => span !== undefined && accept(span.file)),
  );
  const extended = printBaseline(baseline);
  const files = extended === printBaseline(before) ? [] : [{ path: BASELINE_FILE, text: extended }];
  return { ...applyBaseline(findings, baseline, BASELINE_FILE), files, errors };
}
