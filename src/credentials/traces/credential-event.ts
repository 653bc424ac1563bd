import type { Span } from "../../ir/span.ts";
import type { UsesStep } from "../../ir/workflow.ts";
import type { CheckoutLayout } from "../actions/checkout-layout.ts";
import type { Hop } from "../evidence.ts";
import type { Identity } from "../identity.ts";

/** What a step does with credentials, in one of the ways that the job may go. */
export type CredentialEvent = CheckoutEvent | UnsetEvent | ArgumentEvent | OutOfSightEvent;

/** `actions/checkout` runs. */
export interface CheckoutEvent {
  readonly kind: "checkout";
  readonly step: UsesStep;
  /** Whose token it is given. */
  readonly identity: Identity;
  readonly layout: CheckoutLayout;
  /** Whether `persist-credentials` is true, and whether it was given at all. */
  readonly persists: boolean;
  readonly isPersistGiven: boolean;
  readonly hasSshKey: boolean;
  /** Whether submodules are fetched, with the same token. */
  readonly hasSubmodules: boolean;
  /** Absolute; the workspace is `/home/runner/work/repo/repo` or the like. */
  readonly directory: string;
  /** Whether it is the workflow's own repository. */
  readonly isOwn: boolean;
}

/** `git config --unset`, `--unset-all` or `--remove-section` of an `extraheader`. */
export interface UnsetEvent {
  readonly kind: "unset";
  readonly span: Span | undefined;
  readonly command: string;
  /** As people write it: `http.https://github.com/.extraheader`. */
  readonly key: string;
  readonly hasRemoved: boolean;
  /** Who set the same key in files that the command does not change. */
  readonly left: readonly Hop[];
}

/** A program gets a credential as an argument: whoever may list processes can read it. */
export interface ArgumentEvent {
  readonly kind: "argument";
  readonly span: Span | undefined;
  readonly command: string;
  readonly program: string;
  readonly identities: readonly Identity[];
}

/** Something runs that might speak to the repository's server, and is not seen. */
export interface OutOfSightEvent {
  readonly kind: "out-of-sight";
  readonly span: Span | undefined;
  readonly text: string;
  /** The checkouts whose credential it would send; undefined: any. */
  readonly checkouts?: ReadonlySet<UsesStep>;
}
