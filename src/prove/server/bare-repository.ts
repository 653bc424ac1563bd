import { execFile } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { UPDATE_HOOK } from "./update-hook.ts";

const runFile = promisify(execFile);

const SOMEBODY = {
  GIT_AUTHOR_NAME: "Somebody",
  GIT_AUTHOR_EMAIL: "somebody@example.com",
  GIT_COMMITTER_NAME: "Somebody",
  GIT_COMMITTER_EMAIL: "somebody@example.com",
};

export interface BareRepositoryOptions {
  /** `PATH`, which leads to git. */
  readonly programs: string;
  /** Default: `main`. */
  readonly defaultBranch?: string;
}

/** A repository on the server's side, with hands of its own: it commits to branches as somebody else would. */
export class BareRepository {
  readonly path: string;
  readonly defaultBranch: string;
  /** Called before a request is answered: a test moves a branch here, so that somebody loses a race. */
  before: ((requestPath: string) => Promise<void>) | undefined;
  readonly #programs: string;

  private constructor(path: string, { programs, defaultBranch = "main" }: BareRepositoryOptions) {
    this.path = path;
    this.defaultBranch = defaultBranch;
    this.#programs = programs;
  }

  /** Makes an empty repository that allows what GitHub allows. */
  static async create(path: string, options: BareRepositoryOptions): Promise<BareRepository> {
    const repository = new BareRepository(path, options);
    // What `git init --bare` makes: gitrepository-layout(5).
    for (const folder of ["hooks", "objects", "refs"]) await mkdir(join(path, folder), { recursive: true });
    await writeFile(join(path, "HEAD"), `ref: refs/heads/${repository.defaultBranch}\n`);
    await writeFile(join(path, "config"), CONFIG);
    await writeFile(join(path, "hooks", "update"), UPDATE_HOOK);
    await chmod(join(path, "hooks", "update"), 0o755);
    return repository;
  }

  async git(...args: readonly string[]): Promise<string> {
    return (await this.run(args)).trim();
  }

  /** A commit by somebody else, on top of the branch: what makes a push lose its race. */
  async commit(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
    const index = { GIT_INDEX_FILE: join(this.path, `index-${process.hrtime.bigint()}`) };
    const parent = await this.sha(`refs/heads/${branch}`);
    if (parent !== undefined) await this.run(["read-tree", parent], index);
    for (const [file, text] of Object.entries(files)) {
      const blobFile = join(this.path, "blob");
      await writeFile(blobFile, text);
      const blob = await this.git("hash-object", "-w", blobFile);
      await this.run(["update-index", "--add", "--cacheinfo", `100644,${blob},${file}`], index);
    }
    const tree = (await this.run(["write-tree"], index)).trim();
    const parents = parent === undefined ? [] : ["-p", parent];
    const commit = await this.git("commit-tree", tree, "-m", "By somebody else", ...parents);
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
    return this.run(["show", `${ref}:${path}`]).catch(() => undefined);
  }

  /** git here, with more in its environment. */
  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout } = await runFile("git", ["--git-dir", this.path, ...args], {
      env: { PATH: this.#programs, HOME: this.path, GIT_CONFIG_NOSYSTEM: "1", ...SOMEBODY, ...env },
      maxBuffer: 1e8,
    });
    return stdout;
  }
}

/** GitHub gives any commit that is asked for by its id, and leaves files out of a fetch on request; it keeps no reflogs. */
const CONFIG = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[receive]
	advertisePushOptions = true
	autogc = false
[gc]
	auto = 0
`;
