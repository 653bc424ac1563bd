import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "../../src/prove/server/authenticate.ts";
import { BareRepository } from "../../src/prove/server/bare-repository.ts";
import { GitServer } from "../../src/prove/server/git-server.ts";

export interface TestServerOptions {
  /** Whose token is it: token → identity. Any other token is refused, as is none. */
  readonly identities: ReadonlyMap<string, string>;
  /** Identities that may read, but not push: 403. */
  readonly readers?: ReadonlySet<string>;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** flowkeep's server on a free port, in a folder of its own. Always `stop()` it. */
export async function startServer({ identities, readers, tls }: TestServerOptions): Promise<GitServer> {
  const accounts = new Map([...identities].map(([token, name]) => [token, account(name, readers?.has(name) === true)]));
  const root = await mkdtemp(join(tmpdir(), "git-server-"));
  return GitServer.start({ root, programs: PROGRAMS, accounts, ...(tls === undefined ? {} : { tls }) });
}

function account(name: string, isReader: boolean): Account {
  return { name, login: name, isInstallation: false, access: () => (isReader ? "read" : "write") };
}

const PROGRAMS = process.env["PATH"] ?? "";

/** `owner/name` with one commit on `main`. */
export async function hostRepository(server: GitServer, name: string): Promise<BareRepository> {
  return withCommit(await server.create(name));
}

/** A repository that no server has, with one commit on `main`. */
export async function bareRepository(path: string): Promise<BareRepository> {
  return withCommit(await BareRepository.create(path, { programs: PROGRAMS }));
}

async function withCommit(repository: BareRepository): Promise<BareRepository> {
  await repository.commit("main", { "README.md": "hello\n" });
  return repository;
}

/** Refuses updates of the ref by all but these identities, in the words of a ruleset. */
export async function protect(repository: BareRepository, ref: string, bypass: readonly string[]): Promise<void> {
  const hook = join(repository.path, "hooks", "update");
  await writeFile(
    hook,
    `#!/bin/sh
[ "$1" = '${ref}' ] || exit 0
for bypass in ${bypass.join(" ")}; do [ "$REMOTE_USER" != "$bypass" ] || exit 0; done
echo "error: GH013: Repository rule violations found for $1." >&2
exit 1
`,
  );
  await chmod(hook, 0o755);
}
