import { isAtLeast, type Finding, type Severity } from "../report/finding.ts";
import { findRule } from "../rules/all-rules.ts";

/** 2 where the command could not do its work on something, 1 for findings at or above the threshold, else 0. */
export function exitCode(findings: readonly Finding[], failOn: Severity): number {
  const isBasic = ({ ruleId }: Finding): boolean => findRule(ruleId)?.isBasic ?? false;
  if (findings.some((finding) => finding.severity === "error" && isBasic(finding))) return 2;
  return findings.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}

/** The same for a command that writes nothing where there is an error. */
export function exitCodeOfCompiling(findings: readonly Finding[], failOn: Severity): number {
  return findings.some(({ severity }) => severity === "error") ? 2 : exitCode(findings, failOn);
}
