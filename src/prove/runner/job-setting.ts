import type { Data, Value } from "../../expressions/values.ts";
import { HEAD_BRANCH, PULL_REQUEST, TAG, type Trigger } from "../trigger.ts";
import type { RunnerFolder } from "./runner-folder.ts";

/** What stays the same through a job. */
export interface JobSetting {
  readonly repository: string;
  readonly defaultBranch: string;
  readonly trigger: Trigger;
  readonly sha: string;
  readonly workflow: { readonly name: string; readonly path: string };
  readonly jobId: string;
  readonly jobToken: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly vars: ReadonlyMap<string, string>;
  readonly matrix: { readonly [name: string]: Value };
  /** By job. */
  readonly needs: ReadonlyMap<string, NeededJob>;
  readonly folder: RunnerFolder;
  /** `runner.os` */
  readonly os: string;
}

/** How a job ended and what it gave, for those that need it. */
export interface NeededJob {
  readonly result: string;
  readonly outputs: ReadonlyMap<string, string>;
}

const ACTOR = "octocat";
const RUN = "1000000001";

/** `refs/heads/main` → `main`; `refs/pull/1/merge` → `1/merge`. */
export function refName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|pull)\//, "");
}

/** The `github` context: docs.github.com, "Contexts reference". What GitHub leaves empty is empty. */
export function githubContext(setting: JobSetting, more: { readonly actionPath?: string | undefined }): Data {
  const { repository, trigger, sha, workflow, jobId, jobToken, folder, defaultBranch } = setting;
  const [owner = ""] = repository.split("/");
  const isPullRequest = trigger.event.startsWith("pull_request");
  return {
    action: "__run",
    ...(more.actionPath === undefined ? {} : { action_path: more.actionPath }),
    actor: ACTOR,
    actor_id: "583231",
    api_url: "https://api.github.com",
    base_ref: isPullRequest ? defaultBranch : "",
    event: eventPayload(setting),
    event_name: trigger.event,
    event_path: `${folder.temp}/_github_workflow/event.json`,
    graphql_url: "https://api.github.com/graphql",
    head_ref: isPullRequest ? HEAD_BRANCH : "",
    job: jobId,
    ref: trigger.ref,
    ref_name: refName(trigger.ref),
    ref_protected: false,
    ref_type: trigger.ref.startsWith("refs/tags/") ? "tag" : "branch",
    repository,
    repository_owner: owner,
    repository_id: "1",
    repository_owner_id: "1",
    repositoryUrl: `git://github.com/${repository}.git`,
    retention_days: "90",
    run_attempt: "1",
    run_id: RUN,
    run_number: "1",
    secret_source: "Actions",
    server_url: "https://github.com",
    sha,
    token: jobToken,
    triggering_actor: ACTOR,
    workflow: workflow.name,
    workflow_ref: `${repository}/${workflow.path}@${trigger.ref}`,
    workflow_sha: sha,
    workspace: folder.workspace,
  };
}

/** The event that started the run, as far as every event has it, and its pull request or release. */
export function eventPayload({ repository, defaultBranch, trigger, sha }: JobSetting): Readonly<Record<string, Value>> {
  const [owner = "", name = ""] = repository.split("/");
  const own = { full_name: repository, name, default_branch: defaultBranch, fork: false, owner: { login: owner } };
  const payload: Record<string, Value> = {
    repository: own,
    sender: { login: ACTOR, type: "User" },
    ...(trigger.inputs.size === 0 ? {} : { inputs: Object.fromEntries(trigger.inputs) }),
  };
  const isPullRequest = trigger.event.startsWith("pull_request");
  if (trigger.event === "push")
    return {
      ...payload,
      ref: trigger.ref,
      after: sha,
      head_commit: { id: sha, message: "A commit", author: { name: ACTOR } },
    };
  if (isPullRequest) {
    const head = { ref: HEAD_BRANCH, sha, repo: own };
    const pullRequest = {
      number: PULL_REQUEST,
      merged: true,
      head,
      base: { ref: defaultBranch, repo: own },
      user: { login: ACTOR },
    };
    return { ...payload, action: "opened", number: PULL_REQUEST, pull_request: pullRequest };
  }
  if (trigger.event === "release") return { ...payload, action: "published", release: { tag_name: TAG, name: TAG } };
  return payload;
}

/** Variables of every step: docs.github.com, "Variables reference", default environment variables. */
export function defaultVariables(setting: JobSetting): Readonly<Record<string, string>> {
  const { repository, trigger, sha, workflow, jobId, folder, os, defaultBranch } = setting;
  const [owner = ""] = repository.split("/");
  const isPullRequest = trigger.event.startsWith("pull_request");
  return {
    CI: "true",
    GITHUB_ACTION: "__run",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTOR: ACTOR,
    GITHUB_ACTOR_ID: "583231",
    GITHUB_API_URL: "https://api.github.com",
    GITHUB_BASE_REF: isPullRequest ? defaultBranch : "",
    GITHUB_EVENT_NAME: trigger.event,
    GITHUB_EVENT_PATH: `${folder.temp}/_github_workflow/event.json`,
    GITHUB_GRAPHQL_URL: "https://api.github.com/graphql",
    GITHUB_HEAD_REF: isPullRequest ? HEAD_BRANCH : "",
    GITHUB_JOB: jobId,
    GITHUB_REF: trigger.ref,
    GITHUB_REF_NAME: refName(trigger.ref),
    GITHUB_REF_PROTECTED: "false",
    GITHUB_REF_TYPE: trigger.ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RUN_ID: RUN,
    GITHUB_RUN_NUMBER: "1",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_SHA: sha,
    GITHUB_TRIGGERING_ACTOR: ACTOR,
    GITHUB_WORKFLOW: workflow.name,
    GITHUB_WORKFLOW_REF: `${repository}/${workflow.path}@${trigger.ref}`,
    GITHUB_WORKFLOW_SHA: sha,
    GITHUB_WORKSPACE: folder.workspace,
    RUNNER_ARCH: "X64",
    RUNNER_NAME: "flowkeep prove",
    RUNNER_OS: os,
    RUNNER_TEMP: folder.temp,
    RUNNER_TOOL_CACHE: folder.toolCache,
    RUNNER_WORKSPACE: folder.work,
  };
}
