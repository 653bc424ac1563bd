import type { UserAndPassword } from "./credential.ts";
import { parseAddress, type Address } from "./git/address.ts";
import type { Text } from "./text.ts";

/**
 * What `git-credential-store` finds in its file: a URL a line.
 *
 * @param usesPath `credential.useHttpPath`
 */
export function readCredentialStore(
  text: Text,
  { scheme, host, user, path }: Extract<Address, { kind: "http" }>,
  usesPath: boolean,
): UserAndPassword | undefined {
  for (const line of text.split("\n")) {
    const stored = parseAddress(line.trim());
    if (stored.kind !== "http" || stored.scheme !== scheme || stored.host !== host) continue;
    if (user !== undefined && stored.user !== user) continue;
    // gitcredentials(7), useHttpPath: without it git does not say for which repository it asks.
    if (usesPath && stored.path !== path) continue;
    if (stored.user !== undefined) return { user: stored.user, password: stored.password };
  }
  return undefined;
}

/** `quit=1`: nobody else is asked, git-credential(1). */
export function saysQuit(text: Text): boolean {
  return /^quit=(?:1|true|yes|on)$/im.test(text);
}

/** What a helper prints: it may leave the user name to git. */
export interface HelperAnswer extends Pick<UserAndPassword, "password"> {
  readonly user: Text | undefined;
}

/** The `username=` and `password=` lines that a helper prints. */
export function readHelperAnswer(text: Text): HelperAnswer | undefined {
  const line = (name: string): Text | undefined =>
    text
      .split("\n")
      .findLast((candidate) => candidate.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  const password = line("password");
  return password === undefined ? undefined : { user: line("username"), password };
}
