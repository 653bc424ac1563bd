import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const runFile = promisify(execFile);

const IDENTITY = {
  GIT_AUTHOR_NAME: "Somebody",
  GIT_AUTHOR_EMAIL: "somebody@example.com",
  GIT_COMMITTER_NAME: "Somebody",
  GIT_COMMITTER_EMAIL: "somebody@example.com",
};

/** A repository on the server's side, with hands of its own: it commits to branches as somebody else would, and protects refs. */
export class BareRepository {
  readonly path: string;
  /** Called before a request is answered: a test moves a branch here, so that somebody loses a race. */
  before: ((requestPath: string) => Promise<void>) | undefined;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(path: string): Promise<BareRepository> {
    const repository = new BareRepository(path);
    await mkdir(path, { recursive: true });
    await repository.git("init", "--quiet", "--bare", "--initial-branch=main");
    await repository.commit("main", { "README.md": "hello\n" });
    return repository;
  }

  async git(...args: string[]): Promise<string> {
    return (await this.#run(args, {})).trim();
  }

  /** A commit by somebody else, on top of the branch: what makes a push lose its race. */
  async commit(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
    const index = { GIT_INDEX_FILE: join(this.path, `index-${process.hrtime.bigint()}`) };
    const parent = await this.sha(`refs/heads/${branch}`);
    if (parent !== undefined) await this.#run(["read-tree", parent], index);
    for (const [file, text] of Object.entries(files)) {
      const blobFile = join(this.path, "blob");
      await writeFile(blobFile, text);
      const blob = await this.git("hash-object", "-w", blobFile);
      await this.#run(["update-index", "--add", "--cacheinfo", `100644,${blob},${file}`], index);
    }
    const tree = (await this.#run(["write-tree"], index)).trim();
    const commit = await this.git(
      "commit-tree",
      tree,
      "-m",
      "By somebody else",
      ...(parent === undefined ? [] : ["-p", parent]),
    );
    await this.git("update-ref", `refs/heads/${branch}`, commit);
    return commit;
  }

  /** The object that a ref names, or undefined where there is no such ref. */
  async sha(ref: string): Promise<string | undefined> {
    return this.git("rev-parse", "--quiet", "--verify", ref).catch(() => undefined);
  }

  async log(ref: string): Promise<string[]> {
    return (await this.git("log", "--format=%s", ref)).split("\n");
  }

  async file(ref: string, path: string): Promise<string | undefined> {
    return this.#run(["show", `${ref}:${path}`], {}).catch(() => undefined);
  }

  /** Refuses updates of the ref by all but these identities, in the words of a ruleset. */
  async protect(ref: string, bypass: readonly string[]): Promise<void> {
    const hook = join(this.path, "hooks", "update");
    await mkdir(join(this.path, "hooks"), { recursive: true });
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

  async #run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    const { stdout } = await runFile("git", ["--git-dir", this.path, ...args], {
      env: { PATH: process.env["PATH"], HOME: this.path, GIT_CONFIG_NOSYSTEM: "1", ...IDENTITY, ...env },
    });
    return stdout;
  }
}
