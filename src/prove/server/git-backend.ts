import { spawn, type ChildProcess } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface BackendCall {
  /** `PATH`, which leads to git. */
  readonly programs: string;
  /** The folder that holds the repositories. */
  readonly root: string;
  /** Below the root: `/octo/app.git/info/refs`. */
  readonly path: string;
  readonly query: string;
  /** Undefined for a request without a credential. */
  readonly user: string | undefined;
  readonly body: Readable;
  /** Set where the body is no longer compressed as the request's headers say. */
  readonly isPlain?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the process, so that it can be ended. */
  readonly started: (backend: ChildProcess) => void;
}

/** What `git http-backend` answered: git-http-backend(1), RFC 3875. */
export interface BackendAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** The rest of the answer. */
  readonly body: Readable;
}

/** Hands a request to `git http-backend`, and reads the head of its answer. */
export async function callBackend(request: IncomingMessage, call: BackendCall): Promise<BackendAnswer> {
  const { programs, root, path, query, user, body, isPlain = false, env, started } = call;
  const backend = spawn("git", ["http-backend"], {
    env: {
      PATH: programs,
      HOME: root,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: request.headers["git-protocol"]?.toString(),
      REQUEST_METHOD: request.method,
      PATH_INFO: path,
      QUERY_STRING: query,
      CONTENT_TYPE: request.headers["content-type"],
      HTTP_CONTENT_ENCODING: isPlain ? undefined : request.headers["content-encoding"],
      REMOTE_USER: user,
      REMOTE_ADDR: "127.0.0.1",
      ...env,
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  started(backend);
  // The backend may answer without reading all of the request, and not start at all.
  backend.on("error", (error) => backend.stdout.destroy(error));
  pipeline(body, backend.stdin).catch(() => undefined);
  return readHead(backend.stdout);
}

/** Sends a backend's answer as it comes. */
export async function sendAnswer({ status, headers, body }: BackendAnswer, response: ServerResponse): Promise<void> {
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  await pipeline(body, response);
}

/** Takes status and headers off a CGI answer; the rest stays in the stream. */
async function readHead(stdout: Readable): Promise<BackendAnswer> {
  let answer = Buffer.alloc(0);
  let end = -1;
  for await (const chunk of stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    answer = Buffer.concat([answer, chunk]);
    end = answer.indexOf("\r\n\r\n");
    if (end >= 0) break;
  }
  if (end < 0) throw new Error("git http-backend gave no answer");
  let status = 200;
  const headers = new Map<string, string>();
  for (const line of answer.subarray(0, end).toString().split("\r\n")) {
    const [, name = "", value = ""] = /^(.*?): (.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else headers.set(name, value);
  }
  stdout.unshift(answer.subarray(end + 4));
  return { status, headers, body: stdout };
}
