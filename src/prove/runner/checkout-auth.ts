import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CheckoutLayout } from "../../credentials/actions/checkout-layout.ts";
import type { Git } from "./git-in.ts";

/** What a checkout authenticates with, and where its version keeps that. */
export interface CheckoutAuth {
  readonly layout: CheckoutLayout;
  /** `https://github.com` */
  readonly server: string;
  readonly token: string;
  readonly sshKey: string | undefined;
  /** `RUNNER_TEMP` */
  readonly temp: string;
  /** Makes file names that no other checkout has. */
  readonly id: string;
}

/** `http.https://github.com/.extraheader` */
export function headerKey({ server }: CheckoutAuth): string {
  return `http.${server}/.extraheader`;
}

export function headerValue({ token }: CheckoutAuth): string {
  return `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
}

/** The file in which version 6 and later keep the header. */
export function credentialsFile({ temp, id }: CheckoutAuth): string {
  return join(temp, `git-credentials-${id}.config`);
}

/** Takes away what checkouts before left, of all layouts that this version knows. */
export async function clearAuth(git: Git, auth: CheckoutAuth): Promise<void> {
  if (auth.layout.place === "none") return;
  await git.try("config", "--local", "--unset-all", "core.sshCommand");
  await git.try("config", "--local", "--unset-all", headerKey(auth));
  if (!auth.layout.clearsIncluded) return;
  for (const [key, file] of await includedFiles(git)) {
    await git.try("config", "--local", "--unset-all", key);
    await rm(file, { force: true });
  }
}

/** Options for git while the checkout works: a version that persists nothing has the header on its command lines. */
export function oneShotOptions(auth: CheckoutAuth): readonly string[] {
  return auth.layout.place === "none" ? ["-c", `${headerKey(auth)}=${headerValue(auth)}`] : [];
}

/** The includes that a version 6 left in this repository: key and file. */
async function includedFiles(git: Git): Promise<readonly (readonly [string, string])[]> {
  const listed =
    (await git.try("config", "--local", "--null", "--get-regexp", String.raw`^includeif\.gitdir:.*\.path$`)) ?? "";
  return listed.split("\0").flatMap((entry) => {
    const [key = "", file = ""] = entry.split("\n");
    return /\/git-credentials-[^/]*\.config$/.test(file) ? [[key, file] as const] : [];
  });
}

/**
 * Writes the credential where the version keeps it.
 *
 * @param before commands that go before
 */
export async function persistAuth(git: Git, auth: CheckoutAuth, before: readonly (readonly string[])[]): Promise<void> {
  const commands = [...before];
  if (auth.layout.place !== "none" && auth.sshKey !== undefined)
    commands.push(["config", "--local", "core.sshCommand", await writeSshCommand(auth, auth.sshKey)]);
  if (auth.layout.place === "local") commands.push(["config", "--local", headerKey(auth), headerValue(auth)]);
  if (auth.layout.place !== "included") {
    if (commands.length > 0) await git.all(...commands);
    return;
  }
  const file = credentialsFile(auth);
  const said = await git.all(
    ...commands,
    ["config", "--file", file, headerKey(auth), headerValue(auth)],
    ["rev-parse", "--absolute-git-dir"],
  );
  const gitDir = said.trim().split("\n").at(-1) ?? "";
  const places = [gitDir, ...(auth.layout.coversWorktrees ? [`${gitDir}/worktrees/*`] : [])];
  await git.all(...places.map((directory) => ["config", "--local", `includeIf.gitdir:${directory}.path`, file]));
}

/** Source: src/git-auth-helper.ts, configureSsh. */
async function writeSshCommand(auth: CheckoutAuth, key: string): Promise<string> {
  const file = join(auth.temp, auth.id);
  await writeFile(file, `${key.trim()}\n`, { mode: 0o600 });
  const known = `${file}_known_hosts`;
  await writeFile(
    known,
    "github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n",
  );
  return `ssh -i "${file}" -o StrictHostKeyChecking=yes -o CheckHostIP=no -o "UserKnownHostsFile=${known}"`;
}
