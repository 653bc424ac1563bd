import type { IncomingMessage } from "node:http";

/** Somebody whom the server knows by a token. */
export interface Account {
  /** As the log calls it: never the token. */
  readonly name: string;
  /** As GitHub's refusals call it: `github-actions[bot]`. */
  readonly login: string;
  /** A token that is an installation's: GitHub does not take it as a user name. */
  readonly isInstallation: boolean;
  readonly access: (repository: string) => "write" | "read" | "none";
}

/** What the log calls a credential that is nobody's. */
export const NOBODY = "unknown";

/** Who a request says that it is: one for each Authorization header; undefined for a credential that is nobody's. */
export function authenticate(
  request: IncomingMessage,
  accounts: ReadonlyMap<string, Account>,
): readonly (Account | undefined)[] {
  return authorizations(request).map((header) => accountOf(header, accounts));
}

/** Every Authorization header, in order: `request.headers` has only the first. */
function authorizations({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === "authorization");
}

/** GitHub's git endpoint takes basic credentials only, with any user name beside a token. Experiments B12–B19, C21, C22. */
function accountOf(header: string, accounts: ReadonlyMap<string, Account>): Account | undefined {
  const encoded = /^basic\s+(\S+)\s*$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const [, user = "", password = ""] = /^([^:]*):?([^]*)$/.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  if (!NO_PASSWORDS.has(password)) return accounts.get(password);
  const account = accounts.get(user);
  return account?.isInstallation === true ? undefined : account;
}

/** Passwords that only say that the token is the user name. */
const NO_PASSWORDS: ReadonlySet<string> = new Set(["", "x-oauth-basic", "x-access-token"]);
