/**
 * Which contexts and status functions an expression may use, by key.
 * Source: docs.github.com, "Contexts reference: context availability", and the schema of GitHub's own parser; where the two
 * differ, what the parser accepts is listed here. Functions like `format` are available wherever expressions are.
 */
export type Availability = readonly string[];

const STATUS = ["always", "cancelled", "success", "failure"] as const;

export const RUN_NAME: Availability = ["github", "inputs", "vars"];
export const WORKFLOW_ENV: Availability = ["github", "inputs", "vars", "secrets"];
export const CALL_OUTPUT: Availability = ["github", "inputs", "vars", "jobs"];
export const STRATEGY: Availability = ["github", "inputs", "vars", "needs"];
export const JOB_IF: Availability = [...STRATEGY, ...STATUS];
export const JOB: Availability = [...STRATEGY, "strategy", "matrix"];
export const JOB_ENV: Availability = [...JOB, "secrets"];
export const JOB_DEFAULTS: Availability = [...JOB, "env"];
export const REGISTRY_CREDENTIALS: Availability = [...JOB, "secrets", "env"];
export const ENVIRONMENT_URL: Availability = [...JOB, "steps", "job", "runner", "env"];
export const JOB_OUTPUTS: Availability = [...ENVIRONMENT_URL, "secrets"];
export const STEP: Availability = [...JOB_OUTPUTS, "hashFiles"];
export const STEP_IF: Availability = [...ENVIRONMENT_URL, ...STATUS, "hashFiles"];

export const ACTION_INPUT: Availability = ["github", "strategy", "matrix", "job", "runner", "hashFiles"];
export const ACTION_OUTPUT: Availability = ["github", "inputs", "strategy", "matrix", "steps", "job", "runner", "env"];
export const ACTION_STEP: Availability = [...ACTION_OUTPUT, "hashFiles"];
export const ACTION_STEP_IF: Availability = [...ACTION_STEP, ...STATUS];
export const ACTION_RUNS_IF: Availability = [
  "github",
  "inputs",
  "strategy",
  "matrix",
  "job",
  "runner",
  "env",
  ...STATUS,
  "hashFiles",
];
export const ACTION_ARGS: Availability = ["inputs"];
