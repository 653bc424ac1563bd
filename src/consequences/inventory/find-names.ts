import { propertyName, visitExpressions, type Expression } from "../../expressions/ast.ts";
import { findExpressions } from "../../expressions/find-expressions.ts";
import type { FileNode } from "../../ir/any-node.ts";
import type { Scalar } from "../../ir/node.ts";
import { walk } from "../../ir/walk.ts";
import { parseUses } from "../../ir/uses-ref.ts";

/** The secrets and variables that a file names, in upper case: GitHub makes no difference. */
export interface NamesUsed {
  readonly secrets: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  /** What may use any of them, where there is such a thing. */
  readonly any: readonly { readonly at: Scalar; readonly text: string }[];
}

/** Finds every `secrets.NAME` and `vars.NAME` of a workflow or an action. */
export function findNames(file: FileNode): NamesUsed {
  const secrets = new Set<string>();
  const variables = new Set<string>();
  const any: { at: Scalar; text: string }[] = [];
  walk(file, (node, path) => {
    if (node.kind === "call-job") {
      const passes = node.secrets?.kind === "scalar" && node.secrets.text === "inherit" ? node.secrets : undefined;
      const uses = parseUses(node.uses?.text ?? "");
      // A workflow of this repository names what it uses itself.
      if (passes !== undefined && uses.kind === "repository")
        any.push({ at: passes, text: `${node.uses?.text ?? "another repository's workflow"} is given all secrets` });
      return;
    }
    if (node.kind !== "scalar") return;
    const isCondition = path.at(-1) === "if";
    if (!isCondition && !node.text.includes("${{")) return;
    for (const part of findExpressions(node.text, { isCondition }).parts) {
      if (part.kind !== "expression" || part.expression === undefined) continue;
      const found = namesIn(part.expression);
      for (const name of found.secrets) secrets.add(name);
      for (const name of found.variables) variables.add(name);
      if (found.isAny)
        any.push({ at: node, text: `\`${node.text.slice(part.innerStart, part.innerEnd)}\` reads all secrets` });
    }
  });
  return { secrets, variables, any };
}

function namesIn(expression: Expression) {
  const secrets: string[] = [];
  const variables: string[] = [];
  let left = 0;
  visitExpressions(expression, (inner) => {
    if (inner.kind === "context" && inner.name.toLowerCase() === "secrets") left++;
    if (inner.kind !== "index" || inner.object.kind !== "context") return;
    const name = propertyName(inner)?.toUpperCase();
    if (name === undefined) return;
    const context = inner.object.name.toLowerCase();
    if (context === "vars") variables.push(name);
    if (context !== "secrets") return;
    secrets.push(name);
    left--;
  });
  // `toJSON(secrets)`, `secrets[format(…)]`
  return { secrets, variables, isAny: left > 0 };
}
