import { readFileSync } from "node:fs";
import { UsageError } from "../../ir/errors.ts";
import { nearestName } from "../../ir/suggest.ts";
import { ALL_RULES, findRule } from "../../rules/all-rules.ts";
import { printJson } from "../json.ts";
import type { Settings } from "../settings.ts";

/** `flowkeep explain` */
export function explain({ io, format }: Settings, id: string): number {
  const rule = findRule(id);
  if (rule === undefined) throw unknownRule(id);
  const page = readFileSync(new URL(`${id}.md`, pagesUrl(io.flowkeep)), "utf8");
  const { severity, summary } = rule;
  io.out(format === "json" ? printJson({ rule: { id, severity, summary, page } }) : page);
  return 0;
}

/** Beside the bundle, or where they are written when running from source. */
function pagesUrl(entry: URL): URL {
  return new URL(entry.pathname.endsWith(".ts") ? "../docs/rules/" : "./rules/", entry);
}

function unknownRule(id: string): UsageError {
  const ids = ALL_RULES.map((rule) => rule.id);
  const near = nearestName(id, ids);
  const hint = near === undefined ? `there are ${ids.join(", ")}` : `did you mean ${near}?`;
  return new UsageError(`there is no rule ${id}; ${hint}`);
}
