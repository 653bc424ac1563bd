import type { By, Hop } from "./evidence.ts";
import { identityOfToken, NONE, type Identity } from "./identity.ts";
import { hasSymbol, type Symbols, type Text } from "./text.ts";

/** A credential that git has found, and how it came there. */
export interface Credential {
  readonly identity: Identity;
  /** From where it was put to where git finds it. */
  readonly hops: readonly Hop[];
  /** Who gave it; undefined where nobody did: an empty secret. */
  readonly giver: By["giver"] | undefined;
  readonly isExplicit: boolean;
  /** The push's own command line carries it: its URL, its `-c`. */
  readonly isOwn?: boolean | undefined;
  /** Whose token was meant to be sent, where GitHub does not take it the way it is given. */
  readonly meant?: Identity | undefined;
}

/** A user name and a password, as in a URL, a `.netrc`, an `Authorization: basic` header, or what a helper prints. */
export interface UserAndPassword {
  readonly user: Text;
  /** Undefined where there is a user only: `https://TOKEN@github.com`. */
  readonly password: Text | undefined;
}

/** Passwords that only say that the token is the user name. */
const NO_PASSWORDS = ["", "x-oauth-basic", "x-access-token"];

/**
 * Whose the token in a user name and a password is. GitHub takes any user name beside a token, and a personal access token also
 * as the user name; an installation token and GITHUB_TOKEN need `x-access-token` as the user name, or anything but themselves.
 */
export function identityOfPair({ user, password }: UserAndPassword, symbols: Symbols): Identity {
  if (password !== undefined && !NO_PASSWORDS.includes(password)) return identityOfToken(password, symbols) ?? NONE;
  if (!hasSymbol(user)) return NONE;
  const identity = tokenOfUser(user, symbols);
  const needsOtherUser = identity.kind === "github-token" || identity.kind === "app";
  return needsOtherUser ? NONE : identity;
}

/** Whose token a user name is: `https://TOKEN@github.com`. */
export function tokenOfUser(user: Text, symbols: Symbols): Identity {
  return identityOfToken(user, symbols) ?? NONE;
}

/** Whose an `extraheader`'s credential is; undefined for a header that is none. */
export function identityOfHeader(header: Text, symbols: Symbols): Identity | undefined {
  const colon = header.indexOf(":");
  if (colon < 0) return hasSymbol(header) ? identityOfToken(header, symbols) : undefined;
  if (header.slice(0, colon).trim().toLowerCase() !== "authorization")
    return hasSymbol(header.slice(0, colon)) ? identityOfToken(header, symbols) : undefined;
  const [, scheme = "", credential = ""] = /^\s*(\S+)\s*([^]*)$/.exec(header.slice(colon + 1)) ?? [];
  // GitHub's git endpoint takes basic only: Bearer and token are answered with 401.
  if (scheme.toLowerCase() !== "basic") return hasSymbol(scheme) ? identityOfToken(header, symbols) : NONE;
  const encoded = credential.trim();
  if (encoded.length === 1 && hasSymbol(encoded)) {
    const meaning = symbols.meaningOf(encoded);
    if (meaning.kind === "base64") return identityOfPair(splitPair(meaning.text), symbols);
  }
  return hasSymbol(encoded) ? identityOfToken(encoded, symbols) : NONE;
}

export function splitPair(text: Text): UserAndPassword {
  const colon = text.indexOf(":");
  return colon < 0
    ? { user: text, password: undefined }
    : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
