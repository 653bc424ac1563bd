import { openCatalog } from "../actions/catalog.ts";
import { listActions, type ActionRow } from "../actions/list-actions.ts";
import { readLocalActions } from "../project/local-actions.ts";
import { readLock } from "../project/lock-actions.ts";
import { fail } from "./fail.ts";
import { printJson } from "./json.ts";
import type { Settings } from "./settings.ts";

/** `flowkeep actions list` */
export async function listLocked(settings: Settings): Promise<number> {
  const { project, io, format, paint } = settings;
  const { lock, errors } = await readLock(project.root);
  if (errors.length > 0) return fail(settings, errors);
  const local = await readLocalActions(project.root, [...lock.actions.keys()], []);
  const rows = listActions(lock, { catalog: await openCatalog(), given: local.interfaces });
  if (format === "json") io.out(printJson({ actions: rows }));
  else if (rows.length === 0) io.err("no actions yet: npx flowkeep actions add owner/name@ref\n");
  else io.out(printRows(rows, paint));
  return 0;
}

/** One line an action, its notes below. */
export function printRows(rows: readonly ActionRow[], paint: Settings["paint"]): string {
  const width = Math.max(...rows.map(({ ref }) => ref.length));
  return rows
    .map(({ ref, sha, tag, branch, using, notes }) => {
      const name = tag ?? branch;
      const pin =
        sha === undefined
          ? paint("yellow", "not pinned")
          : `${sha}${name === undefined ? "" : ` ${paint("dim", `# ${name}`)}`}`;
      const lines = [`${ref.padEnd(width)}  ${pin}${using === undefined ? "" : paint("dim", `  ${using}`)}`];
      return [...lines, ...notes.map((note) => `  ${note}`)].map((line) => `${line}\n`).join("");
    })
    .join("");
}
