import type { Span } from "../ir/span.ts";
import type { RunStep, UsesStep } from "../ir/workflow.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";

/** A way to mend a finding that is tried, and kept only where every push comes out as it should. */
export interface Mend {
  /** What it does, as an order: "write `persist-credentials: false` at the checkout". */
  readonly description: string;
  readonly change: Change;
  /** The push whose verdict it is to change, and how; undefined: no push's may change. */
  readonly aim?: Aim | undefined;
  /** Why it is only told, and left to people. */
  readonly doubt?: string | undefined;
}

/** What is written otherwise. It speaks of syntax, so that it can be carried out in YAML and in a source. */
export type Change =
  /** An entry of a step's `with`. */
  | { readonly kind: "set-input"; readonly step: UsesStep; readonly name: string; readonly value: string | boolean }
  /** A scope of a job's `permissions`. */
  | { readonly kind: "set-permission"; readonly job: string; readonly scope: string; readonly level: string }
  /** Options behind `git` in a script: `git push` → `git -c KEY= push`. */
  | { readonly kind: "insert-in-script"; readonly at: Span; readonly text: string }
  /** The same in a script that a source defines, which has no places: at the one command that begins so. */
  | { readonly kind: "insert-in-command"; readonly step: RunStep; readonly command: string; readonly text: string }
  /** Pieces of a scalar. */
  | { readonly kind: "replace"; readonly edits: readonly { readonly span: Span; readonly text: string }[] };

export interface Aim {
  readonly push: PushVerdict;
  /** Whoever is seen afterwards must be the one that was meant, or any of these. */
  readonly verdicts: readonly PushVerdict["verdict"][];
}
