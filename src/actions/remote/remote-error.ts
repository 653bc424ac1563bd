/** Why something of a remote repository is not known. */
export type RemoteFailure =
  /** The server did not answer, or not in time: another try may help. */
  | "unreachable"
  /** No server may be asked, and the cache does not know. */
  | "offline"
  /** There is no such repository, or not for us. */
  | "no-repository"
  /** The repository has no such ref, commit or file. */
  | "missing"
  /** What is there, or what was asked for, is not taken: too large, an unsafe name, no manifest. */
  | "refused";

/** What went wrong with a remote repository, as a sentence without a secret in it. */
export class RemoteError extends Error {
  readonly failure: RemoteFailure;

  constructor(failure: RemoteFailure, message: string) {
    super(message);
    this.name = "RemoteError";
    this.failure = failure;
  }
}
