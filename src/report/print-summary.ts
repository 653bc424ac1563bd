import { escapeMarkdown } from "./escape-markdown.ts";
import { countFindings } from "./print-text.ts";
import { SEVERITIES, type Finding } from "./finding.ts";

/** GitHub shows no more than 1 MiB of a step's summary; nobody reads half of it. */
const MOST_ROWS = 200;

/**
 * Findings as Markdown, for the summary of a job: docs.github.com, "Workflow commands", GITHUB_STEP_SUMMARY.
 *
 * @param pageOf where a rule is explained
 */
export function printSummary(findings: readonly Finding[], pageOf: (ruleId: string) => string): string {
  const count = countFindings(findings);
  if (count === undefined) return "### flowkeep: nothing to report\n";
  const sorted = SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const rows = sorted.slice(0, MOST_ROWS).map(({ ruleId, severity, message, span }) => {
    const place = span === undefined ? "" : `\`${escapeCode(span.file)}:${span.startLine}\``;
    return `| ${severity} | ${place} | ${escapeMarkdown(message)} | [${ruleId}](${pageOf(ruleId)}) |`;
  });
  const rest = sorted.length - rows.length;
  return [
    `### flowkeep: ${count}`,
    "",
    "| severity | place | what | rule |",
    "| --- | --- | --- | --- |",
    ...rows,
    ...(rest > 0 ? ["", `And ${rest} more.`] : []),
    "",
  ].join("\n");
}

export function escapeCode(text: string): string {
  return text.replace(/[`|\n]/g, "?");
}
