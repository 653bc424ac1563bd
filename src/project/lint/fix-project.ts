import type { Fixed, Outcome } from "../../fix/fix-text.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { filesToCheck, type FilesToCheck, type WhichFiles } from "./files-to-check.ts";
import { fixSource } from "./fix-sources.ts";
import { fixYaml } from "./fix-yaml.ts";
import type { Project } from "../project.ts";
import { pushAnalysis, type PushAnalysis } from "../pushes/push-analysis.ts";
import { writeMended, type FixedFile } from "./write-mended.ts";

/** What `lint --fix` comes to. Nothing is written yet. */
export interface FixedProject {
  /** The files that change, with their texts before and after. */
  readonly files: readonly FixedFile[];
  readonly applied: readonly FileOutcome[];
  readonly refused: readonly (FileOutcome & { readonly reason: string })[];
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
  // Every source is mended from the same beginning.
  let analysis: Promise<PushAnalysis> | undefined;
  const analyse = (compiled: CompiledSources): Promise<PushAnalysis> =>
    (analysis ??= pushAnalysis(project, compiled, to.configured));
  for (const file of to.files) {
    const fixed = await fixFile(project, { ...to, analyse }, file, mended);
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

function fixFile(
  project: Project,
  to: FilesToCheck & { readonly analyse: (compiled: CompiledSources) => Promise<PushAnalysis> },
  file: CheckedFile,
  mended: ReadonlyMap<string, string>,
): Promise<Fixed | undefined> {
  if (file.kind === "read") return fixYaml(project, to, file, mended);
  const { compiled } = to;
  if (compiled === undefined) return Promise.resolve(undefined);
  return fixSource(project, { ...to, compiled, analyse: () => to.analyse(compiled) }, file);
}

function textOf({ node, texts, path }: CheckedFile): string {
  return node?.span?.file.text ?? texts.find((text) => text.path === path)?.text ?? "";
}

/** Writes the mended files: all of them or none, and only where they still are what was read. */
export function writeFixes({ root }: Project, { files }: FixedProject): void {
  writeMended(root, files);
}
