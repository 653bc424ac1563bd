import type { UserError } from "../../ir/errors.ts";
import { printPath } from "../../ir/origin.ts";
import { locate, type Location } from "../../ir/span.ts";
import type { LoadResult } from "../../load/load-sources.ts";
import { pointAt } from "../../load/source-errors.ts";
import type { Finding, Fix } from "../../report/finding.ts";
import type { Problem } from "../../rules/define-rule.ts";
import type { Place } from "../../rules/place.ts";
import type { Mend } from "../../rules/mend.ts";
import type { Severity } from "../../rules/severity.ts";

export type Positions = Pick<LoadResult, "mapPlace">;

const RULES = { DefinitionError: "definition", ReadError: "unreadable", UsageError: "usage" } as const;

/** A user's mistake as a finding. */
export function errorFinding({ name, message, location }: UserError): Finding {
  const ruleId = Object.hasOwn(RULES, name) ? RULES[name as keyof typeof RULES] : "definition";
  return { ruleId, severity: "error", message, span: location, related: [] };
}

/**
 * A problem with its place: where it was read, else the builder call around it, else its file. Of what was defined, the place is
 * only that of a call, and the message says the path.
 */
export function placeFinding(
  problem: Problem & { readonly severity: Severity },
  ruleId: string,
  file: string,
  positions: Positions | undefined,
): Finding {
  const { severity, message, at, related = [], fixes = [] } = problem;
  const path = problem.path ?? ("kind" in at ? at.origin?.path : undefined) ?? [];
  const span = placeOf(at, positions);
  const isExact = !("kind" in at) || at.span !== undefined;
  return {
    ruleId,
    severity,
    message: isExact || path.length === 0 ? message : `${printPath(path)}: ${message}`,
    span: span ?? pointAt({ file }),
    related: related.flatMap(({ at, text }) => {
      const span = placeOf(at, positions);
      return span === undefined ? [] : [{ span, text }];
    }),
    ...(problem.push !== undefined && { pushes: [problem.push] }),
    fixes: fixes.map(placeFix),
    mends: [...(problem.mends ?? []), ...fixes.flatMap(certainMend)],
  };
}

function placeOf(at: Place, positions: Positions | undefined): Location | undefined {
  if ("startLine" in at) return at;
  if (!("kind" in at)) return locate(at);
  if (at.span !== undefined) return locate(at.span);
  const place = at.origin?.call?.place();
  return place && positions && pointAt(positions.mapPlace(place));
}

/** What nobody could mean otherwise is mended like what was tried. */
function certainMend({
  isCertain = false,
  description,
  edits,
}: NonNullable<Problem["fixes"]>[number]): readonly Mend[] {
  return isCertain ? [{ description, change: { kind: "replace", edits } }] : [];
}

function placeFix({ description, edits }: NonNullable<Problem["fixes"]>[number]): Fix {
  return { description, edits: edits.map(({ span, text }) => ({ span: locate(span), text })) };
}
