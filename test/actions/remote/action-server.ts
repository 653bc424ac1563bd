import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REMOTE_LIMITS, type RemoteLimits } from "../../../src/actions/remote/git.ts";
import { RemoteActions, type RemoteAction, type RemoteOptions } from "../../../src/actions/remote/remote-actions.ts";
import { isServerUrl, parseServerUrl, type ServerUrl } from "../../../src/actions/remote/server-url.ts";
import { BareRepository } from "../../../src/prove/server/bare-repository.ts";
import { callBackend, sendAnswer } from "../../../src/prove/server/git-backend.ts";

export const QUICK: RemoteLimits = { ...REMOTE_LIMITS, backoff: [0, 0] };

const PROGRAMS = process.env["PATH"] ?? "";

export interface ActionServerOptions {
  /** Who reads must have this password; undefined: anybody may read. */
  readonly password?: string;
  /** Who asks GitHub's API for a repository's numbers must have this token; undefined: there is no API. */
  readonly apiToken?: string;
  /** Answers in git's place: a test sends a client away here, fails it, or keeps it waiting. */
  readonly instead?: (requestPath: string) => InsteadAnswer | "nothing" | undefined;
}

interface InsteadAnswer {
  readonly status: number;
  readonly location?: string;
}

/** Repositories of actions behind `git http-backend` on the loopback interface, and a home of its own for who reads them. */
export class ActionServer {
  readonly url: string;
  readonly home: string;
  readonly requests: { readonly method: string; readonly path: string }[] = [];
  readonly #root: string;
  readonly #http: Server;
  readonly #options: ActionServerOptions;
  readonly #open: RemoteActions[] = [];

