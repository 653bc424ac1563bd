import { basename, dirname, resolve } from "node:path";
import { addActions, type AddResult } from "../../actions/add-actions.ts";
import type { ActionInterface } from "../../actions/action-interface.ts";
import { openCatalog } from "../../actions/catalog.ts";
import { lookUpActions } from "../../actions/look-up-actions.ts";
import { readManifest } from "../../actions/read-manifest.ts";
import { isReusableWorkflow, type UnknownAction } from "../../actions/resolve-interface.ts";
import { writeFiles } from "../../emit/write-files.ts";
import { UsageError, type UserError } from "../../ir/errors.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import { loadConfig } from "../../project/config/load-config.ts";
import { readLocalActions } from "../../project/actions/local-actions.ts";
import { readLock } from "../../project/actions/lock-actions.ts";
import { BINDINGS_FILE, LOCK_FILE } from "../../project/project.ts";
import { readText } from "../../project/read-text.ts";
import { printRows } from "./actions-list.ts";
import { fail } from "../fail.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { printJson } from "../json.ts";
import { lookUpIds } from "./look-up-ids.ts";
import { openRemote, type RemoteFlags } from "./open-remote.ts";
import { withProgress } from "../terminal/progress.ts";
import type { Settings } from "../settings.ts";

export interface AddFlags extends RemoteFlags {
  readonly manifest?: string;
}

/** `flowkeep actions add` */
export async function addToLock(settings: Settings, refs: readonly string[], flags: AddFlags): Promise<number> {
  const { project, io, format, quiet, paint } = settings;
  const { root } = project;
  const { lock, errors } = await readLock(root);
  const { config, errors: misconfigured } = await loadConfig(project);
  const given = await readGiven(settings, refs, flags.manifest);
  const failed: readonly UserError[] = [...errors, ...misconfigured, ...("errors" in given ? given.errors : [])];
  if (failed.length > 0 || "errors" in given) return fail(settings, failed);
  const local = await readLocalActions(root, [...lock.actions.keys(), ...refs], []);
  const known = { catalog: await openCatalog(), given: new Map([...local.interfaces, ...given.interfaces]) };
  const remote = openRemote(settings, config, flags);
  const { result, notes } = await withProgress(settings, "reading actions", async (say): Promise<Added> => {
    try {
      const found = await lookUpActions(refs, lock, known, remote, (done, all) =>
        say(`reading actions: ${done} of ${all}`),
      );
      if (found.unknown.length > 0) return { result: { kind: "unknown", unknown: found.unknown }, notes: [] };
      const withIds = await lookUpIds(settings, config, flags, lock, found.known, remote.limits);
      const result = await addActions({ refs, lock, ...withIds.known });
      return { result, notes: [...found.notes, ...withIds.notes] };
    } finally {
      await remote.close();
    }
  });
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
  const said = [...notes, ...result.notes];
  if (format === "json") io.out(printJson({ actions: result.added, notes: said }));
  else if (!quiet) io.out(printRows(result.added, paint) + said.map((note) => `${note}\n`).join(""));
  return 0;
}

interface Added {
  readonly result: AddResult;
  readonly notes: readonly string[];
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
