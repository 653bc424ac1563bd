import { EVENTS } from "../ir/events.ts";
import type { ObjectType, Type } from "./types.ts";
import { ANY, BOOLEAN, literals, NULL, NUMBER, objectOf, orNull, STRING, union } from "./types.ts";

// Source of the properties: docs.github.com, "Contexts reference". What only some events, runners or steps have is null
// for the others; GitHub says so of few, and for checks it matters only where a property has few values.

/** How a step or a job ended. */
export const RESULT: Type = literals("success", "failure", "cancelled", "skipped");

/** A called workflow runs under its caller's event; `dynamic` is GitHub's own, for Dependabot, Pages and code scanning. */
const CALLER_EVENTS = Object.keys(EVENTS).filter((event) => event !== "workflow_call");
export const ANY_EVENT: Type = literals(...CALLER_EVENTS, "dynamic");

const optionalText = orNull(STRING);

/** "The ref given is fully-formed", or there is none: docs.github.com, "Contexts reference", of `github.ref`. */
const REF: Type = orNull({ kind: "string", prefix: "refs/" });

/** The `github` context, for runs of these events and with this payload. */
export function githubContext(eventName: Type = ANY_EVENT, event: Type = ANY): ObjectType {
  return objectOf({
    action: STRING,
    action_path: optionalText,
    action_ref: optionalText,
    action_repository: optionalText,
    action_status: literals("success", "failure", "cancelled", null),
    actor: STRING,
    actor_id: STRING,
    api_url: STRING,
    artifact_cache_size_limit: STRING,
    artifacts: optionalText,
    artifacts_list: optionalText,
    base_ref: optionalText,
    env: STRING,
    event,
    event_name: eventName,
    event_path: STRING,
    graphql_url: STRING,
    head_ref: optionalText,
    job: optionalText,
    job_workflow_sha: optionalText,
    output: STRING,
    path: STRING,
    ref: REF,
    ref_name: optionalText,
    ref_protected: union(BOOLEAN, NULL),
    ref_type: literals("branch", "tag", "", null),
    repository: STRING,
    repository_id: STRING,
    repository_owner: STRING,
    repository_owner_id: STRING,
    repository_visibility: literals("public", "private", "internal"),
    repositoryUrl: STRING,
    retention_days: STRING,
    run_attempt: STRING,
    run_id: STRING,
    run_number: STRING,
    secret_source: literals("None", "Actions", "Dependabot", "Codespaces"),
    server_url: STRING,
    sha: STRING,
    state: STRING,
    step_summary: STRING,
    token: optionalText,
    triggering_actor: STRING,
    workflow: STRING,
    workflow_ref: STRING,
    workflow_sha: STRING,
    workspace: STRING,
  });
}

export const RUNNER: ObjectType = objectOf({
  arch: literals("X86", "X64", "ARM", "ARM64"),
  debug: literals("1", null),
  environment: literals("github-hosted", "self-hosted"),
  name: STRING,
  os: literals("Linux", "Windows", "macOS"),
  temp: STRING,
  tool_cache: STRING,
  // Not documented on purpose, and kept for old workflows.
  workspace: STRING,
});

export const STRATEGY: ObjectType = objectOf({
  "fail-fast": union(BOOLEAN, NULL),
  "job-index": orNull(NUMBER),
  "job-total": orNull(NUMBER),
  "max-parallel": orNull(NUMBER),
});

const container = objectOf({ id: STRING, network: STRING });
const service = objectOf({ id: STRING, network: STRING, ports: objectOf({}, STRING) });

/** The `job` context; without names of services any name will do. */
export function jobContext(services?: readonly string[]): ObjectType {
  return objectOf({
    check_run_id: orNull(NUMBER),
    container: orNull(container),
    services:
      services === undefined
        ? objectOf({}, service)
        : objectOf(Object.fromEntries(services.map((name) => [name, service]))),
    status: literals("success", "failure", "cancelled"),
    workflow_file_path: optionalText,
    workflow_ref: optionalText,
    workflow_repository: optionalText,
    workflow_sha: optionalText,
  });
}

/** A job in `needs` or `jobs`; without names of outputs any name will do. */
export function jobResult(outputs?: readonly string[]): ObjectType {
  return objectOf({ result: RESULT, outputs: texts(outputs) });
}

/** A step in `steps`; without names of outputs any name will do. */
export function stepResult(outputs?: readonly string[]): ObjectType {
  return objectOf({ outputs: texts(outputs), outcome: orNull(RESULT), conclusion: orNull(RESULT) });
}

/** An object of texts: with these names, or with any. */
export function texts(names?: readonly string[]): ObjectType {
  return names === undefined ? objectOf({}, STRING) : objectOf(Object.fromEntries(names.map((name) => [name, STRING])));
}
