import type { ChildProcess } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Server as NetServer, Socket } from "node:net";
import { join } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { authenticate, NOBODY, type Account } from "./authenticate.ts";
import { BareRepository } from "./bare-repository.ts";
import { servesAnyName, type Authority } from "./certificate.ts";
import { acceptTunnels } from "./connect-proxy.ts";
import { callBackend, sendAnswer } from "./git-backend.ts";
import { serveLfs } from "./lfs.ts";
import { readUpdates } from "./receive-commands.ts";
import { openRefusals, settle, type Judge } from "./refusal.ts";
import { listenForSsh } from "./ssh-listener.ts";
import { SAYS, type SeenRequest, type SeenUpdate } from "./seen-request.ts";

export interface GitServerOptions {
  /** A folder of its own: repositories are made in it, and it is removed when the server stops. */
  readonly root: string;
  /** `PATH`, which leads to git. */
  readonly programs: string;
  /** Whose token is it? Any other is refused. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Every host is served below its own name, through a proxy, with certificates of this authority. */
  readonly authority?: Authority;
  /** The server itself speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** 0, the default, is any free one. */
  readonly port?: number;
  readonly judge?: Judge;
  /** Whose key for ssh is it? By fingerprint. Without it nobody listens for ssh. */
  readonly keys?: ReadonlyMap<string, Account>;
  /** Makes a repository that is asked for and is not there; without it there is none. */
  readonly found?: (name: string) => Promise<void>;
  /** For the times of requests. */
  readonly now?: () => number;
}

export interface CreateOptions {
  readonly defaultBranch?: string;
  /** Everybody may read it. */
  readonly isPublic?: boolean;
}

interface Hosted {
  readonly name: string;
  readonly repository: BareRepository;
  readonly isPublic: boolean;
}

/**
 * `git http-backend` behind Node's HTTP server on the loopback interface, which knows tokens by the identity they stand for and
 * answers as GitHub does. It is a proxy as well: what asks it for a tunnel to a host gets this server in its place, so nothing
 * that uses it reaches any other.
 */
export class GitServer {
  readonly url: string;
  readonly requests: SeenRequest[] = [];
  readonly #options: GitServerOptions;
  readonly #server: Server;
  readonly #inner: Server | undefined;
  #ssh: NetServer | undefined;
  readonly #repositories = new Map<string, Hosted>();
  readonly #making = new Map<string, Promise<void>>();
  readonly #backends = new Set<ChildProcess>();
  readonly #sockets = new Set<Socket>();
  /** By the port of the other side, which a tunnel and what speaks through it have in common. */
  readonly #connections = new Map<number | undefined, number>();
  #connected = 0;

