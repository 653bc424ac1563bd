import { openCatalog } from "../../actions/catalog.ts";
import { refreshActions } from "../../actions/refresh-actions.ts";
import { writeFiles } from "../../emit/write-files.ts";
import { UsageError } from "../../ir/errors.ts";
import { nearestName } from "../../ir/suggest.ts";
import { readLocalActions } from "../../project/actions/local-actions.ts";
import { readLock } from "../../project/actions/lock-actions.ts";
import { BINDINGS_FILE, LOCK_FILE } from "../../project/project.ts";
import { fail } from "../fail.ts";
import { holdSignals } from "../process/hold-signals.ts";
import { printJson } from "../json.ts";
import type { Settings } from "../settings.ts";

/** `flowkeep actions remove` */
export async function removeFromLock(settings: Settings, refs: readonly string[]): Promise<number> {
  const { project, io, format, quiet } = settings;
  const { root } = project;
  const { lock, errors } = await readLock(root);
  if (errors.length > 0) return fail(settings, errors);
  const actions = new Map(lock.actions);
  for (const ref of refs) {
    if (actions.delete(ref)) continue;
    const near = nearestName(ref, actions.keys());
    throw new UsageError(`${ref} is not in ${LOCK_FILE}${near === undefined ? "" : `; did you mean ${near}?`}`);
  }
  const local = await readLocalActions(root, [...actions.keys()], []);
  const known = { catalog: await openCatalog(), given: local.interfaces };
  const { lockText, bindingsText } = await refreshActions({ refs: [], lock: { ...lock, actions }, ...known });
  const files = [
    { path: LOCK_FILE, text: lockText },
    { path: BINDINGS_FILE, text: bindingsText },
  ];
  await holdSignals(() => writeFiles(root, files));
  if (format === "json") io.out(printJson({ removed: refs }));
  else if (!quiet) io.out(refs.map((ref) => `removed ${ref}\n`).join(""));
  return 0;
}
