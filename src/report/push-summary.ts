import { markOf, nameTarget } from "./describe-push.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import type { ListedPush } from "./listed-push.ts";
import { sayWho } from "./push-table.ts";

/** GitHub shows no more than 1 MiB of a step's summary; nobody reads half of it. */
const MOST_ROWS = 200;

/** The pushes as a table of Markdown, for the summary of a job. */
export function printPushSummary(listed: readonly ListedPush[]): string {
  const pushes = listed.filter(({ isAnswered }) => !isAnswered);
  if (pushes.length === 0) return "### Who pushes: nobody\n\n";
  const rows = pushes.slice(0, MOST_ROWS).map((push) => {
    const { workflow, job } = push.push;
    const cells = [workflow, job, nameTarget(push), sayWho(push)].map(escapeMarkdown);
    return `| ${[markOf(push).sign, ...cells].join(" | ")} |`;
  });
  const rest = pushes.length - rows.length;
  return [
    "### Who pushes",
    "",
    "|  | workflow | job | to | GitHub sees |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...(rest > 0 ? ["", `And ${rest} more.`] : []),
    "",
    "",
  ].join("\n");
}
