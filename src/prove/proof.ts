import type { Catalog } from "../actions/catalog.ts";
import type { KnownAction } from "../credentials/actions/action-table.ts";
import type { Consequences, Surroundings } from "../consequences/consequences.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Workflow } from "../ir/workflow.ts";
import type { ComparedPush } from "./compare-pushes.ts";
import type { StepRun } from "./runner/job-run.ts";
import type { GitServer } from "./server/git-server.ts";
import type { Trigger } from "./trigger.ts";

/** A workflow to try, and what is said of its pushes. */
export interface ProveRequest {
  /** As it is reported. */
  readonly path: string;
  readonly workflow: Workflow;
  readonly predicted: readonly PushVerdict[];
  /** Undefined: every job that pushes. */
  readonly job?: string | undefined;
  /** `owner/name`; undefined: as the pushes say. */
  readonly repository?: string | undefined;
  /** The folder whose files the repository holds. */
  readonly folder: string;
  /** What is declared of the repository: its rulesets, who owns which secret. */
  readonly around: Surroundings;
  /** By a step's name, id or number: what runs in its place. */
  readonly stubs?: ReadonlyMap<string, string>;
  readonly event?: string | undefined;
  readonly inputs?: ReadonlyMap<string, string>;
  readonly vars?: ReadonlyMap<string, string>;
  /** Secrets that are not set. */
  readonly emptySecrets?: ReadonlySet<string>;
}

/** What a trial has of the world outside. */
export interface ProveWorld {
  readonly catalog: Catalog;
  /** What actions do to git, by name in lower case. */
  readonly actions: ReadonlyMap<string, readonly KnownAction[]>;
  /** A folder of the trial's own; what it makes there it removes. */
  readonly folder: string;
  /** `PATH` */
  readonly programs: string;
  /** The command that stands in the place of ssh. */
  readonly ssh: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds for one script. */
  readonly timeLimit: number;
  /** The server's port; any free one where it is not given. */
  readonly port?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Looks at the server before it stops. */
  readonly inspect?: ((server: GitServer) => Promise<void>) | undefined;
}

/** What a trial showed. */
export interface Proof {
  readonly repository: string;
  readonly trigger: Trigger;
  readonly jobs: readonly ProvedJob[];
}

export interface ProvedJob {
  readonly job: string;
  /** Why none of its steps ran. */
  readonly skipped: string | undefined;
  /** How many jobs its matrix makes: the first is tried. */
  readonly combinations: number;
  readonly steps: readonly StepRun[];
  readonly pushes: readonly ProvedPush[];
}

export interface ProvedPush extends ComparedPush {
  readonly step: number;
  /** What was said of its acceptance; undefined where the push was not predicted. */
  readonly consequences: Consequences | undefined;
}
