import type {
  Amount,
  AnyExpr,
  Condition,
  Env,
  Flag,
  Interpolation,
  OneOrMore,
  Text,
} from "./expressions/expression-types.ts";

type Level = "read" | "write" | "none";

/** What the job's `GITHUB_TOKEN` may do, by scope. */
export interface PermissionScopes {
  readonly actions?: Level;
  readonly "artifact-metadata"?: Level;
  readonly attestations?: Level;
  readonly checks?: Level;
  readonly "code-quality"?: Level;
  readonly contents?: Level;
  readonly "copilot-requests"?: "write" | "none";
  readonly deployments?: Level;
  readonly discussions?: Level;
  readonly drives?: Level;
  readonly "id-token"?: "write" | "none";
  readonly issues?: Level;
  readonly models?: "read" | "none";
  readonly packages?: Level;
  readonly pages?: Level;
  readonly "pull-requests"?: Level;
  readonly "repository-projects"?: Level;
  readonly "security-events"?: Level;
  readonly statuses?: Level;
  readonly "vulnerability-alerts"?: "read" | "none";
}
/** `{}` takes everything away; so does leaving a scope out where others are given. */
export type Permissions = "read-all" | "write-all" | PermissionScopes;

interface ConcurrencyGroup {
  readonly group: Text;
  readonly "cancel-in-progress"?: Flag;
  /** How many runs may wait: one (`single`, the default), or all. */
  readonly queue?: "single" | "max" | Interpolation | AnyExpr;
}
export type Concurrency = Text | ConcurrencyGroup;

export interface Defaults {
  readonly run?: RunDefaults | AnyExpr | Interpolation;
}
interface RunDefaults {
  readonly shell?: Text;
  readonly "working-directory"?: Text;
}

interface RunnerGroup {
  readonly group?: Text;
  readonly labels?: OneOrMore<Text>;
}
export type Runner = Text | readonly Text[] | RunnerGroup;

interface DeploymentEnvironment {
  readonly name: Text;
  readonly url?: Text;
  /** Whether the job shows up as a deployment; it does if this is left out. */
  readonly deployment?: Flag;
}
export type Environment = Text | DeploymentEnvironment;

interface ContainerOptions {
  readonly image: Text;
  readonly credentials?: RegistryCredentials | AnyExpr | Interpolation;
  readonly env?: Env;
  readonly ports?: readonly Text[] | AnyExpr | Interpolation;
  readonly volumes?: readonly Text[] | AnyExpr | Interpolation;
  /** Options of `docker create`. */
  readonly options?: Text;
}
interface RegistryCredentials {
  readonly username: Text;
  readonly password: Text;
}
export type Container = Text | ContainerOptions;

interface ServiceOptions extends ContainerOptions {
  readonly entrypoint?: Text;
  readonly command?: Text;
}
export type Service = Text | ServiceOptions;
export type Services = Readonly<Record<string, Service>> | AnyExpr | Interpolation;

interface SnapshotOptions {
  readonly "image-name": Text;
  readonly version?: Text;
  readonly if?: Condition;
}
export type Snapshot = Text | SnapshotOptions;

/** `M` is the matrix. */
export interface Strategy<M> {
  readonly matrix?: M;
  readonly "fail-fast"?: Flag;
  readonly "max-parallel"?: Amount;
}
