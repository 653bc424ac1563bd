import type { Span } from "../ir/span.ts";
import type { UsesStep } from "../ir/workflow.ts";

/** One step of the way from the checkout to the push, for people who do not know git's configuration rules. */
export interface Hop {
  /** Undefined where the workflow was not read from a file. */
  readonly span: Span | undefined;
  readonly text: string;
  /** What it says is only taken for true: a script that pushes is out of sight, and may not push at all. */
  readonly isAssumed?: boolean | undefined;
  /** The checkout that did it, and what it gave by it. */
  readonly checkout?: { readonly step: UsesStep; readonly gives: "credential" | "remote" } | undefined;
}

/** Who brought something into the state, and where. */
export interface By {
  readonly hop: Hop;
  /**
   * `checkout`: it is what a checkout leaves behind for whatever comes; `given`: the workflow gave it for its pushes;
   * `action`: an action did, on its own account.
   */
  readonly giver: "checkout" | "given" | "action";
  /** Of a checkout's entry: whether its token or key was written out in the workflow. */
  readonly isExplicit?: boolean | undefined;
}
