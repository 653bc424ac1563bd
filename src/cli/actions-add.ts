import { basename, dirname, resolve } from "node:path";
import { addActions } from "../actions/add-actions.ts";
import type { ActionInterface } from "../actions/action-interface.ts";
import { openCatalog } from "../actions/catalog.ts";
import { readManifest } from "../actions/read-manifest.ts";
import { isReusableWorkflow, type UnknownAction } from "../actions/resolve-interface.ts";
import { writeFiles } from "../emit/write-files.ts";
import { UsageError, type UserError } from "../ir/errors.ts";
import { parseUses } from "../ir/uses-ref.ts";
import { readLocalActions } from "../project/local-actions.ts";
import { readLock } from "../project/lock-actions.ts";
import { BINDINGS_FILE, LOCK_FILE } from "../project/project.ts";
import { readText } from "../project/read-text.ts";
import { printRows } from "./actions-list.ts";
import { fail } from "./fail.ts";
import { holdSignals } from "./hold-signals.ts";
import { printJson } from "./json.ts";
import { withProgress } from "./progress.ts";
import type { Settings } from "./settings.ts";

/** `flowkeep actions add` */
export async function addToLock(
  settings: Settings,
  refs: readonly string[],
  manifest: string | undefined,
): Promise<number> {
  const { project, io, format, quiet, paint } = settings;
  const { root } = project;
  const { lock, errors } = await readLock(root);
  const given = await readGiven(settings, refs, manifest);
  if (errors.length > 0 || "errors" in given) {
    const all: readonly UserError[] = [...errors, ...("errors" in given ? given.errors : [])];
    return fail(settings, all);
  }
  const local = await readLocalActions(root, [...lock.actions.keys(), ...refs], []);
  const known = { catalog: await openCatalog(), given: new Map([...local.interfaces, ...given.interfaces]) };
  const result = await withProgress(settings, "writing types", () => addActions({ refs, lock, ...known }));
  if (result.kind === "unknown")
    return fail(
      settings,
      result.unknown.map((action) => new UsageError(explainUnknown(action))),
    );
  const files = [
    { path: LOCK_FILE, text: result.lockText },
    { path: BINDINGS_FILE, text: result.bindingsText },
  ];
  await holdSignals(() => writeFiles(root, files));
  if (format === "json") io.out(printJson({ actions: result.added, notes: result.notes }));
  else if (!quiet) io.out(printRows(result.added, paint) + result.notes.map((note) => `${note}\n`).join(""));
  return 0;
}

type Given = { readonly interfaces: ReadonlyMap<string, ActionInterface> } | { readonly errors: readonly UserError[] };

/** The manifest that `--manifest` names, for the one ref that is added. */
async function readGiven({ io }: Settings, refs: readonly string[], manifest: string | undefined): Promise<Given> {
  if (manifest === undefined) return { interfaces: new Map() };
  const [ref, ...others] = refs;
  if (ref === undefined || others.length > 0)
    throw new UsageError("--manifest belongs to one action: add the others by a command of their own");
  const path = resolve(io.cwd, manifest);
  const text = await readText(dirname(path), basename(path));
  if (text === undefined)
    throw new UsageError(`there is no file ${manifest}: --manifest names the action's action.yml`);
  const read = await readManifest(text, manifest);
  return read.kind === "manifest" ? { interfaces: new Map([[ref, read.interface]]) } : { errors: read.errors };
}

function explainUnknown({ ref, reason, didYouMean }: UnknownAction): string {
  const hint = didYouMean.length === 0 ? "" : `. Did you mean ${didYouMean.slice(0, 3).join(", ")}?`;
  const uses = parseUses(ref);
  const way =
    uses.kind === "repository" && !isReusableWorkflow(uses)
      ? `. Give its manifest: flowkeep actions add ${ref} --manifest path/to/action.yml`
      : "";
  return `${ref}: ${reason}${hint || way}`;
}
