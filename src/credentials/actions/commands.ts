// Pieces of what actions of the table do to git.

/** Where `actions/checkout` keeps its token. */
export const HEADER_KEY = "http.https://github.com/.extraheader";

/** The header that `$TOKEN` makes, as the actions that write one write it. */
export const HEADER_VALUE = `"AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)"`;

/** For actions with an input that says where the repository lies. */
export const IN_DIRECTORY = `[ -z "$DIRECTORY" ] || cd "$DIRECTORY"\n`;

const COMMIT_STAGED = `git -c user.name=action -c user.email=action@localhost commit --quiet --allow-empty --message "$MESSAGE"
`;

/** Which files the action has changed nobody knows; what the commit says is `$MESSAGE`. */
export const COMMIT = `git add --all\n${COMMIT_STAGED}`;

/** The same for actions with an input that names the files, with blanks, commas or line breaks in between: `$PATHS`. */
export const COMMIT_PATHS = `if [ -z "$PATHS" ]; then git add --all; else git add -- \${PATHS//,/ } || true; fi
${COMMIT_STAGED}`;

/** What inputs named `token` hold where the workflow gives none. */
export const DEFAULT_TOKEN = { token: "${{ github.token }}" };

export const OWN_REPOSITORY = "github.repository";
