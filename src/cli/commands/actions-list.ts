import { openCatalog } from "../../actions/catalog.ts";
import { listActions, type ActionRow } from "../../actions/list-actions.ts";
import { readLocalActions } from "../../project/actions/local-actions.ts";
import { readLock } from "../../project/actions/lock-actions.ts";
import { fail } from "../fail.ts";
import { printJson } from "../json.ts";
import type { Settings } from "../settings.ts";

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
    .map((row) => {
      const { ref, using, notes } = row;
      const lines = [
        `${ref.padEnd(width)}  ${printPin(row, paint)}${using === undefined ? "" : paint("dim", `  ${using}`)}`,
      ];
      return [...lines, ...notes.map((note) => `  ${note}`)].map((line) => `${line}\n`).join("");
    })
    .join("");
}

function printPin({ sha, tag, branch, unpinned }: ActionRow, paint: Settings["paint"]): string {
  if (unpinned === "local") return "needs no pin: it comes with the workflow's own commit";
  if (sha === undefined) return paint("yellow", "not pinned");
  const name = tag ?? branch;
  return name === undefined ? sha : `${sha} ${paint("dim", `# ${name}`)}`;
}
