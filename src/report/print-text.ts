import type { Location } from "../ir/span.ts";
import type { Paint } from "./paint.ts";
import type { Finding, Severity } from "./finding.ts";

const COLORS = { error: "red", warning: "yellow", note: "cyan" } as const satisfies Record<Severity, string>;

/**
 * Findings for people.
 *
 * ```text
 * workflows-src/ci.ts:12:5 error jobs.build.steps[0].with.fetch-depht: … [unknown-input]
 *   workflows-src/ci.ts:8:3 the checkout
 * ```
 */
export function printFindings(findings: readonly Finding[], paint: Paint): string {
  return findings.map((finding) => printFinding(finding, paint)).join("");
}

function printFinding({ ruleId, severity, message, span, related }: Finding, paint: Paint): string {
  const place = span === undefined ? "" : `${paint("bold", printPlace(span))} `;
  // Lines below the first are set in, so that each finding is seen to begin at the margin.
  const [first = "", ...more] = message.trimEnd().split("\n");
  const lines = [`${place}${paint(COLORS[severity], severity)} ${first} ${paint("dim", `[${ruleId}]`)}`];
  for (const line of more) lines.push(`    ${line}`.trimEnd());
  for (const { span, text } of related) lines.push(`  ${paint("dim", `${printPlace(span)} ${text}`)}`);
  return `${lines.join("\n")}\n`;
}

/** `workflows-src/ci.ts:12:5`, which terminals and editors open. */
export function printPlace({ file, startLine, startColumn }: Location): string {
  return `${file}:${startLine}:${startColumn}`;
}

/** `2 errors, 1 warning`; undefined where there is nothing. */
export function countFindings(findings: readonly Finding[]): string | undefined {
  const counts = (["error", "warning", "note"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  return counts.length === 0 ? undefined : counts.join(", ");
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
