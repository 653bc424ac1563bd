import type { UserError } from "../../ir/errors.ts";
import { actionName, parseUses } from "../../ir/uses-ref.ts";
import { readWorkflow } from "../../read/read-file.ts";
import type { ActionInterface } from "../action-interface.ts";
import { ownRef } from "../own-ref.ts";
import { findUses } from "../pin-uses.ts";
import { readManifest } from "../read-manifest.ts";
import { isReusableWorkflow } from "../resolve-interface.ts";
import { chooseCommit, type ChosenCommit, type LineTakes } from "./choose-commit.ts";
import { Git, type GitOptions } from "./git.ts";
import { RemoteCache } from "./remote-cache.ts";
import { RemoteError } from "./remote-error.ts";
import { parseRefs, printRefs } from "./remote-refs.ts";
import { RemoteRepository, type ListedRefs, type RemoteFile } from "./remote-repository.ts";
import { explainUnsafe, type RepositoryRef } from "./safe-names.ts";
import type { ServerUrl } from "./server-url.ts";

/** What a `uses:` is, as its repository says. */
export interface RemoteAction extends Pick<ChosenCommit, "commit" | "by" | "tag" | "branch" | "named"> {
  readonly kind: "remote";
  /** As written. */
  readonly ref: string;
  /** Undefined for a reusable workflow. */
  readonly interface?: ActionInterface | undefined;
  /** What it uses in turn, as written there; a reusable workflow's own files at its own commit. */
  readonly uses: readonly string[];
  /** Whether the commit is on a branch or tag of the repository; undefined where that could not be told within bounds. */
  readonly isReachable: boolean | undefined;
  /** `owner/name` that the repository has now. */
  readonly movedTo?: string | undefined;
}

export interface NotRemote {
  readonly kind: "unknown";
  readonly ref: string;
  readonly failure: RemoteError["failure"];
  /** A sentence. */
  readonly reason: string;
  /** Refs that may have been meant. */
  readonly didYouMean: readonly string[];
}

export interface RemoteOptions extends GitOptions {
  /** Where repositories are looked for, in this order: the first server that has one is taken. */
  readonly servers: readonly ServerUrl[];
  /** A folder for what is kept from run to run; undefined: nothing is kept. */
  readonly cache: string | undefined;
  /** A folder for what lives as long as the run. */
  readonly scratch: string;
  /** What a line of versions stands for; `newest` where nothing is said. */
  readonly lines?: LineTakes | undefined;
  /** Asks no server: only what is in the cache is known. */
  readonly offline?: boolean | undefined;
}

/** A repository that was found on one of the servers. */
interface Found {
  readonly repository: RemoteRepository;
  readonly refs: ListedRefs;
}

/** Actions and reusable workflows in the repositories of servers. Each repository is asked once. Always `close` it. */
export class RemoteActions {
  readonly limits: GitOptions["limits"];
  readonly #options: RemoteOptions;
  readonly #git: Git;
  readonly #cache: RemoteCache;
  readonly #repositories: RemoteRepository[] = [];
  readonly #found = new Map<string, Promise<Found>>();
  readonly #resolved = new Map<string, Promise<RemoteAction | NotRemote>>();

  constructor(options: RemoteOptions) {
    this.#options = options;
    this.limits = options.limits;
    this.#git = new Git(options);
    this.#cache = new RemoteCache(options.cache);
  }

  /** Resolves a `uses:` of the form `owner/name[/path]@ref`. What cannot be told is `unknown`, with the reason. */
  resolve(ref: string): Promise<RemoteAction | NotRemote> {
    const resolved = this.#resolved.get(ref) ?? this.#resolve(ref);
    this.#resolved.set(ref, resolved);
    return resolved;
  }

