import type { Finding } from "./finding.ts";

/** Findings that were there on the first day: known, and nothing to report. */
export type Baseline = readonly KnownFinding[];

interface KnownFinding {
  readonly ruleId: string;
  readonly file: string;
  /** Without the numbers of lines, steps and list items, which change with every line above them. */
  readonly message: string;
  /** How often it may be found. */
  readonly count: number;
}

export interface Sifted {
  /** What the baseline does not know, and a note for each of its findings that is gone. */
  readonly findings: readonly Finding[];
  /** How many findings it knows. */
  readonly known: number;
}

/**
 * Takes out what a baseline knows.
 *
 * @param file where the baseline lies
 * @param wasLookedFor whether anybody looked for it: else nobody knows whether it is gone
 */
export function applyBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
  file: string,
  wasLookedFor: (known: { readonly file: string; readonly ruleId: string }) => boolean = () => true,
): Sifted {
  const left = new Map(baseline.map((known) => [keyOf(known), known.count]));
  const shown = findings.filter((finding) => {
    const key = keyOf(knownOf(finding));
    const count = left.get(key) ?? 0;
    if (count === 0 || finding.severity === "note") return true;
    left.set(key, count - 1);
    return false;
  });
  const gone = baseline.filter((known) => left.get(keyOf(known)) === known.count && wasLookedFor(known));
  return {
    findings: [...shown, ...gone.map((known) => goneFinding(known, file))],
    known: findings.length - shown.length,
  };
}

function goneFinding({ ruleId, file, message }: KnownFinding, baseline: string): Finding {
  const span = { file: baseline, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const text = `${file} has no ${ruleId} any more (${message}): remove it from the baseline`;
  return { ruleId: "unused-baseline", severity: "note", message: text, span, related: [] };
}

/** A baseline that knows these findings, too. */
export function extendBaseline(baseline: Baseline, findings: readonly Finding[]): Baseline {
  const all = new Map(baseline.map((known) => [keyOf(known), known]));
  const counts = new Map<string, KnownFinding>();
  for (const finding of findings) {
    if (finding.severity === "note") continue;
    const known = knownOf(finding);
    const key = keyOf(known);
    const counted = counts.get(key);
    counts.set(key, counted === undefined ? known : { ...known, count: counted.count + 1 });
  }
  for (const [key, known] of counts) all.set(key, { ...known, count: Math.max(known.count, all.get(key)?.count ?? 0) });
  return [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, known]) => known);
}

export function printBaseline(baseline: Baseline): string {
  return `${JSON.stringify({ version: 1, findings: baseline }, undefined, 2)}\n`;
}

export type ParsedBaseline =
  { readonly kind: "baseline"; readonly baseline: Baseline } | { readonly kind: "unreadable"; readonly reason: string };

export function parseBaseline(text: string): ParsedBaseline {
  const wrong = (reason: string): ParsedBaseline => ({ kind: "unreadable", reason });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return wrong(`the baseline is no JSON: ${error.message}`);
  }
  if (typeof value !== "object" || value === null || !("version" in value) || value.version !== 1)
    return wrong("the baseline must be an object with `version` 1");
  const findings: unknown = "findings" in value ? value.findings : undefined;
  if (!Array.isArray(findings) || !findings.every(isKnownFinding))
    return wrong("`findings` must be a list of objects with `ruleId`, `file`, `message` and `count`");
  return { kind: "baseline", baseline: findings };
}

function isKnownFinding(value: unknown): value is KnownFinding {
  if (typeof value !== "object" || value === null) return false;
  const { ruleId, file, message, count } = value as Readonly<Record<string, unknown>>;
  const areTexts = typeof ruleId === "string" && typeof file === "string" && typeof message === "string";
  return areTexts && typeof count === "number" && Number.isSafeInteger(count) && count > 0;
}

function knownOf({ ruleId, span, message }: Finding): KnownFinding {
  return { ruleId, file: span?.file ?? "", message: withoutNumbers(message), count: 1 };
}

function keyOf({ file, ruleId, message }: KnownFinding): string {
  return JSON.stringify([file, ruleId, withoutNumbers(message)]);
}

/** `steps[2]`, "the checkout in line 12", "step 3" */
function withoutNumbers(message: string): string {
  return message.replace(/\[\d+\]/g, "[]").replace(/\b(lines?|steps?) \d+(?:[-–]\d+)?/g, "$1 …");
}
