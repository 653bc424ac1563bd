import { boundActions } from "../actions/bound-actions.ts";
import type { Lock } from "../actions/lock.ts";
import { resolveInterface, type KnownActions } from "../actions/resolve-interface.ts";
import { DefinitionError } from "../ir/errors.ts";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadSources } from "../load/load-sources.ts";
import type { ReadResult } from "../read/read-file.ts";
import type { ImportContext, ImportedFile, Layout, Refusal } from "./import-context.ts";
import { importFile } from "./import-file.ts";
import { planPins } from "./plan-pins.ts";
import { proveImport, type CommentCount } from "./prove-import.ts";

export interface ImportRequest {
  /** The lock as it is. */
  readonly lock: Lock;
  readonly known: KnownActions;
  /** Options of prettier, for the sources. */
  readonly layout: Layout;
  /** The entry of the flowkeep that runs. */
  readonly flowkeep: URL;
  /** A folder where the sources may lie while they are proved. */
  readonly scratch: string;
}

export type ImportOutcome = Refusal | ProvedFile;

/** A file whose source becomes it again. */
export interface ProvedFile extends ImportedFile {
  /** The YAML that the source becomes, with its header. */
  readonly yaml: string;
  readonly comments: CommentCount;
}

export interface ImportResult {
  readonly outcomes: readonly ImportOutcome[];
  /** The lock with the pins of what was imported. */
  readonly lock: Lock;
}

/** Imports files of one repository together, and proves each: a file that is refused does not hold up the others. */
export async function importAll(files: readonly ReadResult[], request: ImportRequest): Promise<ImportResult> {
  const nodes = files.flatMap(({ node, problems }) =>
    node === undefined || problems.some(({ severity }) => severity === "error") ? [] : [node],
  );
  const { refs, lock } = planPins(nodes, request.lock, request.known);
  const bindings = new Map(boundActions(lock, request.known).bound.map((bound) => [bound.ref, bound.interface]));
  const context: ImportContext = { pins: refs, interfaceOf: (ref) => bindings.get(ref), layout: request.layout };
  const written: (ImportedFile | Refusal)[] = [];
  for (const file of files) written.push(await importFile(file, context));
  const outcomes = await prove(files, written, lock, request);
  return { outcomes, lock };
}

async function prove(
  files: readonly ReadResult[],
  written: readonly (ImportedFile | Refusal)[],
  lock: Lock,
  { flowkeep, scratch }: ImportRequest,
): Promise<readonly ImportOutcome[]> {
  const imported = written.filter((file) => file.kind === "imported");
  if (imported.length === 0) return written.filter((file) => file.kind === "refused");
  const root = await realpath(await mkdtemp(join(scratch, "flowkeep-import-")));
  try {
    for (const { source, text } of imported) {
      await mkdir(dirname(join(root, source)), { recursive: true });
      await writeFile(join(root, source), text);
    }
    const load = await loadSources(
      imported.map(({ source }) => source),
      { root, flowkeep, scratch },
    );
    const values = new Map(load.loaded.map(({ file, value }) => [file, value]));
    const failures = new Map(
      load.failed.map(({ file, errors }) => [file, errors[0]?.message ?? "it cannot be loaded"]),
    );
    return written.map((file, index): ImportOutcome => {
      const original = files[index];
      if (file.kind === "refused" || original === undefined) return file as Refusal;
      const failure = failures.get(file.source);
      if (failure !== undefined) return differs(file, `what was written does not run: ${failure}`);
      try {
        const proof = proveImport(original, values.get(file.source), file.source, lock);
        return proof.kind === "proved"
          ? { ...file, yaml: proof.yaml, comments: proof.comments }
          : differs(file, proof.reason);
      } catch (thrown) {
        if (thrown instanceof DefinitionError)
          return differs(file, `what was written does not compile: ${thrown.message}`);
        throw thrown;
      }
    });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function differs({ file }: ImportedFile, reason: string): Refusal {
  return { kind: "refused", file, code: "differs", reason, span: undefined };
}
