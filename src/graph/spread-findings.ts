import type { Finding } from "../report/finding.ts";
import { placeOf } from "./describe-push.ts";
import { given } from "./given.ts";
import type { GraphFinding, Place, Places } from "./graph-model.ts";

/** A part of a file that findings may stand in. */
export interface Section {
  readonly key: string;
  readonly places: Places;
}

/** Gives each finding to the section that begins last before it; `""` has those that stand before all of them. */
export function spreadFindings(
  findings: readonly Finding[],
  sections: readonly Section[],
): ReadonlyMap<string, readonly GraphFinding[]> {
  const spread = new Map<string, GraphFinding[]>();
  for (const each of findings) {
    const finding = describeFinding(each);
    const { at } = finding;
    const key = at === undefined ? "" : (sectionAt(at, sections)?.key ?? "");
    const list = spread.get(key);
    if (list === undefined) spread.set(key, [finding]);
    else list.push(finding);
  }
  return spread;
}

export function describeFinding({ ruleId, severity, message, span }: Finding): GraphFinding {
  return { ruleId, severity, message, ...given("at", placeOf(span)) };
}

function sectionAt(at: Place, sections: readonly Section[]): Section | undefined {
  let found: { readonly section: Section; readonly line: number } | undefined;
  for (const section of sections)
    for (const place of [section.places.yaml, section.places.source])
      if (place?.file === at.file && place.line <= at.line && (found === undefined || place.line >= found.line))
        found = { section, line: place.line };
  return found?.section;
}
