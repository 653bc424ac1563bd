import { parseUses } from "../../ir/uses-ref.ts";

/**
 * What a `uses:` is called in GitHub's lock: `owner/name@ref`. The runner gets a repository once for each ref, whichever of its
 * folders are used. Owner and name are written in lower case, the ref as it is. Undefined for what names no repository.
 *
 * @example
 * pinOf("GitHub/codeql-action/init@v3"); // "github/codeql-action@v3"
 */
export function pinOf(ref: string): string | undefined {
  const uses = parseUses(ref);
  return uses.kind === "repository" ? `${uses.owner}/${uses.name}`.toLowerCase() + `@${uses.ref}` : undefined;
}

/** The ref of a pin. */
export function refOfPin(pin: string): string {
  return pin.slice(pin.indexOf("@") + 1);
}

/** `owner/name` of a pin. */
export function repositoryOfPin(pin: string): string {
  return pin.slice(0, pin.indexOf("@"));
}
