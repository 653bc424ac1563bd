import { identityOfPair, type Credential, type UserAndPassword } from "./credential.ts";
import type { By } from "./evidence.ts";
import { describeIdentity } from "./identity.ts";
import type { PushView } from "./push-view.ts";

/** A credential that is asked for after the server's 401. */
export interface Answer extends Credential {
  /** Whether git stops here even if the server does not take it. */
  readonly isFinal: boolean;
}

/** What a user name and a password amount to, found in a place that `by` leads to. */
export function answer(view: PushView, pair: UserAndPassword, by: readonly By[], place: string): Answer {
  const identity = identityOfPair(pair, view.symbols);
  const last = by.at(-1) ?? view.by;
  const text =
    identity.kind === "none"
      ? `${place} has no token that GitHub takes`
      : `no header is set for this URL, so git takes the credential of ${place}: GitHub sees ${describeIdentity(identity)}`;
  return {
    identity,
    hops: [...by.map(({ hop }) => hop), { span: view.by.hop.span, text }],
    giver: last.giver,
    isExplicit: true,
    isFinal: true,
  };
}
