import type { CheckedFile } from "./checked-file.ts";
import type { Problem, Rule } from "./define-rule.ts";
import type { RuleContext } from "./rule-context.ts";
import type { Severity } from "./severity.ts";

/** What a project wants of a rule. */
export type RuleSetting = Severity | "off";
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** A problem, with who found it and where. */
export interface FoundProblem extends Problem {
  readonly rule: Rule;
  readonly file: CheckedFile;
  readonly severity: Severity;
}

/** Runs rules over files. */
export function runRules(
  rules: readonly Rule[],
  files: readonly CheckedFile[],
  context: RuleContext,
  settings: RuleSettings = {},
): readonly FoundProblem[] {
  const active = rules.filter((rule) => !isOff(rule, settings));
  const found: FoundProblem[] = [];
  for (const file of files) {
    for (const rule of active) {
      if (rule.check === undefined) continue;
      for (const problem of rule.check(file, context)) {
        found.push({ ...problem, rule, file, severity: severityOf(rule, settings, problem.severity) });
      }
    }
  }
  return found;
}

export function isOff({ id, isBasic }: Rule, settings: RuleSettings): boolean {
  return settings[id] === "off" && !isBasic;
}

/** The severity of what a rule has found. */
export function severityOf(rule: Rule, settings: RuleSettings, own?: Severity): Severity {
  const setting = settings[rule.id];
  return rule.isBasic || setting === undefined || setting === "off" ? (own ?? rule.severity) : setting;
}
