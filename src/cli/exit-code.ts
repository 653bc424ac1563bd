import { isAtLeast, type Finding, type Severity } from "../report/finding.ts";

/** 2 where the input is wrong, 1 for findings at or above the threshold, else 0. */
export function exitCode(findings: readonly Finding[], failOn: Severity): number {
  if (findings.some(({ severity }) => severity === "error")) return 2;
  return findings.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
}
