import { isKnown, severityOf } from "./describe-push.ts";
import { explainProblem, explainPush, type Setting } from "./explain-push.ts";
import type { ListedPush } from "./listed-push.ts";
import { counted, countFindings } from "./print-text.ts";
import { printPushTable } from "./push-table.ts";
import { printable } from "./printable.ts";
import { hang } from "./wrap-text.ts";

/**
 * Pushes for people: one line each, then what is wrong and how it comes to that.
 *
 * ```text
 *   workflow              job      to      GitHub sees
 * ✗ coverage-refresh.yml  refresh  master  GITHUB_TOKEN, not CACHE_PUSH_TOKEN
 * ```
 */
export function printPushes(listed: readonly ListedPush[], setting: Setting, explainsAll: boolean): string {
  const pushes = listed.filter(({ isAnswered }) => !isAnswered);
  const parts: string[] = [];
  for (const [repository, own] of byRepository(pushes)) {
    const title = repository === "" ? "" : `${setting.paint("bold", printable(repository))}\n`;
    parts.push(title + printPushTable(own, setting.paint, setting.width));
  }
  const told = explainsAll ? pushes : pushes.filter(isWrong);
  parts.push(...told.map((push) => (explainsAll ? explainPush(push, setting) : explainProblem(push, setting))));
  const glossary = told.some(({ push }) => push.evidence.some(({ text }) => /extraheader|\bheader\b/.test(text)));
  if (glossary) parts.push(`${hang("", EXTRAHEADER, setting.width)}\n`);
  return parts.join("\n");
}

const EXTRAHEADER =
  "An extraheader is a line of git's configuration that git adds to every request to a host. Where it holds a credential, that one is sent first, and git looks for no other: not in the URL, not in a helper, not in .netrc.";

function isWrong(listed: ListedPush): boolean {
  return severityOf(listed) !== undefined;
}

function byRepository(pushes: readonly ListedPush[]): ReadonlyMap<string, readonly ListedPush[]> {
  const groups = new Map<string, ListedPush[]>();
  for (const listed of pushes) {
    const [, folder = ""] = /^(.*)\/\.github\//.exec(listed.push.workflow) ?? [];
    const group = groups.get(folder);
    if (group === undefined) groups.set(folder, [listed]);
    else group.push(listed);
  }
  return groups;
}

/** `7 pushes in 4 of 12 files: 1 error, 2 notes`. */
export function countPushes(listed: readonly ListedPush[], files: number): string {
  const pushes = listed.filter(({ isAnswered }) => !isAnswered);
  const own = new Set(pushes.map(({ push }) => push.workflow)).size;
  const where = `${pushes.length} ${pushes.length === 1 ? "push" : "pushes"} in ${own} of ${counted(files, "file")}`;
  const known = pushes.filter(isKnown).length;
  const accepted = known === 0 ? "" : `; ${known}, marked -, ${known === 1 ? "was" : "were"} accepted before`;
  return `${where}: ${countFindings(pushes.flatMap(({ findings }) => findings)) ?? "nothing to report"}${accepted}`;
}
