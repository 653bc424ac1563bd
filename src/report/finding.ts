import type { Location } from "../ir/span.ts";

export const SEVERITIES = ["error", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that a command has to say about a place. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  /** Undefined where it has no place. */
  readonly span?: Location | undefined;
  /** Other places that explain it. */
  readonly related: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly span: Location;
  readonly text: string;
}

/** Whether a severity is at or above another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}

/** Findings by file and line, each once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  const once = findings.filter(({ ruleId, message, span }) => {
    const key = JSON.stringify([ruleId, message, span]);
    return !seen.has(key) && seen.add(key);
  });
  return once.sort(byPlace);
}

function byPlace({ span: a, ...first }: Finding, { span: b, ...second }: Finding): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return (
    compare(a.file, b.file) ||
    a.startLine - b.startLine ||
    a.startColumn - b.startColumn ||
    compare(first.message, second.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
