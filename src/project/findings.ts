import type { Node } from "../ir/any-node.ts";
import type { UserError } from "../ir/errors.ts";
import { printPath, type Path } from "../ir/origin.ts";
import type { Location } from "../ir/span.ts";
import type { LoadResult } from "../load/load-sources.ts";
import { pointAt } from "../load/source-errors.ts";
import type { Finding, RelatedPlace, Severity } from "../report/finding.ts";

export type Positions = Pick<LoadResult, "mapPlace">;

const RULES = { DefinitionError: "definition", ReadError: "unreadable", UsageError: "usage" } as const;

/** A user's mistake as a finding. */
export function errorFinding({ name, message, location }: UserError): Finding {
  const ruleId = Object.hasOwn(RULES, name) ? RULES[name as keyof typeof RULES] : "definition";
  return { ruleId, severity: "error", message, span: location, related: [] };
}

/** Something that a check says about a node. */
export interface NodeProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly node: Node;
  readonly path: Path;
}

/** A problem of a node that was defined, at the builder call around it. */
export function nodeFinding(problem: NodeProblem, file: string, positions: Positions): Finding {
  const { code, severity, message, node, path } = problem;
  const text = path.length === 0 ? message : `${printPath(path)}: ${message}`;
  return { ruleId: code, severity, message: text, span: placeOf(node, file, positions), related: [] };
}

/** The TypeScript place of the builder call around a node, else its file. */
export function placeOf(node: Node, file: string, positions: Positions): Location {
  return calledAt(node, positions) ?? pointAt({ file });
}

export function relatedPlace(node: Node, text: string, positions: Positions): readonly RelatedPlace[] {
  const span = calledAt(node, positions);
  return span === undefined ? [] : [{ span, text }];
}

function calledAt(node: Node, { mapPlace }: Positions): Location | undefined {
  const place = node.origin?.call?.place();
  return place && pointAt(mapPlace(place));
}
