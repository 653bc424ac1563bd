import { DECODED } from "../shell/print-commands.ts";
import { symbolsIn, withoutSymbols, type Symbols, type Text } from "./text.ts";

/** Who GitHub sees, or is meant to see. */
export type Identity =
  | { readonly kind: "github-token" }
  /** Any secret that is used as a token. */
  | { readonly kind: "pat"; readonly name: string }
  /** An installation token; the name is the id of the step that minted it. */
  | { readonly kind: "app"; readonly name: string }
  | { readonly kind: "ssh"; readonly name: string }
  /** Nobody: git has no credential that the server takes. */
  | { readonly kind: "none" }
  /** Two Authorization headers: GitHub answers 400. */
  | { readonly kind: "duplicate" }
  | { readonly kind: "unknown"; readonly reason: string };

export const GITHUB_TOKEN: Identity = { kind: "github-token" };
export const NONE: Identity = { kind: "none" };
export const DUPLICATE: Identity = { kind: "duplicate" };

export function unknownIdentity(reason: string): Identity {
  return { kind: "unknown", reason };
}

export function sameIdentity(a: Identity, b: Identity): boolean {
  if (a.kind === "unknown" || b.kind === "unknown") return a.kind === b.kind;
  return a.kind === b.kind && nameOf(a) === nameOf(b);
}

export function nameOf(identity: Identity): string | undefined {
  return "name" in identity ? identity.name : undefined;
}

/** For sentences: "GITHUB_TOKEN", "the secret RELEASE_PAT", "the App token of step `app`". */
export function describeIdentity(identity: Identity): string {
  switch (identity.kind) {
    case "github-token":
      return "GITHUB_TOKEN";
    case "pat":
      return `the secret ${identity.name}`;
    case "app":
      return `the App token of step '${identity.name}'`;
    case "ssh":
      return `the SSH key ${identity.name}`;
    case "none":
      return "nobody";
    case "duplicate":
      return "two credentials at once";
    case "unknown":
      return `an unknown credential (${identity.reason})`;
  }
}

/** The name of a value, where it is what `base64 -d` made of another: whose it is stays the same. */
export function withoutDecoding(id: string): string {
  return id.endsWith(DECODED) ? id.slice(0, -DECODED.length) : id;
}

/** What a reference stands for, by its id; undefined where it names no credential. */
export function identityOfReference(written: string): Identity | undefined {
  const id = withoutDecoding(written);
  if (id === "github.token") return GITHUB_TOKEN;
  const secret = /^secrets\.([\w-]+)$/.exec(id)?.[1];
  if (secret !== undefined)
    return secret.toUpperCase() === "GITHUB_TOKEN" ? GITHUB_TOKEN : { kind: "pat", name: secret };
  const app = /^app\.(.+)$/.exec(id)?.[1];
  return app === undefined ? undefined : { kind: "app", name: app };
}

/**
 * Whose a token is: the one reference in the text. A text that is wholly literal is no token that anybody could know.
 *
 * @returns undefined for the empty text
 */
export function identityOfToken(token: Text, symbols: Symbols): Identity | undefined {
  if (token === "") return undefined;
  const identities: Identity[] = [];
  for (const symbol of symbolsIn(token)) {
    const meaning = symbols.meaningOf(symbol);
    switch (meaning.kind) {
      case "reference": {
        const identity = identityOfReference(meaning.id);
        if (identity !== undefined) identities.push(identity);
        else identities.push(unknownIdentity(explainReference(meaning.id)));
        break;
      }
      case "unknown":
        identities.push(unknownIdentity(meaning.reason));
        break;
      case "base64":
        identities.push(identityOfToken(meaning.text, symbols) ?? NONE);
        break;
      case "choice":
        identities.push(unknownIdentity(`it is ${symbols.show(symbol)}`));
        break;
    }
  }
  const around = withoutSymbols(token);
  // Quotes that are one pair too many, a space, the line break of `echo`: no token has those, and GitHub takes it for none.
  if (/\W/.test(around)) return NONE;
  const [first = NONE, ...others] = identities;
  if (others.every((other) => sameIdentity(first, other))) return first;
  return unknownIdentity(`the token is put together of several: ${symbols.show(token)}`);
}

function explainReference(id: string): string {
  if (id.startsWith("inputs.")) return `${id} is the caller's: who calls this decides`;
  if (id.startsWith("needs.") || id.startsWith("steps.")) return `${id} is computed when it runs`;
  return `${id} is not known before it runs`;
}

/** Whether it is not known because the workflow's or the action's caller decides. */
export function isCallers(identity: Identity): boolean {
  return identity.kind === "unknown" && /^(?:inputs\.[\w-]+ is|the caller's job decides)/.test(identity.reason);
}
