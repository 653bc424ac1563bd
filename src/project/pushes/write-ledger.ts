import { existsSync } from "node:fs";
import { join } from "node:path";
import type { OutputFile } from "../../emit/plan-writes.ts";
import { printLedger } from "../../report/print-ledger.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { filesOfCompiled } from "../lint/files-to-check.ts";
import { pushesIn } from "./list-pushes.ts";
import { PUSHES_FILE, type Project } from "../project.ts";
import type { PushAnalysis } from "./push-analysis.ts";

export interface Ledger {
  readonly files: readonly OutputFile[];
  /** The ledger that is there although nothing pushes any more. */
  readonly orphans: readonly string[];
}

interface LedgerOptions {
  readonly analysis: PushAnalysis;
  /** YAML that will be gone. */
  readonly removed?: readonly string[] | undefined;
}

/** The ledger of all pushes: those of the sources, and those of the YAML that people wrote beside them. */
export async function writeLedger(
  project: Project,
  compiled: CompiledSources,
  { analysis, removed = [] }: LedgerOptions,
): Promise<Ledger> {
  const found = await filesOfCompiled(project, compiled);
  // What sources generate stands for itself, also where it is not written yet.
  const gone = new Set([...compiled.converted.map(({ source }) => source.output), ...removed]);
  const files = found.files.filter(({ path }) => !gone.has(path));
  const text = printLedger(pushesIn(files, analysis));
  if (text !== undefined) return { files: [{ path: PUSHES_FILE, text }], orphans: [] };
  return { files: [], orphans: existsSync(join(project.root, PUSHES_FILE)) ? [PUSHES_FILE] : [] };
}
