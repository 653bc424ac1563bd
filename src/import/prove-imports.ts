import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Lock } from "../actions/lock.ts";
import type { ConvertContext } from "../define/convert/convert-steps.ts";
import { fileDefinition } from "../define/convert/to-ir.ts";
import { DefinitionError } from "../ir/errors.ts";
import { loadSources, type LoadResult } from "../load/load-sources.ts";
import type { Value } from "../ir/node.ts";
import type { ReadResult } from "../read/read-file.ts";
import type { ImportedFile, Refusal } from "./imported-file.ts";
import type { PlannedPush } from "./planned-push.ts";
import { proveImport, type CommentCount } from "./prove-import.ts";

export interface ProofRequest {
  /** The entry of the flowkeep that runs. */
  readonly flowkeep: URL;
  /** A folder where the sources may lie while they are proved. */
  readonly scratch: string;
  /** What `push({ … })` takes the place of, by step: all else must stay what it is. */
  readonly pushes?: ReadonlyMap<Value, PlannedPush>;
}

export type ImportOutcome = Refusal | ProvedFile;

/** A file whose source becomes it again. */
export interface ProvedFile extends ImportedFile {
  /** The YAML that the source becomes, with its header. */
  readonly yaml: string;
  readonly comments: CommentCount;
}

/** Runs the sources together, as they will lie in the project, and proves each. What was refused before stays so. */
export async function proveImports(
  files: readonly ReadResult[],
  written: readonly (ImportedFile | Refusal)[],
  lock: Lock,
  request: ProofRequest,
): Promise<readonly ImportOutcome[]> {
  const imported = written.filter((file) => file.kind === "imported");
  if (imported.length === 0) return written.filter((file) => file.kind === "refused");
  const load = await runSources(imported, request);
  const values = new Map(load.loaded.map(({ file, value }) => [file, value]));
  const failures = new Map(load.failed.map(({ file, errors }) => [file, errors[0]?.message ?? "it cannot be loaded"]));
  const paths = new Map(
    imported.map(({ source, file }) => [fileDefinition(values.get(source))?.call, pathInUses(file)] as const),
  );
  const context: ConvertContext = { pathOf: ({ call }) => paths.get(call) };
  return written.map((file, index): ImportOutcome => {
    const original = files[index];
    if (file.kind === "refused") return file;
    if (original === undefined) return differs(file, "the file that it was made of is not there any more");
    const failure = failures.get(file.source);
    if (failure !== undefined) return differs(file, `what was written does not run: ${failure}`);
    try {
      const proof = proveImport(original, values.get(file.source), file.source, lock, context, request.pushes);
      if (proof.kind === "differs") return differs(file, proof.reason);
      return { ...file, yaml: proof.yaml, comments: proof.comments };
    } catch (thrown) {
      if (!(thrown instanceof DefinitionError)) throw thrown;
      return differs(file, `what was written does not compile: ${thrown.message}`);
    }
  });
}

async function runSources(
  sources: readonly ImportedFile[],
  { flowkeep, scratch }: ProofRequest,
): Promise<Pick<LoadResult, "loaded" | "failed">> {
  const root = await realpath(await mkdtemp(join(scratch, "flowkeep-import-")));
  try {
    for (const { source, text } of sources) {
      await mkdir(dirname(join(root, source)), { recursive: true });
      await writeFile(join(root, source), text);
    }
    const files = sources.map(({ source }) => source);
    return await loadSources(files, { root, flowkeep, scratch });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** As `uses` names a file of the same repository: an action by its folder. */
function pathInUses(file: string): string {
  return `./${file.replace(/\/action\.ya?ml$/, "")}`;
}

function differs({ file }: ImportedFile, reason: string): Refusal {
  return { kind: "refused", file, code: "differs", reason, span: undefined };
}
