import type { PlacedProblem } from "../../expressions/check-file.ts";
import { spanInScalar } from "../../ir/scalar-places.ts";
import type { CheckedFile } from "../checked-file.ts";
import { defineRule, type Fix, type Rule } from "../define-rule.ts";
import type { Severity } from "../severity.ts";

/** A rule for what is wrong with expressions. */
export function expressionRule(
  definition: Pick<Rule, "id" | "severity" | "summary" | "why">,
  codes: readonly PlacedProblem["code"][],
): Rule {
  return defineRule({
    ...definition,
    messages: { expression: "{problem}" },
    *check(file) {
      const said = new Set<string>();
      for (const problem of file.expressionProblems()) {
        if (!codes.includes(problem.code)) continue;
        const { message, scalar, path, start, end, related } = problem;
        // Of a source nobody can tell two places of one text apart.
        const key = `${path.join("\0")}\0${message}`;
        if (scalar.span === undefined && said.has(key)) continue;
        said.add(key);
        yield {
          message: "expression",
          data: { problem: message },
          severity: severityOf(problem, file),
          at: spanInScalar(scalar, start, end) ?? scalar,
          path,
          related: related && [related],
          fixes: suggestion(problem),
        };
      }
    },
  });
}

/** In sources all of it is an error, as it is for the types; YAML that runs may have its reasons. */
function severityOf(problem: PlacedProblem, file: CheckedFile): Severity {
  if (mayBeNew(problem)) return "warning";
  return file.kind === "defined" ? "error" : problem.severity;
}

/** GitHub may have added it since: what the workflow itself does not define, nobody can be sure of. */
function mayBeNew({ code, severity, scalar, end }: PlacedProblem): boolean {
  if (code !== "unknown-property" || severity === "error") return false;
  const context = /([\w-]+)(?:\.[\w*-]+|\[[^\]]*\])*$/.exec(scalar.text.slice(0, end))?.[1]?.toLowerCase();
  return context === "github" || context === "runner" || context === "job" || context === "strategy";
}

function suggestion({ suggestion, scalar, start, end }: PlacedProblem): readonly Fix[] {
  const span = spanInScalar(scalar, start, end);
  // Where the source is written otherwise than the text, nobody can say what to replace.
  const isPlain = span?.file.text.slice(span.start, span.end) === scalar.text.slice(start, end);
  if (suggestion === undefined || span === undefined || !isPlain) return [];
  return [{ description: `write \`${suggestion}\``, edits: [{ span, text: suggestion }] }];
}
