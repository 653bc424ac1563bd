import { findInjections } from "../expressions/find-injections.ts";
import type { Scalar } from "../ir/node.ts";
import type { ReadResult } from "../read/read-file.ts";
import { formatSource } from "./format-source.ts";
import type { ImportContext } from "./import-context.ts";
import { CannotImport, type ImportedFile, type Refusal } from "./imported-file.ts";
import { sourceOf } from "./source-path.ts";
import { FileWriter } from "./write-file.ts";

/**
 * Writes a workflow or a composite action as TypeScript. The code is written as text, and prettier lays it out: nothing is there to be
 * edited, so a syntax tree would only be built to be printed.
 *
 * @example
 * const imported = await importFile(readFile(".github/workflows/ci.yml", text), context);
 * imported.kind === "imported" ? imported.text : imported.reason;
 */
export async function importFile(read: ReadResult, context: ImportContext): Promise<ImportedFile | Refusal> {
  const file = read.source.path;
  const refuse = (code: string, reason: string, span: Refusal["span"]): Refusal => ({
    kind: "refused",
    file,
    code,
    reason,
    span,
  });
  const error = read.problems.find(({ severity }) => severity === "error");
  if (error !== undefined) return refuse(error.code, error.message, error.span);
  const { node, value } = read;
  if (node === undefined || value?.kind !== "mapping") return refuse("no-mapping", "the file holds nothing", undefined);
  const source = sourceOf(file, node);
  if (source.kind === "none") return refuse(source.code, source.reason, node.span);
  const unsafe = new Map<Scalar, string[]>();
  for (const { scalar, path } of findInjections(node)) {
    const paths = unsafe.get(scalar) ?? [];
    if (!paths.includes(path)) paths.push(path);
    unsafe.set(scalar, paths);
  }
  const writer = new FileWriter(value, source.file, context, unsafe);
  try {
    const written = node.kind === "workflow" ? writer.workflow(value) : writer.action(value);
    const text = await formatSource(written, context.layout, source.file);
    return { kind: "imported", file, source: source.file, text, notes: writer.notes };
  } catch (thrown) {
    if (thrown instanceof CannotImport) return refuse(thrown.code, thrown.message, thrown.span);
    throw thrown;
  }
}
