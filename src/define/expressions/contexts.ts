import type { EventName } from "../../ir/events.ts";
import type { GithubToken } from "../credentials.ts";
import type { AnyExpr, Expr, Tainted, Unchecked, Untrusted } from "./expression-types.ts";
import { makeContext } from "./make.ts";
import type { Loose, Payloads } from "./payloads.generated.ts";

/** What a job, a step or a run came to. */
export type Result = "success" | "failure" | "cancelled" | "skipped";

/**
 * `github`, in a workflow that `E` starts. Which properties are untrusted is `src/expressions`' to say; a test compares.
 * Source: docs.github.com, "Contexts reference".
 */
export interface Github<E extends EventName = EventName> {
  /** The id of the current step, or the name of the action that runs. */
  readonly action: Expr<string>;
  readonly action_path: Expr<string>;
  readonly action_ref: Expr<string>;
  readonly action_repository: Expr<string>;
  readonly action_status: Expr<"success" | "failure" | "cancelled">;
  /** Who started the workflow; on a re-run see `triggering_actor`. */
  readonly actor: Expr<string>;
  readonly actor_id: Expr<Numeric>;
  readonly api_url: Expr<string>;
  readonly artifact_cache_size_limit: Expr<string>;
  readonly artifacts: Expr<string | null>;
  readonly artifacts_list: Expr<string | null>;
  /** The branch that a pull request wants to go to. */
  readonly base_ref: Expr<string | null>;
  readonly env: Expr<string>;
  /** The webhook's payload. Of several events it has the properties of all; what an event lacks is empty at run time. */
  readonly event: EventOf<E>;
  readonly event_name: Expr<E>;
  readonly event_path: Expr<string>;
  readonly graphql_url: Expr<string>;
  /** The branch that a pull request comes from. */
  readonly head_ref: Untrusted<string | null>;
  readonly job: Expr<string>;
  readonly job_workflow_sha: Expr<string>;
  /** Path of the file that sets outputs. */
  readonly output: Expr<string>;
  readonly path: Expr<string>;
  /** `refs/heads/<branch>`, `refs/tags/<tag>` or `refs/pull/<number>/merge`. */
  readonly ref: Untrusted;
  /** The branch's or tag's short name. */
  readonly ref_name: Untrusted;
  readonly ref_protected: Expr<boolean>;
  readonly ref_type: Expr<"branch" | "tag">;
  /** `owner/name`. */
  readonly repository: Expr<string>;
  readonly repository_id: Expr<Numeric>;
  readonly repository_owner: Expr<string>;
  readonly repository_owner_id: Expr<Numeric>;
  readonly repository_visibility: Expr<"public" | "private" | "internal">;
  readonly repositoryUrl: Expr<string>;
  readonly retention_days: Expr<Numeric>;
  readonly run_attempt: Expr<Numeric>;
  readonly run_id: Expr<Numeric>;
  readonly run_number: Expr<Numeric>;
  readonly secret_source: Expr<"None" | "Actions" | "Codespaces" | "Dependabot">;
  readonly server_url: Expr<string>;
  readonly sha: Expr<string>;
  readonly state: Expr<string>;
  readonly step_summary: Expr<string>;
  readonly token: GithubToken;
  readonly triggering_actor: Expr<string>;
  readonly workflow: Expr<string>;
  /** Ends in the ref: `owner/name/.github/workflows/ci.yml@refs/heads/<branch>`. */
  readonly workflow_ref: Untrusted;
  readonly workflow_sha: Expr<string>;
  readonly workspace: Expr<string>;
}

/** GitHub hands these out as texts; in comparisons a number does as well. */
type Numeric = number | `${number}`;

type EventOf<E extends EventName> = Payload<Payloads[E]>;
/** Of several payloads the properties of all. Where one has no fixed shape, other names may be right too. */
type Payload<U> = [Extract<U, Loose>] extends [never]
  ? Merged<U>
  : [U] extends [Loose]
    ? Loose
    : Merged<Exclude<U, Loose>> & Loose;
