import type { FileNode } from "../ir/any-node.ts";
import type { RefUpdate } from "../credentials/programs/ref-updates.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { PushedCommit } from "../credentials/work.ts";
import type { Pusher } from "./pusher.ts";

/** A push as it is judged. */
export interface Pushed {
  readonly push: PushVerdict;
  readonly pusher: Pusher;
  /** The workflow or the action that it is in. */
  readonly file: FileNode;
  /** Undefined: nobody can tell. */
  readonly updates: readonly RefUpdate[] | undefined;
  /** What the job commits before; undefined where that is not seen. */
  readonly commit: PushedCommit | undefined;
}
