/** What `push({...})` asks for, as plain text: each text may hold `${{ }}`. */
export interface PushPlan {
  readonly credential: PushCredential;
  /** The credential's `${{ … }}`, which goes to the step's `env` and nowhere else. */
  readonly tokenExpression: string;
  /** Exactly one of these three. A branch is pushed from `HEAD`; a tag as it is, or at `HEAD` if there is none yet. */
  readonly branch?: string | undefined;
  readonly tag?: string | undefined;
  /** Refspecs as `git push` takes them; all land or none does. */
  readonly refs?: readonly string[] | undefined;
  /** `owner/name`; this workflow's repository if left out. */
  readonly repository?: string | undefined;
  /** The checkout to push from; the workspace if left out. */
  readonly path?: string | undefined;
  readonly commit?: PushCommit | undefined;
  /** Overwrites what the server has, if it still has what was seen there. */
  readonly force?: "with-lease" | undefined;
  /** How often a lost race is fetched, rebased and tried again: at most (and by default) 3. Only a branch has races. */
  readonly retry?: number | boolean | undefined;
}

/** Who pushes. Each but the deploy key is a token that git sends over HTTPS. */
export type PushCredential =
  | { readonly kind: "github-token" }
  | { readonly kind: "pat"; readonly secret: string }
  | { readonly kind: "app" }
  | { readonly kind: "deploy-key"; readonly secret: string };

export interface PushCommit {
  /** Pathspecs. The commit holds them and nothing else that may be staged. */
  readonly paths: readonly string[];
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** `git commit --no-verify`. The pre-push hook runs all the same: git-lfs uploads in it. */
  readonly noVerify?: boolean | undefined;
}

/** The step that a plan becomes: `run`, `env`, `shell`, `working-directory`. */
export interface PushScript {
  readonly script: string;
  readonly env: ReadonlyArray<readonly [name: string, value: string]>;
  readonly shell: "bash";
  readonly workingDirectory?: string;
}
