import { sameIdentity } from "../credentials/identity.ts";
import { markOf, nameIdentity, nameTarget } from "./describe-push.ts";
import type { ListedPush } from "./listed-push.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { cutText } from "./wrap-text.ts";

const HEAD = ["workflow", "job", "to", "GitHub sees"];
const GAP = 2;
/** What each column keeps when the line is too narrow for all. */
const LEAST = [12, 8, 8, 34];

/** One line for each push, none wider than `width`. */
export function printPushTable(pushes: readonly ListedPush[], paint: Paint, width: number): string {
  const rows = pushes.map((listed) => cellsOf(listed).map(printable));
  const widths = fitColumns([HEAD, ...rows], width - 2);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        const cut = cutText(cell, widths[at] ?? 0);
        return at === cells.length - 1 ? cut : cut.padEnd((widths[at] ?? 0) + GAP);
      })
      .join("");
  const lines = pushes.map((listed, at) => {
    const { sign, style } = markOf(listed);
    const text = line(rows[at] ?? []);
    return `${paint(style, sign)} ${sign === "✓" ? text : paint("bold", text)}`;
  });
  return `${[`  ${paint("dim", line(HEAD))}`, ...lines].join("\n")}\n`;
}

function cellsOf(listed: ListedPush): readonly string[] {
  const { push } = listed;
  return [shortWorkflow(push.workflow), push.job, nameTarget(listed), sayWho(listed)];
}

/** `.github/workflows/` goes without saying. */
export function shortWorkflow(path: string): string {
  return path.replace(/^(.*\/)?\.github\/(?:workflows\/)?/, "");
}

/** Who is seen, and what is wrong with that: "GITHUB_TOKEN, not RELEASE_PAT". */
export function sayWho({ push, consequences }: ListedPush): string {
  const { identity, intended, verdict, alternatives } = push;
  const who = nameIdentity(identity);
  const rejecting = consequences.reasons.find(({ about, rule }) => about === "ruleset" && rule !== undefined)?.rule;
  const rejected =
    consequences.ruleset === "rejected" && rejecting !== undefined ? ` (rejected: ${rejecting.type})` : "";
  switch (verdict) {
    case "hijacked":
    case "other-identity":
      return `${who}, not ${intended === null ? "who was meant" : nameIdentity(intended)}${rejected}`;
    case "depends": {
      const other = alternatives.find((alternative) => !sameIdentity(alternative.identity, identity));
      const meant =
        other === undefined ? alternatives.find(({ verdict }) => verdict === "hijacked")?.intended : undefined;
      if (meant !== undefined) return `${who}, not ${nameIdentity(meant)}: it depends${rejected}`;
      return `${who}${other === undefined ? "" : ` or ${nameIdentity(other.identity)}`}: it depends${rejected}`;
    }
    default:
      return `${who}${rejected}`;
  }
}

/** The columns as wide as they need; where that is too much, the one that is furthest above its least gives way. */
function fitColumns(rows: readonly (readonly string[])[], width: number): readonly number[] {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const total = (): number => widths.reduce((sum, each) => sum + each, 0) + GAP * (widths.length - 1);
  while (total() > width) {
    const spare = widths.map((each, at) => each - (LEAST[at] ?? 0));
    const most = spare.indexOf(Math.max(...spare));
    if ((spare[most] ?? 0) <= 0) break;
    widths[most] = (widths[most] ?? 0) - 1;
  }
  return widths;
}
