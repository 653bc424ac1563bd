import { boundActions } from "../actions/bound-actions.ts";
import type { Lock } from "../actions/lock.ts";
import { findUses } from "../actions/pin-uses.ts";
import type { KnownActions } from "../actions/resolve-interface.ts";
import type { ReadResult } from "../read/read-file.ts";
import type { Value } from "../ir/node.ts";
import { handleTarget, type HandleTarget } from "./handle-targets.ts";
import type { ImportContext, Layout } from "./import-context.ts";
import type { ImportedFile, Refusal } from "./imported-file.ts";
import { importFile } from "./import-file.ts";
import { planPins } from "./plan-pins.ts";
import { NO_PUSHES } from "./planned-push.ts";
import { proveImports, type ImportOutcome, type ProofRequest } from "./prove-imports.ts";

export interface ImportRequest extends ProofRequest {
  /** The lock as it is. */
  readonly lock: Lock;
  readonly known: KnownActions;
  /** Options of prettier, for the sources. */
  readonly layout: Layout;
  /** Whether something else stands where a source would. */
  readonly isTaken?: (source: string) => boolean;
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
  const context: ImportContext = {
    pins: refs,
    interfaceOf: (ref) => bindings.get(ref),
    handles: new Map(),
    pushes: request.pushes ?? NO_PUSHES,
    layout: request.layout,
  };
  const outcomes = await importProved(files, context, lock, request);
  return { outcomes: await useHandles(files, outcomes, context, lock, request), lock };
}

async function importProved(
  files: readonly ReadResult[],
  context: ImportContext,
  lock: Lock,
  request: ImportRequest,
): Promise<readonly ImportOutcome[]> {
  const written: (ImportedFile | Refusal)[] = [];
  for (const file of files) written.push(refuseTaken(await importFile(file, context), written, request.isTaken));
  return proveImports(files, written, lock, request);
}

/** Refuses a file whose source's place is taken. */
function refuseTaken(
  imported: ImportedFile | Refusal,
  before: readonly (ImportedFile | Refusal)[],
  isTaken: ImportRequest["isTaken"] = () => false,
): ImportedFile | Refusal {
  if (imported.kind === "refused") return imported;
  const { file, source } = imported;
  const refuse = (code: string, reason: string): Refusal => ({ kind: "refused", file, code, reason, span: undefined });
  if (isTaken(source))
    return refuse("source-exists", `${source} is there already: remove it, or say --force to overwrite it`);
  // macOS and Windows do not tell `CI.ts` from `ci.ts`.
  const isSame = (other: ImportedFile | Refusal): boolean =>
    other.kind === "imported" && other.source.toLowerCase() === source.toLowerCase();
  const other = before.find(isSame);
  if (other === undefined) return imported;
  return refuse("same-source", `${other.file} becomes ${source} too: rename one of the two`);
}

/**
 * Imports the files that use others of this import once more, now by their handles. Those others have been proved: else one that is
 * refused would take all that use it with it.
 */
async function useHandles(
  files: readonly ReadResult[],
  outcomes: readonly ImportOutcome[],
  context: ImportContext,
  lock: Lock,
  request: ProofRequest,
): Promise<readonly ImportOutcome[]> {
  const handles = new Map(outcomes.flatMap((outcome, index) => targetOf(outcome, files[index]?.value)));
  const isUser = ({ node }: ReadResult): boolean =>
    node !== undefined && findUses(node).some(({ ref }) => handles.has(ref));
  const users = new Set(files.filter((file, index) => outcomes[index]?.kind === "imported" && isUser(file)));
  if (users.size === 0) return outcomes;
  const again: (ImportedFile | Refusal)[] = [];
  for (const [index, file] of files.entries()) {
    const before = outcomes[index];
    if (before !== undefined) again.push(users.has(file) ? await importFile(file, { ...context, handles }) : before);
  }
  const proved = await proveImports(files, again, lock, request);
  return outcomes.map((outcome, index) => (proved[index]?.kind === "imported" ? proved[index] : outcome));
}

function targetOf(outcome: ImportOutcome, value: Value | undefined): readonly (readonly [string, HandleTarget])[] {
  const target = outcome.kind === "refused" || value === undefined ? undefined : handleTarget(outcome, value);
  return target === undefined ? [] : [target];
}
