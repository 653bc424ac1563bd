import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { keysIn } from "./ssh-key.ts";
import type { SshCall } from "./ssh-options.ts";

/** Those that are tried where none is named: ssh_config(5), IdentityFile. */
const DEFAULT_KEYS = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"];

/** Where ssh runs. */
export interface SshPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export interface OfferedKeys {
  /** In the order in which ssh offers them. */
  readonly keys: readonly string[];
  /** What ssh says of files that it does not take. */
  readonly warnings: readonly string[];
}

/**
 * The keys that ssh offers, in its order: those of the agent that are configured as well, then the agent's others (none, with
 * IdentitiesOnly), then the files. OpenSSH, sshconnect2.c, pubkey_prepare.
 */
export function offeredKeys(call: SshCall, { env, cwd }: SshPlace): OfferedKeys {
  const place = { home: env["HOME"] ?? "/", cwd };
  const paths = call.identities.length > 0 ? call.identities : DEFAULT_KEYS.map((name) => `~/.ssh/${name}`);
  const warnings: string[] = [];
  const files = paths.flatMap((path) => keysOfFile(expand(path, place), warnings));
  const agent = keysOfAgent(call, env, place);
  const configured = agent.filter((key) => files.includes(key));
  const isOnly = call.options.get("identitiesonly")?.toLowerCase() === "yes";
  const keys = [...configured, ...(isOnly ? [] : agent), ...files];
  return { keys: [...new Set(keys)], warnings };
}

function keysOfFile(path: string, warnings: string[]): readonly string[] {
  try {
    // ssh(1), FILES: a private key that others may read is not taken.
    if ((statSync(path).mode & 0o077) !== 0) {
      warnings.push(`Permissions for '${path}' are too open: this private key will be ignored.`);
      return [];
    }
    return keysIn(readFileSync(path, "utf8"));
  } catch {
    return [];
  }
}

/** The agent here is a file: its keys, one after the other. */
function keysOfAgent({ options }: SshCall, env: SshPlace["env"], place: Folders): readonly string[] {
  const chosen = options.get("identityagent");
  const path = chosen === undefined || chosen === "SSH_AUTH_SOCK" ? env["SSH_AUTH_SOCK"] : chosen;
  if (path === undefined || path === "" || path.toLowerCase() === "none") return [];
  try {
    return keysIn(readFileSync(expand(path, place), "utf8"));
  } catch {
    return [];
  }
}

interface Folders {
  readonly home: string;
  readonly cwd: string;
}

function expand(path: string, { home, cwd }: Folders): string {
  const plain = path.replace(/^["']|["']$/g, "").replace(/^(?:~|%d|\$\{HOME\}|\$HOME)(?=\/)/, home);
  return isAbsolute(plain) ? plain : join(cwd, plain);
}
