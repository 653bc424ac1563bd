import { parseAddress, type Address } from "./git/address.ts";
import type { PushView } from "./push-view.ts";
import { sshHostName } from "./ssh-key.ts";
import { hasSymbol, type Text } from "./text.ts";

type ServerAddress = Extract<Address, { kind: "http" | "ssh" }>;

/**
 * The host of an address, where it is another server than the one that the workflow runs for: github.com, or what a checkout of the
 * job names in `github-server-url`.
 *
 * @returns undefined where it is that server's, or where nobody can tell
 */
export function otherHostOf(view: PushView, address: ServerAddress): string | undefined {
  const host = address.kind === "ssh" ? sshHostName(view, address.host) : address.host;
  if (host === undefined || hasSymbol(host) || isGithub(host)) return undefined;
  return checkoutHosts(view).includes(host) ? undefined : host;
}

/** Gists and `ssh.github.com` are there, too. */
function isGithub(host: Text): boolean {
  return /^(?:[\w.-]+\.)?github\.com(?::\d+)?$/.test(host);
}

function checkoutHosts({ entries }: PushView): readonly Text[] {
  return entries.flatMap(({ key, value, by }) => {
    if (by.giver !== "checkout" || key.section !== "remote" || key.name !== "url") return [];
    const address = parseAddress(value);
    return address.kind === "http" || address.kind === "ssh" ? address.host : [];
  });
}