  private constructor(options: GitServerOptions, server: Server) {
    this.#options = options;
    this.#server = server;
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    this.url = `${options.tls ? "https" : "http"}://127.0.0.1:${port}`;
    this.#serve(server);
    if (options.authority === undefined) return;
    this.#inner = createTlsServer(servesAnyName(options.authority));
    this.#serve(this.#inner);
    acceptTunnels(server, this.#inner);
  }

  /**
   * Listens on a port of 127.0.0.1. Always `stop()` it.
   *
   * @throws what `listen` throws, where the port is taken
   */
  static async start(options: GitServerOptions): Promise<GitServer> {
    await mkdir(options.root, { recursive: true });
    const server = options.tls ? createTlsServer(options.tls) : createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
    });
    const made = new GitServer(options, server);
    if (options.keys !== undefined) made.#ssh = await made.#listenForSsh(options.keys);
    return made;
  }

  /** Where it listens for ssh; undefined where it does not. */
  get sshPort(): number | undefined {
    const address = this.#ssh?.address();
    return typeof address === "object" ? address?.port : undefined;
  }

  #listenForSsh(keys: ReadonlyMap<string, Account>): Promise<NetServer> {
    const { programs, root, judge, now = () => 0 } = this.#options;
    return listenForSsh({
      programs,
      root,
      keys,
      judge,
      now,
      find: (name) => this.#find(name),
      seen: (request) => this.requests.push(request),
      connection: () => ++this.#connected,
      accepted: (socket) => {
        this.#sockets.add(socket);
        socket.on("close", () => this.#sockets.delete(socket));
      },
      started: (backend) => this.#track(backend),
    });
  }

  #track(backend: ChildProcess): void {
    this.#backends.add(backend);
    backend.on("close", () => this.#backends.delete(backend));
  }

  async stop(): Promise<void> {
    const closed = Promise.all(
      [this.#server, ...(this.#ssh === undefined ? [] : [this.#ssh])].map(
        (server) => new Promise((resolve) => server.close(resolve)),
      ),
    );
    for (const backend of this.#backends) backend.kill("SIGKILL");
    for (const socket of this.#sockets) socket.destroy();
    this.#inner?.closeAllConnections();
    this.#server.closeAllConnections();
    await closed;
    await rm(this.#options.root, { recursive: true, force: true, maxRetries: 3 });
  }

  get root(): string {
    return this.#options.root;
  }

  /** Makes an empty `owner/name`. */
  async create(name: string, { defaultBranch, isPublic = false }: CreateOptions = {}): Promise<BareRepository> {
    const repository = await BareRepository.create(join(this.root, `${name}.git`), {
      programs: this.#options.programs,
      ...(defaultBranch === undefined ? {} : { defaultBranch }),
    });
    this.#repositories.set(name.toLowerCase(), { name, repository, isPublic });
    return repository;
  }

  /** The repository of a name; undefined where there is none, and none can be made. */
  async find(name: string): Promise<BareRepository | undefined> {
    return (await this.#find(name))?.repository;
  }

  requestsTo(name: string): SeenRequest[] {
    return this.requests.filter(({ path }) => path.startsWith(`/${name}.git/`) || path.startsWith(`/${name}/`));
  }

  #serve(server: Server): void {
    server.on("connection", (socket: Socket) => {
      if (this.#sockets.has(socket)) return;
      this.#sockets.add(socket);
      this.#connections.set(socket.remotePort, ++this.#connected);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/" } = request;
    const at = this.#options.now?.() ?? 0;
    const accounts = authenticate(request, this.#options.accounts);
    const connection = this.#connections.get(request.socket.remotePort) ?? 0;
    const seen = { said: undefined as string | undefined, updates: [] as readonly SeenUpdate[] };
    response.on("finish", () => {
      const identities = accounts.map((account) => account?.name ?? NOBODY);
      const host = request.headers.host ?? "";
      this.requests.push({ method, host, path, identities, status: response.statusCode, connection, at, ...seen });
    });
    const refuse = (status: number, message: string) => {
      seen.said = message;
      const headers = status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers }).end(`${message}\n`);
    };
    // What is asked of a proxy without a tunnel is `http:`, and GitHub sends that on to `https:`.
    if (!path.startsWith("/")) {
      const location = path.replace(/^http:/i, "https:");
      return void response.writeHead(301, { location }).end();
    }
    // Node keeps only the first of two Authorization headers; GitHub refuses the request.
    if (accounts.length > 1) return refuse(400, SAYS.duplicate);
    const [account] = accounts;
    if (accounts.length > 0 && account === undefined) return refuse(401, SAYS.badCredential);
    const [, name = "", below = ""] = /^\/([^/]+\/[^/?]+?)(?:\.git)?(\/[^?]*)/.exec(path) ?? [];
    const hosted = await this.#find(decodeURIComponent(name));
    const isPush = path.includes("git-receive-pack") || below.startsWith("/info/lfs/");
    if (account === undefined && (isPush || hosted?.isPublic !== true)) return refuse(401, SAYS.noCredential);
    const access = account === undefined || hosted === undefined ? "none" : account.access(hosted.name);
    if (hosted === undefined || (access === "none" && !hosted.isPublic)) return refuse(404, SAYS.notFound);
    if (isPush && access !== "write") return refuse(403, SAYS.denied(hosted.name, account?.login ?? ""));
    await hosted.repository.before?.(path);
    if (below.startsWith("/info/lfs/")) return serveLfs(request, response);
    const query = /\?(.*)$/s.exec(path)?.[1] ?? "";
    const call = { request, response, hosted, below, query, account };
    if (method === "POST" && below === "/git-receive-pack" && account !== undefined)
      seen.updates = await this.#receive({ ...call, account });
    else await sendAnswer(await this.#backend(call, request), response);
  }

  async #find(name: string): Promise<Hosted | undefined> {
    const key = name.toLowerCase();
    const known = this.#repositories.get(key);
    if (known !== undefined || name === "") return known;
    // Two requests for it may come at the same time.
    const making = this.#making.get(key) ?? this.#options.found?.(name) ?? Promise.resolve();
    this.#making.set(key, making);
    await making;
    return this.#repositories.get(key);
  }

  /** Takes a push: what the judge refuses the repository's hook refuses, and the answer says why in GitHub's words. */
  async #receive(call: ServedCall & { readonly account: Account }): Promise<readonly SeenUpdate[]> {
    const { request, response, hosted, account } = call;
    const isGzip = request.headers["content-encoding"] === "gzip";
    const { head, updates, rest } = await readUpdates(isGzip ? request.pipe(createGunzip()) : request);
    const { defaultBranch } = hosted.repository;
    const files = await openRefusals(this.root);
    await files.write(this.#options.judge?.({ account, repository: hosted.name, defaultBranch, updates }) ?? []);
    const answer = await this.#backend(call, whole(head, rest), { env: files.env, isPlain: isGzip });
    const { data, seen } = await settle(await buffer(answer.body), updates, files);
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.end(data);
    return seen;
  }

  #backend(
    { request, hosted, below, query, account }: ServedCall,
    body: Readable,
    more: { readonly env?: Readonly<Record<string, string>>; readonly isPlain?: boolean } = {},
  ): ReturnType<typeof callBackend> {
    const { programs, root } = this.#options;
    return callBackend(request, {
      programs,
      root,
      path: `/${hosted.name}.git${decodeURIComponent(below)}`,
      query,
      user: account?.name,
      body,
      started: (backend) => this.#track(backend),
      ...more,
    });
  }
}

interface ServedCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly hosted: Hosted;
  /** The path behind the repository's. */
  readonly below: string;
  readonly query: string;
  readonly account: Account | undefined;
}

/** A body again, of what was read of it and what was not. */
function whole(head: Buffer, rest: Readable): Readable {
  const body = new PassThrough();
  body.write(head);
  rest.on("error", (error) => body.destroy(error));
  if (rest.readableEnded) body.end();
  else rest.pipe(body);
  return body;
}
