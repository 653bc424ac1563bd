import type { Catalog } from "../actions/catalog.ts";
import type { StepIntent } from "../define/model.ts";
import type { Origin } from "../ir/origin.ts";
import type { KnownAction } from "./actions/action-table.ts";
import type { MetPush, ObservedStep } from "./analysis.ts";
import type { CredentialEvent } from "./traces/credential-event.ts";

/** What the analysis of a file is given beside the file. */
export interface AnalyzeOptions {
  readonly catalog: Catalog;
  /** Actions beside those that flowkeep knows; they go first. */
  readonly actions?: readonly KnownAction[] | undefined;
  /** A file of the repository, by its path from the root. */
  readonly readRepositoryFile?: ((path: string) => string | undefined) | undefined;
  /** `owner/name` */
  readonly repository?: string | undefined;
  /** What only definitions know: who a `push({ as })` is meant to be. */
  readonly intents?: ReadonlyMap<Origin, StepIntent> | undefined;
  /** Told what stands after each step of each job; then jobs that push nothing are walked through, too. */
  readonly observe?: ((step: ObservedStep) => void) | undefined;
  /** Told what steps do with credentials, beside pushing; and each push as it was met. */
  readonly notice?: ((event: CredentialEvent) => void) | undefined;
  readonly meet?: ((met: MetPush) => void) | undefined;
  /** Jobs, by id, that are not walked through: what they do is known already. */
  readonly passedOver?: Pick<ReadonlySet<string>, "has"> | undefined;
  /** `pushes`: `reads` stays empty, and jobs that only read from remotes are passed over. */
  readonly only?: "pushes" | undefined;
}
