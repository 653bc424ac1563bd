import type { ActionInterface } from "../actions/action-interface.ts";
import type { Scalar, Value } from "../ir/node.ts";
import type { HandleTarget } from "./handle-targets.ts";
import type { PlannedPush } from "./planned-push.ts";

/** What a file's import needs to know of everything else. */
export interface ImportContext {
  /** How each `uses` is to be written: its ref, and what is left of the comment behind it. */
  readonly pins: ReadonlyMap<Scalar, PinnedRef>;
  /** The interface that the bindings have for a ref; undefined where there will be none. */
  readonly interfaceOf: (ref: string) => ActionInterface | undefined;
  /** Sources that can be used by their handles, by how `uses` names their files. */
  readonly handles: ReadonlyMap<string, HandleTarget>;
  /** What `push({ … })` takes the place of, by step. */
  readonly pushes: ReadonlyMap<Value, PlannedPush>;
  /** Options of prettier, of the repository that the sources are for. */
  readonly layout: Layout;
}

export interface PinnedRef {
  /** `actions/checkout@v4.1.2` */
  readonly ref: string;
  /** The comment behind the `uses`, without what the lock puts there; undefined: none. */
  readonly comment: string | undefined;
}

/** Options of prettier. */
export interface Layout {
  readonly tabWidth?: number;
  readonly useTabs?: boolean;
  readonly [option: string]: unknown;
}
