import type { FileProblem } from "./checked-file.ts";
import { defineRule, type Rule } from "./define-rule.ts";
import type { Severity } from "./severity.ts";

/**
 * A rule for what the reader says of a file's syntax.
 *
 * @param definition.inSources what it is in sources, where that is more than the reader says: YAML that runs may have its reasons
 */
export function syntaxRule(
  definition: Pick<Rule, "id" | "severity" | "summary" | "why"> & {
    readonly isBasic?: boolean;
    readonly inSources?: Severity;
  },
  codes: readonly FileProblem["code"][],
): Rule {
  return defineRule({
    ...definition,
    messages: { syntax: "{problem}" },
    *check({ problems, kind }) {
      const always = kind === "defined" ? definition.inSources : undefined;
      for (const { code, severity, message, at, path } of problems) {
        if (codes.includes(code))
          yield { message: "syntax", data: { problem: message }, severity: always ?? severity, at, path };
      }
    },
  });
}