  private constructor(http: Server, root: string, home: string, options: ActionServerOptions) {
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    this.home = home;
    this.#http = http;
    this.#root = root;
    this.#options = options;
    http.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** Listens on a free port. Always `stop()` it. */
  static async start(options: ActionServerOptions = {}): Promise<ActionServer> {
    const [root, home] = [await mkdtemp(join(tmpdir(), "actions-")), await mkdtemp(join(tmpdir(), "home-"))];
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    return new ActionServer(http, root, home, options);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#open.map((remote) => remote.close()));
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.#http.closeAllConnections();
    await closed;
    for (const folder of [this.#root, this.home]) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  get server(): ServerUrl {
    return serverUrl(this.url);
  }

  /** The environment of somebody without a configuration of git. */
  get env(): Readonly<Record<string, string>> {
    return { PATH: PROGRAMS, HOME: this.home, XDG_CACHE_HOME: join(this.home, "cache") };
  }

  /** What a run of a command has; the cache stays from run to run. */
  open(options: Partial<RemoteOptions> = {}): RemoteActions {
    const remote = new RemoteActions({
      servers: [this.server],
      env: this.env,
      root: this.home,
      cache: join(this.home, "cache"),
      scratch: this.home,
      limits: QUICK,
      ...options,
    });
    this.#open.push(remote);
    return remote;
  }

  /** Makes a repository that serves what GitHub serves: partial clones, and any commit. */
  async create(name: string): Promise<BareRepository> {
    return BareRepository.create(join(this.#root, `${name}.git`), { programs: PROGRAMS });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? "/", this.url);
    const path = decodeURIComponent(pathname);
    this.requests.push({ method: request.method ?? "", path });
    const instead = this.#options.instead?.(path);
    if (instead === "nothing") return;
    if (instead !== undefined) {
      const { status, location } = instead;
      return void response.writeHead(status, location === undefined ? {} : { location: location + search }).end();
    }
    const [, asked] = /^\/api\/v3\/repos\/(.+)$/.exec(path) ?? [];
    if (asked !== undefined) return this.#answerApi(asked, request, response);
    if (!this.#isLetIn(request)) return void response.writeHead(401, { "www-authenticate": "Basic" }).end();
    const call = { programs: PROGRAMS, root: this.#root, path, query: search.slice(1), user: "reader", body: request };
    await sendAnswer(await callBackend(request, { ...call, started: () => undefined }), response);
  }

  /** Numbers that follow from the name. */
  #answerApi(name: string, { headers }: IncomingMessage, response: ServerResponse): void {
    const isKnown = headers.authorization === `Bearer ${this.#options.apiToken ?? ""}`;
    const body = { id: idOf(name), owner: { id: idOf(name.split("/")[0] ?? "") } };
    response.writeHead(isKnown ? 200 : 401).end(isKnown ? JSON.stringify(body) : "{}");
  }

  #isLetIn({ headers }: IncomingMessage): boolean {
    const { password } = this.#options;
    const given = Buffer.from(headers.authorization?.replace(/^basic /i, "") ?? "", "base64").toString();
    return password === undefined || given.endsWith(`:${password}`);
  }
}

/** A server of a test's own. */
export async function withServer(
  options: ActionServerOptions,
  use: (own: ActionServer) => Promise<void>,
): Promise<void> {
  const own = await ActionServer.start(options);
  try {
    await use(own);
  } finally {
    await own.stop();
  }
}

/** What a ref resolves to; fails where it is unknown. */
export async function resolveAt(remote: RemoteActions, ref: string): Promise<RemoteAction> {
  const result = await remote.resolve(ref);
  if (result.kind === "unknown") throw new Error(result.reason);
  return result;
}

/** GitHub's number of a repository or owner on this server. */
export function idOf(name: string): number {
  return [...name].reduce((sum, letter) => sum * 3 + letter.charCodeAt(0), 7) % 1_000_000;
}

/** A commit on `main` with a tag. `at` is when both were made, in seconds since 1970. */
export async function release(
  repository: BareRepository,
  tag: string,
  files: Readonly<Record<string, string>>,
  { annotated = false, at }: { readonly annotated?: boolean; readonly at?: number } = {},
): Promise<string> {
  const made = await repository.commit("main", files);
  const commit = at === undefined ? made : await commitAt(repository, made, annotated ? 0 : at);
  const env: Readonly<Record<string, string>> = at === undefined ? {} : { GIT_COMMITTER_DATE: `@${at} +0000` };
  await repository.run(["tag", "--force", ...(annotated ? ["-a", "-m", tag] : []), tag, commit], env);
  return commit;
}

/** A commit of another date behind one, with the same files. */
async function commitAt(repository: BareRepository, parent: string, at: number): Promise<string> {
  const env = { GIT_COMMITTER_DATE: `@${at} +0000` };
  const made = await repository.run(["commit-tree", `${parent}^{tree}`, "-p", parent, "-m", "Release"], env);
  await repository.git("update-ref", "refs/heads/main", made.trim());
  return made.trim();
}

/** A commit on `main` with symbolic links. */
export async function commitLinks(
  repository: BareRepository,
  links: Readonly<Record<string, string>>,
): Promise<string> {
  const env = { GIT_INDEX_FILE: join(repository.path, "index-of-links") };
  await repository.run(["read-tree", "main"], env);
  for (const [file, target] of Object.entries(links)) {
    await writeFile(join(repository.path, "blob"), target);
    const blob = await repository.git("hash-object", "-w", join(repository.path, "blob"));
    await repository.run(["update-index", "--add", "--cacheinfo", `120000,${blob},${file}`], env);
  }
  const tree = (await repository.run(["write-tree"], env)).trim();
  const commit = await repository.git("commit-tree", tree, "-m", "Links", "-p", "main");
  await repository.git("update-ref", "refs/heads/main", commit);
  return commit;
}

export function serverUrl(text: string): ServerUrl {
  const parsed = parseServerUrl(text);
  if (!isServerUrl(parsed)) throw new Error(parsed.wrong);
  return parsed;
}

/** A small manifest of a JavaScript action. */
export function manifest(inputs: readonly string[] = [], using = "node24"): string {
  const lines = inputs.map((name) => `  ${name}: { description: The ${name} }\n`);
  return `name: X\n${lines.length === 0 ? "" : `inputs:\n${lines.join("")}`}runs:\n  using: ${using}\n  main: index.js\n`;
}

/** The manifest of a composite action that uses others. */
export function composite(...uses: readonly string[]): string {
  return `runs:\n  using: composite\n  steps:\n${uses.map((ref) => `    - uses: ${ref}\n`).join("")}`;
}
