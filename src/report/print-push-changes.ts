import type { Paint } from "./paint.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { escapeCode } from "./print-summary.ts";
import type { ComparedPush, PushChange } from "./compare-pushes.ts";
import { printable } from "./printable.ts";

/** What has changed about who pushes, for people. */
export function printPushChanges(changes: readonly PushChange[], paint: Paint): string {
  if (changes.length === 0) return "every push is seen as before\n";
  return changes
    .map(({ before, after }) => {
      const push = after ?? before;
      const place = push === undefined ? "" : `${push.workflow} job ${push.job}: ${push.command}`;
      const isWrong = after !== undefined && WRONG.has(after.verdict);
      return [
        paint("bold", printable(place)),
        `  before: ${printable(say(before))}`,
        `  after:  ${isWrong ? paint("red", printable(say(after))) : printable(say(after))}`,
        "",
      ].join("\n");
    })
    .join("");
}

/** What a pull request changes about who pushes, as Markdown for the summary of a job. */
export function summarizePushChanges(changes: readonly PushChange[]): string {
  if (changes.length === 0) return "### flowkeep: every push is seen as before\n";
  const rows = changes.map(({ before, after }) => {
    const push = after ?? before;
    const place = push === undefined ? "" : `\`${escapeCode(push.workflow)}\` / ${escapeMarkdown(push.job)}`;
    return `| ${place} | ${describe(before)} | ${describe(after)} |`;
  });
  const count = changes.length === 1 ? "1 push changes" : `${changes.length} pushes change`;
  return [`### flowkeep: ${count}`, "", "| push | before | after |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

function describe(push: ComparedPush | undefined): string {
  const text = escapeMarkdown(say(push));
  return push !== undefined && WRONG.has(push.verdict) ? `**${text}**` : text;
}

function say(push: ComparedPush | undefined): string {
  if (push === undefined) return "–";
  const { identity, verdict, target, intended } = push;
  const meant = WRONG.has(verdict) && intended !== null ? `, ${nameOf(intended)} was meant` : "";
  const where = [target.repository, target.ref].filter((part) => part !== null).join(" ");
  return `${nameOf(identity)}${where === "" ? "" : ` to ${where}`} (${verdict}${meant})`;
}

const WRONG: ReadonlySet<string> = new Set(["hijacked", "other-identity", "no-credential", "duplicate-header"]);

function nameOf({ kind, name }: ComparedPush["identity"]): string {
  if (kind === "github-token") return "GITHUB_TOKEN";
  return name === undefined ? kind : `${kind} ${name}`;
}
