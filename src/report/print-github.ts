import { createHash } from "node:crypto";
import type { Finding, Severity } from "./finding.ts";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const satisfies Record<Severity, string>;

/**
 * Findings as annotations of a GitHub Actions run.
 * Source: docs.github.com, "Workflow commands for GitHub Actions"; escapes: actions/toolkit, packages/core/src/command.ts.
 */
export function printAnnotations(findings: readonly Finding[]): string {
  return findings.map(printAnnotation).join("");
}

function printAnnotation({ ruleId, severity, message, span, related }: Finding): string {
  const properties = {
    file: span?.file,
    line: span?.startLine,
    endLine: span?.endLine,
    col: span?.startColumn,
    endColumn: span?.endColumn,
    title: `flowkeep ${ruleId}`,
  };
  const list = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  const places = related.map(({ span, text }) => `\n${span.file}:${span.startLine} ${text}`).join("");
  return `::${COMMANDS[severity]} ${list.join(",")}::${escapeData(message + places)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/**
 * A text that the runner must not take for commands: a diff shows what a pull request wrote, and a line in it may begin with
 * `::`. Nobody can write a text that holds the digest of itself.
 */
export function fence(title: string, text: string): string {
  const token = createHash("sha256").update(text).digest("hex");
  return `::group::${escapeData(title)}\n::stop-commands::${token}\n${text}::${token}::\n::endgroup::\n`;
}