  /** The tags and branches of `owner/name`. */
  async refs(name: string): Promise<ListedRefs> {
    return (await this.#find(name)).refs;
  }

  /** Whether a commit is on a branch or tag of `owner/name`; undefined where that cannot be told within bounds. */
  async reaches(name: string, commit: string): Promise<boolean | undefined> {
    return this.#isReachable(commit, await this.#find(name));
  }

  /** Whether a commit is in the history of a tag or branch of `owner/name`; undefined where that cannot be told within bounds. */
  async isBelow(name: string, commit: string, ref: string): Promise<boolean | undefined> {
    const { repository, refs } = await this.#find(name);
    return this.#options.offline === true ? undefined : repository.isBelow(commit, ref, refs);
  }

  /** When a tag was made, in seconds since 1970, as its author's clock said: the later of the tag's date and its commit's. */
  async releasedAt(name: string, tag: string): Promise<number> {
    const { repository, refs } = await this.#find(name);
    const objects = [refs.tags.get(tag), refs.tagObjects.get(tag)].filter((object) => object !== undefined);
    return Math.max(...(await Promise.all(objects.map((object) => this.#dateOf(object, repository)))));
  }

  async close(): Promise<void> {
    await Promise.all(this.#repositories.map((repository) => repository.delete()));
  }

  async #resolve(ref: string): Promise<RemoteAction | NotRemote> {
    const uses = parseUses(ref);
    const unsafe = uses.kind === "repository" ? explainUnsafe(uses) : `${ref} names no repository`;
    if (uses.kind !== "repository" || unsafe !== undefined)
      return notRemote(ref, new RemoteError("refused", unsafe ?? ""));
    try {
      const found = await this.#find(`${uses.owner}/${uses.name}`);
      const chosen = chooseCommit(uses.ref, found.refs, this.#options.lines);
      if (chosen.kind === "none") {
        const reason = `${found.repository.label}: ${chosen.reason}`;
        const meant = chosen.nearest.map((name) => `${actionName(uses)}@${name}`);
        return notRemote(ref, new RemoteError("missing", reason), meant);
      }
      const { commit, by, tag, branch, named } = chosen;
      const content = await this.#read(ref, uses, commit, found);
      const isReachable = by === "commit" ? await this.#isReachable(commit, found) : true;
      const { movedTo } = found.refs;
      return { kind: "remote", ref, commit, by, tag, branch, named, ...content, isReachable, movedTo };
    } catch (error) {
      if (error instanceof RemoteError) return notRemote(ref, error);
      throw error;
    }
  }

  #find(name: string): Promise<Found> {
    const key = name.toLowerCase();
    const found = this.#found.get(key) ?? this.#search(name);
    this.#found.set(key, found);
    return found;
  }

  async #search(name: string): Promise<Found> {
    let last = new RemoteError("refused", "there is no server to ask");
    for (const server of this.#options.servers) {
      const repository = new RemoteRepository(server, name, { git: this.#git, scratch: this.#options.scratch });
      this.#repositories.push(repository);
      try {
        return { repository, refs: await this.#refs(repository) };
      } catch (error) {
        // A server that did not answer may have the repository: the next one's would be another.
        if (!(error instanceof RemoteError) || error.failure !== "no-repository") throw error;
        last = error;
      }
    }
    throw last;
  }

  async #refs(repository: RemoteRepository): Promise<ListedRefs> {
    const key = ["refs", repository.server.href, repository.name.toLowerCase()];
    if (this.#options.offline === true) {
      const listed = await this.#cache.read(key);
      if (listed === undefined)
        throw new RemoteError("offline", `${repository.label} was never read, and --offline asks no server`);
      return parseRefs(listed);
    }
    const refs = await repository.refs();
    await this.#cache.write(key, printRefs(refs));
    return refs;
  }

  async #isReachable(commit: string, { repository, refs }: Found): Promise<boolean | undefined> {
    const key = ["reachable", repository.server.href, repository.name.toLowerCase(), commit];
    // Only that it is: where a commit is not, a branch may be made tomorrow.
    if ((await this.#cache.read(key)) === "yes") return true;
    if (this.#options.offline === true) return undefined;
    const isReachable = await repository.isReachable(commit, refs);
    if (isReachable === true) await this.#cache.write(key, "yes");
    return isReachable;
  }

  async #dateOf(object: string, repository: RemoteRepository): Promise<number> {
    const key = ["dates", repository.server.href, repository.name.toLowerCase(), object];
    const kept = await this.#cache.read(key);
    if (kept !== undefined) return Number(kept);
    if (this.#options.offline === true)
      throw new RemoteError("offline", `${object} of ${repository.label} was never read, and --offline asks no server`);
    const date = await repository.dateOf(object);
    await this.#cache.write(key, `${date}`);
    return date;
  }

  async #read(
    ref: string,
    uses: RepositoryRef,
    commit: string,
    { repository }: Found,
  ): Promise<Pick<RemoteAction, "interface" | "uses">> {
    if (isReusableWorkflow(uses)) {
      const file = await this.#file(repository, commit, [uses.path]);
      if (file === undefined)
        throw new RemoteError("missing", `${repository.label} has no ${uses.path} at ${uses.ref}`);
      return { uses: usesOfWorkflow(file, ref, commit) };
    }
    const folder = uses.path === "" ? "" : `${uses.path}/`;
    // In the runner's order: actions/runner, ActionManager, `PrepareRepositoryActionAsync`.
    const names = ["action.yml", "action.yaml", "Dockerfile", "dockerfile"];
    const file = await this.#file(
      repository,
      commit,
      names.map((name) => folder + name),
    );
    if (file === undefined)
      throw new RemoteError("missing", `${repository.label} has no ${folder}action.yml at ${uses.ref}`);
    if (/dockerfile$/i.test(file.path)) return { interface: dockerfile(file), uses: [] };
    const manifest = await readManifest(file.text, file.path);
    if (manifest.kind === "unreadable") throw new RemoteError("refused", explainErrors(repository, manifest.errors));
    return { interface: manifest.interface, uses: manifest.interface.nested.map((used) => ownRef(used, ref, commit)) };
  }

  async #file(repository: RemoteRepository, commit: string, paths: readonly string[]): Promise<RemoteFile | undefined> {
    const key = ["files", repository.server.href, repository.name.toLowerCase(), commit, ...paths];
    const kept = await this.#cache.read(key);
    if (kept !== undefined) {
      const end = kept.indexOf("\n");
      return { path: kept.slice(0, end), text: kept.slice(end + 1) };
    }
    if (this.#options.offline === true)
      throw new RemoteError("offline", `${commit} of ${repository.label} was never read, and --offline asks no server`);
    const file = await repository.file(commit, paths);
    if (file !== undefined) await this.#cache.write(key, `${file.path}\n${file.text}`);
    return file;
  }
}

/** What a workflow's jobs and steps use. */
function usesOfWorkflow({ path, text }: RemoteFile, ref: string, commit: string): readonly string[] {
  const { node } = readWorkflow(path, text);
  const refs = node === undefined ? [] : findUses(node);
  return [...new Set(refs.map((place) => ownRef(place.ref, ref, commit, place.path.length === 3)))];
}

/** A folder without a manifest is an action where it has a Dockerfile: it takes nothing but `args` and `entrypoint`. */
function dockerfile({ path }: RemoteFile): ActionInterface {
  return { using: "docker", inputs: new Map(), outputs: [], nested: [], image: path.slice(path.lastIndexOf("/") + 1) };
}

function explainErrors({ label }: RemoteRepository, errors: readonly UserError[]): string {
  const [first] = errors;
  return `the manifest of ${label} cannot be read: ${first?.location?.file ?? ""}:${first?.location?.startLine ?? 1} ${first?.message ?? ""}`;
}

function notRemote(ref: string, { failure, message }: RemoteError, didYouMean: readonly string[] = []): NotRemote {
  return { kind: "unknown", ref, failure, reason: message, didYouMean };
}
