/** A request as the server saw it: identities, never tokens. */
export interface SeenRequest {
  readonly method: string;
  readonly host: string;
  /** With its query. */
  readonly path: string;
  /** One for each Authorization header, as accounts are named; `unknown` for a token that is nobody's. */
  readonly identities: readonly string[];
  readonly status: number;
  /** Requests of one connection belong together: a push has one, or two where it begins anew. */
  readonly connection: number;
  /** When it began, by the clock that the server was given. */
  readonly at: number;
  /** What a push did: each ref, and why it did not move. */
  readonly updates: readonly SeenUpdate[];
  /** What the server said to a request that it refused. */
  readonly said: string | undefined;
}

export interface SeenUpdate {
  readonly ref: string;
  readonly old: string;
  readonly new: string;
  /** Undefined where the ref moved. */
  readonly refused: string | undefined;
  /** What there is to know about that, and GitHub does not say. */
  readonly note: string | undefined;
}

/** The words of GitHub's refusals. Sources: push-acceptance facts ER-009, ER-011, ER-013; experiments C04, E21, E22, B18. */
export const SAYS = {
  duplicate: 'Duplicate header: "Authorization"',
  noCredential: "No anonymous write access.",
  badCredential: "Invalid username or token. Password authentication is not supported for Git operations.",
  notFound: "Repository not found.",
  denied: (repository: string, login: string) => `Permission to ${repository}.git denied to ${login}.`,
} as const;
