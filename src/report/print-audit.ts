import type { Leftover } from "../consequences/inventory/audit.ts";
import { nameTarget } from "./describe-push.ts";
import type { Setting } from "./explain-push.ts";
import type { ListedPush } from "./listed-push.ts";
import { shortWorkflow } from "./push-table.ts";
import { printable } from "./printable.ts";
import { hang } from "./wrap-text.ts";

export interface AuditParts {
  readonly unused: readonly Leftover[];
  readonly undecided: readonly Leftover[];
  readonly lacks: readonly { readonly listed: ListedPush; readonly text: string }[];
}

const KINDS = { secret: "secret", variable: "variable", app: "", "bypass-actor": "bypass" } as const satisfies Record<
  Leftover["kind"],
  string
>;

/** An audit for people: what nothing uses, of what that cannot be told, what pushes lack. */
export function printAudit({ unused, undecided, lacks }: AuditParts, { paint, width }: Setting): string {
  const lines: string[] = [];
  const item = (sign: string, text: string): void => void lines.push(hang(`  ${sign} `, printable(text), width));
  if (unused.length > 0) {
    lines.push(paint("bold", "Nothing uses"));
    for (const { kind, name } of unused) item("✗", `${KINDS[kind]} ${name}`.trim());
  }
  if (lacks.length > 0) {
    lines.push(paint("bold", "What pushes lack"));
    for (const { listed, text } of lacks) {
      const { workflow, job } = listed.push;
      item("✗", `${shortWorkflow(workflow)}, job ${job}, to ${nameTarget(listed)}: ${text}`);
    }
  }
  if (undecided.length > 0) {
    lines.push(paint("bold", "Nobody can tell of"));
    for (const { kind, name, text } of undecided) item("?", `${KINDS[kind]} ${name}`.trim() + `: ${text}`);
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
