import { describe, expect, test } from "vitest";
import type { Github, Runner, RunningJob, StrategyContext } from "../../src/define/expressions/contexts.ts";
import type { Untrusted } from "../../src/define/expressions/expression-types.ts";
import type { PermissionScopes } from "../../src/define/job-settings.ts";
import { githubContext, jobContext, RUNNER, STRATEGY } from "../../src/expressions/contexts.ts";
import type { ObjectType } from "../../src/expressions/types.ts";
import { isUntrustedPath } from "../../src/expressions/untrusted.ts";
import { PERMISSION_LEVELS } from "../../src/ir/shapes/settings-shape.ts";

// The types and the checker that reads YAML describe the same contexts. Each table below is held against the types by the
// compiler, and against the checker by the test. `true`: an outsider chooses the text.
type Trust<Context> = { [K in keyof Context]: Context[K] extends Untrusted<unknown> ? true : false };

const github: Trust<Github> = {
  action: false,
  action_path: false,
  action_ref: false,
  action_repository: false,
  action_status: false,
  actor: false,
  actor_id: false,
  api_url: false,
  artifact_cache_size_limit: false,
  artifacts: false,
  artifacts_list: false,
  base_ref: false,
  env: false,
  event: false,
  event_name: false,
  event_path: false,
  graphql_url: false,
  head_ref: true,
  job: false,
  job_workflow_sha: false,
  output: false,
  path: false,
  ref: true,
  ref_name: true,
  ref_protected: false,
  ref_type: false,
  repository: false,
  repository_id: false,
  repository_owner: false,
  repository_owner_id: false,
  repository_visibility: false,
  repositoryUrl: false,
  retention_days: false,
  run_attempt: false,
  run_id: false,
  run_number: false,
  secret_source: false,
  server_url: false,
  sha: false,
  state: false,
  step_summary: false,
  token: false,
  triggering_actor: false,
  workflow: false,
  workflow_ref: true,
  workflow_sha: false,
  workspace: false,
};

const runner: Trust<Runner> = {
  name: false,
  os: false,
  arch: false,
  temp: false,
  tool_cache: false,
  debug: false,
  environment: false,
  workspace: false,
};

const strategy: Trust<StrategyContext> = {
  "fail-fast": false,
  "job-index": false,
  "job-total": false,
  "max-parallel": false,
};

const job: Trust<Omit<RunningJob, "services">> = {
  check_run_id: false,
  container: false,
  status: false,
  workflow_ref: true,
  workflow_sha: false,
  workflow_repository: false,
  workflow_file_path: false,
};

describe.each<[string, Readonly<Record<string, boolean>>, ObjectType]>([
  ["github", github, githubContext()],
  ["runner", runner, RUNNER],
  ["strategy", strategy, STRATEGY],
  ["job", { ...job, services: false }, jobContext()],
])("the type of %s", (context, trust, checked) => {
  test("has the properties that the checker knows", () => {
    const known = [...checked.properties.values()].map((property) => property.name);
    expect(Object.keys(trust).sort()).toEqual(known.sort());
  });

  test("says of the same texts that an outsider chooses them", () => {
    const untrusted = Object.keys(trust).filter((name) => isUntrustedPath([context, name]));
    expect(Object.keys(trust).filter((name) => trust[name])).toEqual(untrusted);
  });
});

type Levels<T> = { [K in keyof T]-?: readonly NonNullable<T[K]>[] };
const any = ["read", "write", "none"] as const;
const permissions: Levels<PermissionScopes> = {
  actions: any,
  "artifact-metadata": any,
  attestations: any,
  checks: any,
  "code-quality": any,
  contents: any,
  "copilot-requests": ["write", "none"],
  deployments: any,
  discussions: any,
  drives: any,
  "id-token": ["write", "none"],
  issues: any,
  models: ["read", "none"],
  packages: any,
  pages: any,
  "pull-requests": any,
  "repository-projects": any,
  "security-events": any,
  statuses: any,
  "vulnerability-alerts": ["read", "none"],
};

test("permissions have the scopes and levels that the reader knows", () => {
  expect(permissions).toEqual(PERMISSION_LEVELS);
});
