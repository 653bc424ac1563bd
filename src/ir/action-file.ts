import type { Mapping, RecordBase, Scalar, Sequence } from "./node.ts";
import type { Env, Step } from "./workflow.ts";

/** `action.yml` */
export interface ActionFile extends RecordBase {
  readonly kind: "action-file";
  readonly name?: Scalar;
  readonly author?: Scalar;
  readonly description?: Scalar;
  readonly inputs?: Scalar | Mapping<ActionInput | Scalar>;
  readonly outputs?: Scalar | Mapping<ActionOutput | Scalar>;
  readonly runs?: Runs;
  readonly branding?: Branding;
}

export interface ActionInput extends RecordBase {
  readonly kind: "action-input";
  readonly description?: Scalar;
  readonly required?: Scalar;
  readonly default?: Scalar;
  readonly deprecationMessage?: Scalar;
  /** GitHub ignores it; some authors write it. */
  readonly type?: Scalar;
}

export interface ActionOutput extends RecordBase {
  readonly kind: "action-output";
  readonly description?: Scalar;
  readonly value?: Scalar;
}

export type Runs = CompositeRuns | NodeRuns | DockerRuns;

export interface CompositeRuns extends RecordBase {
  readonly kind: "composite-runs";
  readonly using: Scalar;
  readonly steps?: Sequence<Step>;
}

export interface NodeRuns extends RecordBase {
  readonly kind: "node-runs";
  readonly using?: Scalar;
  readonly main?: Scalar;
  readonly pre?: Scalar;
  readonly preIf?: Scalar;
  readonly post?: Scalar;
  readonly postIf?: Scalar;
}

export interface DockerRuns extends RecordBase {
  readonly kind: "docker-runs";
  readonly using: Scalar;
  readonly image?: Scalar;
  readonly args?: Sequence<Scalar>;
  readonly env?: Env;
  readonly entrypoint?: Scalar;
  readonly preEntrypoint?: Scalar;
  readonly preIf?: Scalar;
  readonly postEntrypoint?: Scalar;
  readonly postIf?: Scalar;
}

export interface Branding extends RecordBase {
  readonly kind: "branding";
  readonly icon?: Scalar;
  readonly color?: Scalar;
}
