import { findRule } from "../rules/all-rules.ts";
import type { Finding } from "./finding.ts";
import type { Paint } from "./paint.ts";
import { printPlace } from "./print-text.ts";

/** So many notes of one rule are read one by one. */
const MOST = 3;

export interface FoldedFindings {
  /** What is read one by one. */
  readonly single: readonly Finding[];
  /** The other notes, by rule. */
  readonly folded: ReadonlyMap<string, readonly Finding[]>;
}

/** Takes the many notes of one rule together, so that what has to be done is not lost among them. */
export function foldNotes(findings: readonly Finding[]): FoldedFindings {
  const notes = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { ruleId, severity } = finding;
    if (severity === "note") notes.set(ruleId, [...(notes.get(ruleId) ?? []), finding]);
  }
  const folded = new Map([...notes].filter(([, found]) => found.length > MOST));
  return { single: findings.filter(({ severity, ruleId }) => severity !== "note" || !folded.has(ruleId)), folded };
}

/**
 * ```text
 * workflows-src/ci.ts:12:5, and 19 more: note A checkout's credential is never used. [persisted-but-unused]
 * `npx flowkeep lint` lists them all
 * ```
 */
export function printFolded(folded: FoldedFindings["folded"], paint: Paint): string {
  if (folded.size === 0) return "";
  const lines = [...folded].map(([ruleId, found]) => {
    const [first] = found.flatMap(({ span }) => span ?? []);
    const place = first === undefined ? "" : `${paint("bold", printPlace(first))}, and ${found.length - 1} more: `;
    return `${place}${paint("cyan", "note")} ${findRule(ruleId)?.summary ?? ""} ${paint("dim", `[${ruleId}]`)}\n`;
  });
  return `${lines.join("")}\`npx flowkeep lint\` lists them all\n`;
}
