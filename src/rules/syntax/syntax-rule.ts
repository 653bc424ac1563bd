import type { FileProblem } from "../checked-file.ts";
import { defineRule, type Rule } from "../define-rule.ts";
import type { Severity } from "../severity.ts";

/**
 * A rule for what the reader says of a file's syntax.
 *
 * @param definition.inSources what it is in sources, where that is more than the reader says: YAML that runs may have its reasons
 * @param definition.slipsInSources the same for names that are misspelt: the types refuse them, and so does `gen`
 */
export function syntaxRule(
  definition: Pick<Rule, "id" | "severity" | "summary" | "why"> & {
    readonly isBasic?: boolean;
    readonly inSources?: Severity;
    readonly slipsInSources?: Severity;
  },
  codes: readonly FileProblem["code"][],
): Rule {
  return defineRule({
    ...definition,
    messages: { syntax: "{problem}" },
    *check({ problems, kind }) {
      const { inSources, slipsInSources } = definition;
      for (const { code, severity, message, isSlip, at, path } of problems) {
        if (!codes.includes(code)) continue;
        const stricter = kind === "defined" ? (inSources ?? (isSlip ? slipsInSources : undefined)) : undefined;
        yield { message: "syntax", data: { problem: message }, severity: stricter ?? severity, at, path };
      }
    },
  });
}