type Merged<U> = [IsUnion<U>] extends [false]
  ? U
  : [U] extends [Expr<string | number | boolean | null> | Untrusted<unknown>]
    ? U
    : { readonly [K in Keys<U> & (string | number)]: Merged<Field<U, K>> } & ([U] extends [Expr]
        ? Expr<object | null>
        : [U] extends [AnyExpr]
          ? Tainted<object | null>
          : {});
type Keys<U> = U extends unknown ? keyof U : never;
type Field<U, K> = U extends { readonly [P in K & PropertyKey]: infer F } ? F : never;
/** `boolean` of a union that has a member which all others extend. */
type IsUnion<U, Each = U> = [U] extends [never]
  ? false
  : Each extends unknown
    ? [U] extends [Each]
      ? false
      : true
    : never;

/** `runner` */
export interface Runner {
  readonly name: Expr<string>;
  readonly os: Expr<"Linux" | "Windows" | "macOS">;
  readonly arch: Expr<"X86" | "X64" | "ARM" | "ARM64">;
  /** Emptied before and after each job. */
  readonly temp: Expr<string>;
  readonly tool_cache: Expr<string>;
  /** `"1"` if debug logging is on, else empty. */
  readonly debug: Expr<string>;
  readonly environment: Expr<"github-hosted" | "self-hosted">;
  readonly workspace: Expr<string>;
}

/** `strategy` */
export interface StrategyContext {
  readonly "fail-fast": Expr<boolean>;
  /** Counts from 0. */
  readonly "job-index": Expr<number>;
  readonly "job-total": Expr<number>;
  readonly "max-parallel": Expr<number>;
}

/** `job`: the job that runs, which is not the handle that `job({ … })` returns. */
export interface RunningJob {
  readonly check_run_id: Expr<number>;
  readonly container: { readonly id: Expr<string>; readonly network: Expr<string> };
  readonly services: Unchecked;
  readonly status: Expr<"success" | "failure" | "cancelled">;
  readonly workflow_ref: Untrusted;
  readonly workflow_sha: Expr<string>;
  readonly workflow_repository: Expr<string>;
  readonly workflow_file_path: Expr<string>;
}

/** `vars` and `env`: the names are the author's own. */
export interface NamedTexts {
  readonly [name: string]: Unchecked;
}

/**
 * `github`, for a job or step that several workflows share. In a workflow of its own, `jobs: ({ github }) => …` knows the events.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context
 *
 * @example
 * ```ts
 * run({ if: eq(github.repository, "octo/app"), run: "make publish" })
 * ```
 * ```yaml
 * - if: github.repository == 'octo/app'
 *   run: make publish
 * ```
 */
export const github: Github = makeContext("github");
/**
 * `runner`: the machine that runs the job.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#runner-context
 *
 * @example
 * ```ts
 * run({ if: eq(runner.environment, "self-hosted"), run: "make clean" })
 * ```
 * ```yaml
 * - if: runner.environment == 'self-hosted'
 *   run: make clean
 * ```
 */
export const runner: Runner = makeContext("runner");
/**
 * `vars`: the configuration variables of the repository, the organisation and the environment. One that is not set is an empty
 * text; nobody checks the names.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context
 *
 * @example
 * ```ts
 * run({ env: { REGION: vars.REGION }, run: "make deploy" })
 * ```
 * ```yaml
 * - env:
 *     REGION: ${{ vars.REGION }}
 *   run: make deploy
 * ```
 */
export const vars: NamedTexts = makeContext("vars");
/**
 * `env`: what the workflow, the job and the steps before have set, not the variables of the runner. One that is not set is an
 * empty text; nobody checks the names.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#env-context
 *
 * @example
 * ```ts
 * run({ if: ne(env.DRY_RUN, "true"), run: "make publish" })
 * ```
 * ```yaml
 * - if: env.DRY_RUN != 'true'
 *   run: make publish
 * ```
 */
export const env: NamedTexts = makeContext("env");
