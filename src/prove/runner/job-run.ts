import type { KnownAction } from "../../credentials/actions/action-table.ts";
import type { Catalog } from "../../actions/catalog.ts";
import type { Data } from "../../expressions/values.ts";
import type { BareRepository } from "../server/bare-repository.ts";
import type { FakeCredentials, TokenRights } from "../fake-credentials.ts";
import type { Scene } from "./evaluate.ts";
import { githubContext, type JobSetting } from "./job-setting.ts";

/** What a runner works with beside the job: everything from outside comes in here. */
export interface RunnerTools {
  readonly credentials: FakeCredentials;
  readonly catalog: Catalog;
  /** What actions do to git, by name in lower case. */
  readonly actions: ReadonlyMap<string, readonly KnownAction[]>;
  /** The server's repository of a name; it is made where there is none. */
  readonly host: (name: string) => Promise<BareRepository | undefined>;
  /** What an App's token may do that a step mints. */
  readonly appRights: (inputs: ReadonlyMap<string, string>) => TokenRights;
  /** Variables that lead git to the server, whatever URL it is given. */
  readonly network: Readonly<Record<string, string>>;
  /** `PATH` of the machine. */
  readonly programs: string;
  /** The command that stands in the place of ssh. */
  readonly ssh: readonly string[];
  /** What stands in for steps that cannot run here, by the step's name or id. */
  readonly stubs: ReadonlyMap<string, string>;
  /** Milliseconds for one script. */
  readonly timeLimit: number;
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** A job while it runs. */
export interface JobRun {
  readonly setting: JobSetting;
  readonly tools: RunnerTools;
  readonly state: JobState;
  readonly steps: StepRun[];
  /** How many scripts were written so far. */
  scripts: number;
}

export interface JobState {
  /** The workflow's and the job's `env`, and what `$GITHUB_ENV` has brought. */
  readonly env: Map<string, string>;
  /** In front of `PATH`. */
  readonly path: string[];
  status: "success" | "failure";
}

/** How a step of the workflow went. */
export interface StepRun {
  /** Its index in the job. */
  readonly step: number;
  readonly name: string;
  readonly outcome: "success" | "failure" | "skipped" | "replaced";
  /** Why it was skipped, or failed. */
  readonly reason: string | undefined;
  /** What it printed, without secrets. */
  readonly log: string;
  readonly started: number;
  readonly ended: number;
}

/** Steps that see one another: those of the job, or of a composite action. */
export interface Frame {
  readonly outputs: Map<string, StepResult>;
  /** Undefined: those of the event. */
  readonly inputs: ReadonlyMap<string, string | boolean> | undefined;
  readonly actionPath: string | undefined;
  readonly defaults: { readonly shell: string | undefined; readonly directory: string | undefined };
}

export interface StepResult {
  readonly outputs: ReadonlyMap<string, string>;
  readonly outcome: "success" | "failure" | "skipped";
  readonly conclusion: "success" | "failure" | "skipped";
}

/** What a step came to, before anybody asks whether it may fail. */
export interface StepEnd {
  readonly outcome: StepRun["outcome"];
  readonly reason?: string | undefined;
  readonly outputs?: ReadonlyMap<string, string>;
  readonly log?: string;
}

/** What `${{ }}` sees in a step with this environment. */
export function sceneOf({ setting, state }: JobRun, frame: Frame, env: ReadonlyMap<string, string>): Scene {
  const { folder, os, secrets, vars, matrix, needs, trigger, jobToken } = setting;
  const fromMap = (map: ReadonlyMap<string, Data>): Data => Object.fromEntries(map);
  return {
    contexts: {
      github: githubContext(setting, { actionPath: frame.actionPath }),
      env: fromMap(env),
      vars: fromMap(vars),
      secrets: { ...Object.fromEntries(secrets), GITHUB_TOKEN: jobToken },
      inputs: fromMap(frame.inputs ?? trigger.inputs),
      matrix,
      needs: fromMap(
        new Map([...needs].map(([job, { result, outputs }]) => [job, { result, outputs: fromMap(outputs) }])),
      ),
      steps: fromMap(
        new Map(
          [...frame.outputs].map(([id, { outputs, outcome, conclusion }]) => [
            id,
            { outputs: fromMap(outputs), outcome, conclusion },
          ]),
        ),
      ),
      job: { status: state.status },
      runner: {
        os,
        arch: "X64",
        name: "flowkeep prove",
        temp: folder.temp,
        tool_cache: folder.toolCache,
        workspace: folder.work,
        environment: "github-hosted",
      },
      strategy: { "fail-fast": true, "job-index": 0, "job-total": 1, "max-parallel": 1 },
    },
    status: { success: state.status === "success", failure: state.status === "failure", cancelled: false },
  };
}
