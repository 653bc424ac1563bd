import type {
  ActionFile,
  ActionInput,
  ActionOutput,
  Branding,
  CompositeRuns,
  DockerRuns,
  NodeRuns,
} from "./action-file.ts";
import type { Mapping, Scalar, Sequence } from "./node.ts";
import type {
  AnyJob,
  Concurrency,
  Container,
  Defaults,
  Environment,
  Filters,
  InputDefinition,
  OutputDefinition,
  RegistryCredentials,
  RunDefaults,
  RunnerGroup,
  Schedule,
  SecretDefinition,
  Snapshot,
  Step,
  Strategy,
  Workflow,
} from "./workflow.ts";

/** Every record of the syntax. */
export type RecordNode =
  | Workflow
  | Filters
  | Schedule
  | InputDefinition
  | SecretDefinition
  | OutputDefinition
  | Defaults
  | RunDefaults
  | Concurrency
  | AnyJob
  | RunnerGroup
  | Environment
  | Strategy
  | Container
  | RegistryCredentials
  | Snapshot
  | Step
  | ActionFile
  | ActionInput
  | ActionOutput
  | CompositeRuns
  | NodeRuns
  | DockerRuns
  | Branding;

export type RecordKind = RecordNode["kind"];
export type RecordOf<K extends RecordKind> = Extract<RecordNode, { readonly kind: K }>;

/** Every node of the IR. */
export type Node = RecordNode | Scalar | Sequence<unknown> | Mapping<unknown>;

/** A whole file. */
export type FileNode = Workflow | ActionFile;
