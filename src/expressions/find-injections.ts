import type { FileNode } from "../ir/any-node.ts";
import type { Scalar } from "../ir/node.ts";
import { parseUses } from "../ir/uses-ref.ts";
import { visitParts } from "../ir/parts.ts";
import type { AnyJob, RunStep, UsesStep } from "../ir/workflow.ts";
import { findExpressions } from "./find-expressions.ts";
import { findUntrusted } from "./untrusted.ts";

/** Text that an outsider chooses, put into a script before the shell reads it. */
export interface Injection {
  readonly step: RunStep | UsesStep;
  readonly scalar: Scalar;
  /** `github.event.issue.title` */
  readonly path: string;
  /** All such paths of the expression; `path` is the first. */
  readonly paths: readonly string[];
  /** The `if` of its job and its own: all of them are true where it runs. */
  readonly conditions: readonly Scalar[];
  /** Offsets into the scalar's text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Every expression through which an outsider can write a part of a script: GitHub puts the value into the text, and the shell
 * cannot tell it from what the author wrote. Source: docs.github.com, "Secure use reference", script injections.
 */
export function findInjections(file: FileNode): readonly Injection[] {
  const found: Injection[] = [];
  let job: AnyJob | undefined;
  visitParts(file, (node) => {
    if (node.kind === "job") job = node;
    if (node.kind !== "run-step" && node.kind !== "uses-step") return;
    const scalar = node.kind === "run-step" ? node.run : scriptInput(node);
    if (scalar === undefined) return;
    for (const part of findExpressions(scalar.text).parts) {
      if (part.kind !== "expression" || part.expression === undefined) continue;
      const paths = findUntrusted(part.expression).map(({ path }) => path);
      const [path] = paths;
      if (path === undefined) continue;
      const conditions = [job?.if, node.if].filter((condition) => condition !== undefined);
      found.push({ step: node, scalar, path, paths, conditions, start: part.start, end: part.end });
    }
  });
  return found;
}

/** The input of `actions/github-script` that it runs. */
function scriptInput(step: UsesStep): Scalar | undefined {
  const ref = parseUses(step.uses.text);
  if (ref.kind !== "repository" || `${ref.owner}/${ref.name}`.toLowerCase() !== "actions/github-script")
    return undefined;
  if (step.with?.kind !== "mapping") return undefined;
  return step.with.entries.find(({ key }) => key.text.toLowerCase() === "script")?.value;
}
