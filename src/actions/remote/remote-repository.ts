import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Git } from "./git.ts";
import { RemoteError } from "./remote-error.ts";
import { parseRefs, type RemoteRefs } from "./remote-refs.ts";
import type { ServerUrl } from "./server-url.ts";

/** A file of a commit. */
export interface RemoteFile {
  readonly path: string;
  readonly text: string;
}

export interface ListedRefs extends RemoteRefs {
  /** `owner/name` that the repository has now, where the server sent git there. */
  readonly movedTo?: string | undefined;
}

/** What `--unshallow` stands for, which a repository without a border refuses. */
const EVERYTHING = "--depth=2147483647";

/** How links lead on within a commit, at most. */
const MOST_LINKS = 5;

/**
 * A repository on a server, read over git's own protocol: its refs, and single files of single commits. Nothing of it is checked
 * out, and nothing of it is run. Commits are asked for by their digits, so no name of a ref becomes an argument.
 */
export class RemoteRepository {
  readonly server: ServerUrl;
  /** `owner/name` */
  readonly name: string;
  readonly #git: Git;
  readonly #scratch: string;
  #folder: Promise<string> | undefined;
  readonly #fetched = new Map<string, Promise<void>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(server: ServerUrl, name: string, options: { readonly git: Git; readonly scratch: string }) {
    this.server = server;
    this.name = name;
    this.#git = options.git;
    this.#scratch = options.scratch;
  }

  /** For people: `octo/deploy on github.com`. */
  get label(): string {
    return `${this.name} on ${this.server.host}`;
  }

  async refs(): Promise<ListedRefs> {
    const { stdout, stderr } = await this.#ask(["ls-remote", "--heads", "--tags", "--", "origin"], {
      mostOutput: this.#git.limits.mostRefs,
    });
    return { ...parseRefs(stdout.toString()), movedTo: this.#movedTo(stderr) };
  }

  /** The first of some files that the commit has. */
  async file(commit: string, paths: readonly string[]): Promise<RemoteFile | undefined> {
    await this.fetch(commit);
    for (const path of paths) {
      const text = await this.#read(commit, path, MOST_LINKS);
      if (text !== undefined) return { path, text };
    }
    return undefined;
  }

  /** Gets a commit without its files: those come one by one when they are read. */
  fetch(commit: string): Promise<void> {
    const fetched = this.#fetched.get(commit) ?? this.#fetch(["--depth=1", "--filter=blob:none"], [commit]);
    this.#fetched.set(commit, fetched);
    return fetched;
  }

  /**
   * Whether a commit is on a branch or tag of this repository. A server hands out every commit of a repository's forks under the
   * repository's own name: that a commit can be fetched says nothing of whose it is. Undefined where the history is too large, or
   * the server too slow, to tell.
   */
  async isReachable(commit: string, { tags, heads }: RemoteRefs): Promise<boolean | undefined> {
    const tips = new Set([...tags.values(), ...heads.values()]);
    if (tips.has(commit)) return true;
    if (tips.size === 0) return false;
    return this.#isIn(commit, []);
  }

  /** Whether a commit is in the history of one tag, or else branch; a tag goes first, as for GitHub. */
  async isBelow(commit: string, ref: string, { tags, heads }: RemoteRefs): Promise<boolean | undefined> {
    const tip = tags.get(ref) ?? heads.get(ref);
    if (tip === undefined || tip === commit) return tip === commit;
    return this.#isIn(commit, [tags.has(ref) ? `refs/tags/${ref}` : `refs/heads/${ref}`]);
  }

  /** Whether a commit is in the history of some refs, whole names; of any, where there is none. */
  async #isIn(commit: string, refs: readonly string[]): Promise<boolean | undefined> {
    try {
      await this.fetch(commit);
      const { stdout } = await this.#run(["show", "--no-patch", "--format=%ct", commit, "--"]);
      // What comes after a commit is mostly younger: that much is fetched first, and the rest only where it was not among it.
      const since = `--shallow-since=@${Number(stdout.toString()) - 86_400}`;
      for (const shallow of [since, EVERYTHING]) {
        try {
          await this.#fetch([shallow, "--filter=tree:0"], ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"]);
        } catch (error) {
          // Nothing is as young as that.
          if (!(error instanceof RemoteError) || shallow === EVERYTHING || error.failure === "unreachable") throw error;
        }
        const contains = await this.#run(["for-each-ref", "--count=1", `--contains=${commit}`, "--", ...refs]);
        if (contains.stdout.length > 0) return true;
      }
      return false;
    } catch (error) {
      if (error instanceof RemoteError && (error.failure === "unreachable" || error.failure === "refused"))
        return undefined;
      throw error;
    }
  }

  /**
   * When something was committed or tagged, in seconds since 1970: as its author's clock said, which nobody checks. git's protocol
   * knows no better date.
   */
  async dateOf(object: string): Promise<number> {
    await (this.#fetched.get(object) ?? this.#fetch(["--depth=1", "--filter=tree:0"], [object]));
    const { stdout } = await this.#run(["cat-file", "--batch"], `${object}\n`);
    const date = /^(?:tagger|committer) .*> (\d+) [+-]\d{4}$/m.exec(stdout.toString())?.[1];
    if (date === undefined) throw new RemoteError("refused", `${object} in ${this.label} has no date`);
    return Number(date);
  }

  async delete(): Promise<void> {
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #fetch(how: readonly string[], wanted: readonly string[]): Promise<void> {
    const options = [
      "--quiet",
      "--no-tags",
      "--no-recurse-submodules",
      "--no-auto-maintenance",
      "--no-write-fetch-head",
    ];
    await this.#ask(["fetch", ...options, ...how, "--", "origin", ...wanted]);
  }

  /** A file's text; a link is followed as the runner's checkout would. */
  async #read(commit: string, path: string, links: number): Promise<string | undefined> {
    const { stdout: listed } = await this.#run(["ls-tree", "-z", "--full-tree", commit, "--", path]);
    const [, mode, blob] = /^(\d+) blob ([0-9a-f]{40})\t/.exec(listed.toString()) ?? [];
    if (blob === undefined) return undefined;
    const { stdout } = await this.#ask(["cat-file", "blob", blob]);
    const text = stdout.toString();
    if (mode !== "120000") return text;
    const target = join("/", path, "..", text).slice(1);
    if (links === 0 || text.startsWith("/"))
      throw new RemoteError("refused", `${path} in ${this.label} is a link that leads nowhere`);
    return this.#read(commit, target, links - 1);
  }

  /** GitHub answers for a repository that was renamed with where it is now, and git says that it follows. */
  #movedTo(stderr: string): string | undefined {
    const [, url] = /^warning: redirecting to (\S+)/m.exec(stderr) ?? [];
    const name = /([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url ?? "")?.[1];
    return name === undefined || name.toLowerCase() === this.name.toLowerCase() ? undefined : name;
  }

  async #run(args: readonly string[], input?: string): ReturnType<Git["run"]> {
    return this.#git.run(args, { ...(await this.#command()), ...(input === undefined ? {} : { input }) });
  }

  /** One after the other: two fetches at once would meet at git's locks. */
  async #ask(args: readonly string[], more: { readonly mostOutput?: number } = {}): ReturnType<Git["ask"]> {
    const command = { ...(await this.#command()), ...more };
    const answer = this.#last.then(() => this.#git.ask(args, command));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #command(): Promise<Parameters<Git["run"]>[1]> {
    this.#folder ??= this.#create();
    const folder = await this.#folder;
    return {
      cwd: folder,
      what: this.label,
      protocols: this.server.protocols,
      config: [
        ["remote.origin.url", `${this.server.href}/${this.name}.git`],
        // What is missing of a commit is asked for when it is read.
        ["remote.origin.promisor", "true"],
        ["extensions.partialClone", "origin"],
      ],
      growing: { folder: join(folder, "objects", "pack"), most: this.#git.limits.mostFetched },
    };
  }

  async #create(): Promise<string> {
    const folder = await mkdtemp(join(this.#scratch, "flowkeep-git-"));
    await this.#git.run(["init", "--quiet", "--bare", "--template=", "--", folder], {
      cwd: folder,
      what: this.label,
      protocols: [],
    });
    return folder;
  }
}
