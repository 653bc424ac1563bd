import type { Consequences } from "../consequences/consequences.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Finding } from "./finding.ts";

/** A push with what GitHub makes of it. */
export interface ListedPush {
  readonly push: PushVerdict;
  readonly consequences: Consequences;
  /** It stands in an action or a called workflow, and is listed with those who use that, too. */
  readonly isAnswered: boolean;
  /** What the rules find in it. */
  readonly findings: readonly Finding[];
}
