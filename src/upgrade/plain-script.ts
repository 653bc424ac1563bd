/** What a script does that only commits and pushes. */
export interface PlainScript {
  readonly author: { readonly name: string | undefined; readonly email: string | undefined };
  /** Pathspecs of `git add`; `:/` is the whole repository. */
  readonly paths: readonly string[];
  readonly commit: { readonly message: string; readonly noVerify: boolean } | undefined;
  readonly push: PlainPush;
  /** URLs that remotes are given, by name. */
  readonly urls: ReadonlyMap<string, string>;
  /** The branch that is fetched and rebased onto before the push; `""` for the one that is checked out. */
  readonly rebasedOnto: string | undefined;
  /** What is done only where there is something to commit. */
  readonly guarded: { readonly commit: boolean; readonly push: boolean };
  /** A commit that fails, for whatever reason, is passed over. */
  readonly mayFailToCommit: boolean;
  /** Commands that only print, as written. */
  readonly prints: readonly string[];
}

export interface PlainPush {
  /** A remote's name or a URL; undefined: the one that is configured. */
  readonly remote: string | undefined;
  readonly refspecs: readonly string[];
  readonly withLease: boolean;
  readonly setsUpstream: boolean;
}
