import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BareRepository } from "./bare-repository.ts";
import { serveLfs } from "./lfs.ts";

export interface GitServerOptions {
  /** Whose token is it: token → identity. Any other token is refused, as is none. */
  readonly identities: ReadonlyMap<string, string>;
  /** Identities that may read, but not push: 403. */
  readonly readers?: ReadonlySet<string>;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A request as the server saw it: identities, never tokens. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** One for each Authorization header; `unknown` for a token that is nobody's. */
  readonly identities: readonly string[];
  readonly status: number;
}

/** `git http-backend` behind Node's HTTP server on the loopback interface, which knows tokens by the identity they stand for. */
export class GitServer {
  readonly url: string;
  readonly root: string;
  readonly requests: SeenRequest[] = [];
  readonly #options: GitServerOptions;
  readonly #server: ReturnType<typeof createHttpServer>;
  readonly #repositories = new Map<string, BareRepository>();

  private constructor(options: GitServerOptions, server: ReturnType<typeof createHttpServer>, root: string) {
    this.#options = options;
    this.#server = server;
    this.root = root;
    this.url = `${options.tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  /** Listens on a free port of 127.0.0.1. Always `stop()` it. */
  static async start(options: GitServerOptions): Promise<GitServer> {
    const root = await mkdtemp(join(tmpdir(), "git-server-"));
    const server = options.tls ? createHttpsServer(options.tls) : createHttpServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new GitServer(options, server, root);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
    await rm(this.root, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Makes `owner/name` with one commit on `main`. */
  async create(name: string): Promise<BareRepository> {
    const repository = await BareRepository.create(join(this.root, `${name}.git`));
    this.#repositories.set(`/${name}.git`, repository);
    return repository;
  }

  requestsTo(name: string): SeenRequest[] {
    return this.requests.filter(({ path }) => path.startsWith(`/${name}.git/`));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/" } = request;
    const identities = authorizations(request).map((header) => this.#identityOf(header));
    response.on("finish", () => this.requests.push({ method, path, identities, status: response.statusCode }));
    const refuse = (status: number, message: string) => {
      response
        .writeHead(status, status === 401 ? { "www-authenticate": 'Basic realm="git-server"' } : {})
        .end(`${message}\n`);
    };
    // Node keeps only the first of two Authorization headers; GitHub refuses the request.
    if (identities.length > 1) return refuse(400, "Duplicate header: Authorization");
    const [identity] = identities;
    if (identity === undefined || identity === "unknown") return refuse(401, "No or bad credential");
    const pushes = path.includes("git-receive-pack");
    if (pushes && this.#options.readers?.has(identity)) return refuse(403, `Permission denied to ${identity}.`);
    const repository = /^\/[^/]+\/[^/]+\.git(?=\/)/.exec(path)?.[0] ?? "";
    await this.#repositories.get(repository)?.before?.(path);
    if (path.includes("/info/lfs/")) return serveLfs(request, response);
    await this.#serveGit(request, response, identity);
  }

  #identityOf(header: string): string {
    const basic = /^basic (?<encoded>\S+)$/i.exec(header)?.groups?.["encoded"];
    const [user = "", password = ""] = Buffer.from(basic ?? "", "base64")
      .toString()
      .split(":");
    return this.#options.identities.get(password || user) ?? "unknown";
  }

  async #serveGit(request: IncomingMessage, response: ServerResponse, identity: string): Promise<void> {
    const { pathname, search } = new URL(request.url ?? "/", this.url);
    const backend = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env["PATH"],
        HOME: this.root,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: "1",
        GIT_PROTOCOL: request.headers["git-protocol"]?.toString(),
        REQUEST_METHOD: request.method,
        PATH_INFO: decodeURIComponent(pathname),
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers["content-type"],
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
        REMOTE_USER: identity,
        REMOTE_ADDR: "127.0.0.1",
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    // The backend may answer without reading all of the request.
    const sent = pipeline(request, backend.stdin).catch(() => undefined);
    await readCgiHead(backend.stdout, response);
    await Promise.all([sent, pipeline(backend.stdout, response)]);
  }
}

/** Every Authorization header, in order: `request.headers` has only the first. */
function authorizations({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === "authorization" && index % 2 === 1);
}

/** Takes status and headers off a CGI answer, and writes what came with them of the body; the rest stays in the stream. */
async function readCgiHead(stdout: Readable, response: ServerResponse): Promise<void> {
  let answer = Buffer.alloc(0);
  let end = -1;
  for await (const chunk of stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    answer = Buffer.concat([answer, chunk]);
    end = answer.indexOf("\r\n\r\n");
    if (end >= 0) break;
  }
  if (end < 0) throw new Error("git http-backend gave no answer");
  for (const line of answer.subarray(0, end).toString().split("\r\n")) {
    const [, name = "", value = ""] = /^(.*?): (.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === "status") response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.write(answer.subarray(end + 4));
}
