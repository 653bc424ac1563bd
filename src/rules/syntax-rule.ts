import type { FileProblem } from "./checked-file.ts";
import { defineRule, type Rule } from "./define-rule.ts";

/** A rule for what the reader says of a file's syntax. */
export function syntaxRule(
  definition: Pick<Rule, "id" | "severity" | "summary" | "why"> & { readonly isBasic?: boolean },
  codes: readonly FileProblem["code"][],
): Rule {
  return defineRule({
    ...definition,
    messages: { syntax: "{problem}" },
    *check({ problems }) {
      for (const { code, severity, message, at, path } of problems) {
        if (codes.includes(code)) yield { message: "syntax", data: { problem: message }, severity, at, path };
      }
    },
  });
}
