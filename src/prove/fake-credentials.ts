import { createHash } from "node:crypto";
import type { Identity } from "../credentials/identity.ts";
import { GITHUB_TOKEN } from "../credentials/identity.ts";
import { fingerprint, makeSshKey } from "./ssh/ssh-key.ts";
import type { Account } from "./server/authenticate.ts";

/** What a token may do, beside being known. */
export interface TokenRights {
  readonly access: Account["access"];
}

/**
 * Stand-ins for a job's secrets. Each is recognisable and worth nothing, and the server knows which of them it sees; equal
 * names give equal tokens.
 */
export class FakeCredentials {
  /** For the server: token → account. */
  readonly accounts = new Map<string, Account>();
  /** For the server: fingerprint of a key for ssh → account. */
  readonly keys = new Map<string, Account>();
  readonly #identities = new Map<string, Identity>();
  readonly #values = new Set<string>();

  /** The job's own token. */
  jobToken({ access }: TokenRights): string {
    const token = fakeToken("ghs_", "GITHUB_TOKEN", 36);
    return this.#add(token, GITHUB_TOKEN, { login: "github-actions[bot]", isInstallation: true, access });
  }

  /** A secret's value: a personal access token, as far as the server is concerned. */
  secret(name: string): string {
    const access = () => "write" as const;
    const token = fakeToken("ghp_", name, 36);
    return this.#add(token, { kind: "pat", name }, { login: `owner-of-${name}`, isInstallation: false, access });
  }

  /** A secret's value, where it is a key for ssh: a deploy key, as far as the server is concerned. */
  sshKey(name: string): string {
    const key = makeSshKey(name);
    const account = { name: `ssh:${name}`, login: "deploy key", isInstallation: false, access: () => "write" as const };
    this.keys.set(fingerprint(key), account);
    this.#identities.set(account.name, { kind: "ssh", name });
    this.hide(key);
    return key;
  }

  /** The token that a step mints. From April 2026 on they have about 520 characters: push-acceptance fact LT-011. */
  appToken(step: string, { access }: TokenRights): string {
    const token = fakeToken("ghs_", step, 516);
    return this.#add(
      token,
      { kind: "app", name: step },
      { login: `app-of-${step}[bot]`, isInstallation: true, access },
    );
  }

  /** Something that must not be shown, and that the server does not know. */
  hide(value: string): void {
    if (value.trim() !== "") this.#values.add(value);
  }

  /** Whose account it is, as the server's log names it; undefined for one that is nobody's. */
  identityOf(account: string): Identity | undefined {
    return this.#identities.get(account);
  }

  /** A text without secrets, plain, in base64 or in a URL: as GitHub's runner prints logs. */
  mask(text: string): string {
    let masked = text;
    for (const value of [...this.#values].sort((a, b) => b.length - a.length))
      for (const spelling of spellings(value)) masked = masked.replace(spelling, "***");
    return masked;
  }

  #add(token: string, identity: Identity, account: Omit<Account, "name">): string {
    const name = "name" in identity ? `${identity.kind}:${identity.name}` : identity.kind;
    this.accounts.set(token, { name, ...account });
    this.#identities.set(name, identity);
    this.hide(token);
    return token;
  }
}

function fakeToken(prefix: string, name: string, length: number): string {
  const digits = createHash("sha512").update(name).digest("hex").repeat(5);
  return prefix + `FAKE${name.replace(/[^A-Za-z0-9]/g, "").slice(0, 16)}${digits}`.slice(0, length);
}

/** A value as it may show: each line of it, in a URL, and in base64 behind any text. */
function spellings(value: string): readonly RegExp[] {
  const lines = value.split(/\r?\n/).filter((line) => line.length > 3);
  return lines.flatMap((line) => [
    ...new Set([line, encodeURIComponent(line)].map((text) => new RegExp(escape(text), "g"))),
    // With the letters that come of its last bytes and what stands behind it.
    ...[0, 1, 2].map((shift) => new RegExp(`${escape(encoded(line, shift))}[A-Za-z0-9+/]{0,4}={0,2}`, "g")),
  ]);
}

/** The letters of its base64 that are the same whatever stands before and behind, `shift` bytes into a group of three. */
function encoded(line: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(line)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
  return whole.slice(shift === 0 ? 0 : 4);
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
