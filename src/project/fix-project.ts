import type { OutputFile } from "../emit/plan-writes.ts";
import { writeFiles } from "../emit/write-files.ts";
import type { Outcome } from "../fix/fix-text.ts";
import type { CheckedFile } from "../rules/checked-file.ts";
import { filesToCheck, type WhichFiles } from "./files-to-check.ts";
import { fixYaml } from "./fix-yaml.ts";
import type { Project } from "./project.ts";

/** What `lint --fix` comes to. Nothing is written yet. */
export interface FixedProject {
  /** The files that change, with their texts before and after. */
  readonly files: readonly FixedFile[];
  readonly applied: readonly FileOutcome[];
  readonly refused: readonly (FileOutcome & { readonly reason: string })[];
}

export interface FixedFile extends OutputFile {
  readonly before: string;
}

export interface FileOutcome extends Outcome {
  readonly file: string;
}

/** Mends what the rules find, in memory: each fix is kept only where no other push comes out otherwise. */
export async function fixProject(project: Project, which: WhichFiles): Promise<FixedProject> {
  const to = await filesToCheck(project, which);
  const files: FixedFile[] = [];
  const applied: FileOutcome[] = [];
  const refused: FixedProject["refused"][number][] = [];
  const mended = new Map<string, string>();
  for (const file of to.files) {
    if (file.kind !== "read") continue;
    const fixed = await fixYaml(project, to, file, mended);
    if (fixed === undefined) continue;
    const { path } = file;
    applied.push(...fixed.applied.map((outcome) => ({ ...outcome, file: path })));
    refused.push(...fixed.refused.map((outcome) => ({ ...outcome, file: path })));
    const before = textOf(file);
    if (fixed.text === before) continue;
    mended.set(path, fixed.text);
    files.push({ path, before, text: fixed.text });
  }
  return { files, applied, refused };
}

function textOf({ node }: CheckedFile): string {
  return node?.span?.file.text ?? "";
}

/** Writes the mended files: all of them or none, and only where they still are what was read. */
export function writeFixes({ root }: Project, { files }: FixedProject): void {
  writeFiles(root, files, [], new Map(files.map(({ path, before }) => [path, before])));
}
