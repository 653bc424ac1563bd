import type { ActionTable } from "./actions/action-table.ts";
import type { Catalog } from "../actions/catalog.ts";
import type { CredentialEvent } from "./traces/credential-event.ts";
import type { Hop } from "./evidence.ts";
import type { Formula } from "./conditions/formula.ts";
import type { Start } from "./conditions/starts.ts";
import type { Identity } from "./identity.ts";
import type { Symbols, Text } from "./text.ts";
import type { StepPlace } from "./step-place.ts";
import type { Facts, World } from "./world.ts";
import type { RefUpdate } from "./programs/ref-updates.ts";
import type { Program } from "./script/walk.ts";
import type { PushedCommit } from "./work.ts";
import type { Span } from "../ir/span.ts";
import type { Step } from "../ir/workflow.ts";

/** What the analysis of one workflow or action works with. */
export interface Analysis {
  readonly symbols: Symbols;
  readonly catalog: Catalog;
  readonly actions: ActionTable;
  /** The programs whose effect is known. */
  readonly programs: Readonly<Record<string, Program>>;
  readonly readRepositoryFile: (path: string) => string | undefined;
  /** `owner/name` of the repository that the workflow belongs to; undefined where nobody said. */
  readonly repository: string | undefined;
  /** The same, or what it is taken for where a key's path must be compared with it. */
  readonly assumedRepository: string;
  /** Who a typed `push` is meant to be; undefined for every other step. */
  readonly declaredBy: (step: Step) => Identity | undefined;
  /** The ways in which the run may have started. */
  readonly starts: readonly Start[];
  /** What the facts of worlds say, by their texts, where it is more than words. */
  readonly formulas: Map<string, Formula>;
  /** The job runs in a container, whose user may be another than the one that made the workspace. */
  readonly isInContainer: boolean;
  /** Reads from remotes are asked for, too. */
  readonly withReads: boolean;
  /** Why there may be a repository where none is in sight; undefined where there is none for sure. */
  readonly unseenRepository: () => string | undefined;
  /** Why the runner may hold files from the beginning, a key in `~/.ssh` too; undefined where it holds none for sure. */
  readonly unseenOnRunner: () => string | undefined;
  /** The job's token has `contents: write`. */
  readonly mayWriteContents: boolean;
  /** Takes a push (or a read) that was met, once for each way in which it may happen. */
  readonly record: (met: MetPush) => void;
  /** Told what stands after each step of a job; a composite action's steps are its step's. */
  readonly observe?: ((step: ObservedStep) => void) | undefined;
  /** Told what steps do with credentials, beside pushing. */
  readonly notice?: ((event: CredentialEvent) => void) | undefined;
  /** Stops what never ends: every command counts. */
  readonly budget: { left: number };
}

/** A step of a job, and how things stand when it has ended. */
export interface ObservedStep {
  readonly place: StepPlace;
  readonly step: Step;
  /** One for each way that the job may have gone. */
  readonly worlds: readonly World[];
  /** The step's own `env`, and what it is given in `with`; worked out for who asks. */
  readonly env: () => ReadonlyMap<string, Text>;
  readonly inputs: () => ReadonlyMap<string, Text>;
  readonly symbols: Symbols;
}

/** One push, in one world. */
export interface MetPush {
  readonly site: PushSite;
  readonly isRead: boolean;
  readonly identity: Identity;
  readonly intended: Identity | undefined;
  readonly hops: readonly Hop[];
  readonly repository: Text | undefined;
  readonly ref: Text | undefined;
  /** Undefined: nobody can tell. */
  readonly updates: readonly RefUpdate[] | undefined;
  /** What the job has committed and pushes; undefined where that is not seen. */
  readonly commit: PushedCommit | undefined;
  /** It goes to the repository that the workflow runs for. */
  readonly isOwnRepository: boolean;
  /** The host it goes to, where that is another server than the workflow's own. */
  readonly otherHost?: string | undefined;
  readonly facts: Facts;
  /** What must hold besides the facts: which of two values it was. */
  readonly when: string | undefined;
  readonly isLocal: boolean;
  /** Why git ends before it asks for any credential; undefined where it does not. */
  readonly stop?: string | undefined;
}

/** Where a push stands. Equal places are one push, however often it is met. */
export interface PushSite {
  readonly span: Span | undefined;
  readonly command: string;
  /** Which of the remote's URLs: git pushes to each of them. */
  readonly url?: number | undefined;
}
