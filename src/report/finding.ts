import type { Location } from "../ir/span.ts";
import type { StepOfPush } from "../rules/define-rule.ts";
import type { Mend } from "../rules/mend.ts";
import type { Severity } from "../rules/severity.ts";

export { isAtLeast, SEVERITIES, type Severity } from "../rules/severity.ts";

/** Something that a command has to say about a place. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  /** Undefined where it has no place. */
  readonly span?: Location | undefined;
  /** Other places that explain it. */
  readonly related: readonly RelatedPlace[];
  /** The pushes that it is about; undefined where it is about the place. No report prints it. */
  readonly pushes?: readonly StepOfPush[] | undefined;
  /** Ways to mend it; each alone is enough. */
  readonly fixes?: readonly Fix[] | undefined;
  /** What `lint --fix` tries, the best first; no report prints it. */
  readonly mends?: readonly Mend[] | undefined;
}

export interface RelatedPlace {
  readonly span: Location;
  readonly text: string;
}

export interface Fix {
  /** What it does, as an order. */
  readonly description: string;
  /** Pieces of the file and what to write instead of them. */
  readonly edits: readonly { readonly span: Location; readonly text: string }[];
}

/** A finding in JSON reports: `lint --format json` in docs/cli.md. */
export function findingJson({ ruleId, severity, message, span, related, fixes = [] }: Finding): object {
  return { ruleId, severity, message, span, related, fixes };
}

/** Findings by file and line, each once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const once = new Map<string, Finding>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.ruleId, finding.message, finding.span]);
    const known = once.get(key);
    once.set(key, known === undefined ? finding : { ...known, pushes: pushesOfBoth(known, finding) });
  }
  return [...once.values()].sort(byPlace);
}

/** One that names no push is about all at its place. */
function pushesOfBoth({ pushes: own }: Finding, { pushes: other }: Finding): Finding["pushes"] {
  return own === undefined || other === undefined ? undefined : [...own, ...other];
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
