import { once } from "node:events";
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type Server, type Socket } from "node:net";
import type { SshAnswer, SshRequest } from "../ssh/ssh-client.ts";
import type { Account } from "./authenticate.ts";
import type { BareRepository } from "./bare-repository.ts";
import { readUpdates } from "./receive-commands.ts";
import { openRefusals, settle, type Judge } from "./refusal.ts";
import { SAYS, type SeenRequest, type SeenUpdate } from "./seen-request.ts";

export interface SshListenerOptions {
  readonly programs: string;
  /** A folder of the server's own. */
  readonly root: string;
  /** Whose key is it? By fingerprint. */
  readonly keys: ReadonlyMap<string, Account>;
  readonly find: (name: string) => Promise<{ readonly name: string; readonly repository: BareRepository } | undefined>;
  readonly judge: Judge | undefined;
  readonly seen: (request: SeenRequest) => void;
  /** A number that no other connection has. */
  readonly connection: () => number;
  readonly accepted: (socket: Socket) => void;
  readonly now: () => number;
  readonly started: (process: ChildProcess) => void;
}

/** Listens on a free port of 127.0.0.1 for what stands in for ssh, and runs what git asks for. */
export async function listenForSsh(options: SshListenerOptions): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    options.accepted(socket);
    answer(socket, options).catch((error: unknown) => socket.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return server;
}

async function answer(socket: Socket, options: SshListenerOptions): Promise<void> {
  const { request, rest } = await readRequest(socket);
  const at = options.now();
  const [, service = "", path = ""] = /^git[- ](receive-pack|upload-pack) '?\/?(.*?)'?$/.exec(request.command) ?? [];
  const account = request.fingerprints.map((print) => options.keys.get(print)).find((found) => found !== undefined);
  const hosted = path === "" ? undefined : await options.find(path.replace(/\.git$/, ""));
  const said = whyRefused(request, account, hosted?.name, service);
  const reply: SshAnswer = { refused: said };
  socket.write(`${JSON.stringify(reply)}\n`);
  let updates: readonly SeenUpdate[] = [];
  if (said !== undefined || hosted === undefined || account === undefined) socket.end();
  else {
    const call = { socket, rest, account, hosted, protocol: request.protocol };
    if (service === "receive-pack") updates = await receive(call, options);
    else send(call, options);
  }
  options.seen({
    method: "SSH",
    host: request.host,
    path: `/${path}/git-${service}`,
    identities: account === undefined ? [] : [account.name],
    status: said === undefined ? 200 : account === undefined ? 401 : 403,
    connection: options.connection(),
    at,
    updates,
    said,
  });
}

/** The first line that a client sends, and what has come behind it. */
async function readRequest(socket: Socket): Promise<{ readonly request: SshRequest; readonly rest: Buffer }> {
  let head = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\n");
    if (end < 0) continue;
    return { request: JSON.parse(head.toString("utf8", 0, end)) as SshRequest, rest: head.subarray(end + 1) };
  }
  throw new Error("a client of ssh asked nothing");
}

/** GitHub's words: docs.github.com, "Error: Permission denied (publickey)", "Error: Permission to user/repo denied". */
function whyRefused(
  { command }: SshRequest,
  account: Account | undefined,
  name: string | undefined,
  service: string,
): string | undefined {
  if (account === undefined) return "git@github.com: Permission denied (publickey).";
  if (command === "") return "Hi! You've successfully authenticated, but GitHub does not provide shell access.";
  if (service === "") return `Invalid command: '${command}'`;
  if (name === undefined) return `ERROR: ${SAYS.notFound}`;
  const isDenied = service === "receive-pack" && account.access(name) !== "write";
  return isDenied ? `ERROR: ${SAYS.denied(name, account.login)}` : undefined;
}

interface SshCall {
  readonly socket: Socket;
  /** What has come already. */
  readonly rest: Buffer;
  readonly account: Account;
  readonly hosted: { readonly name: string; readonly repository: BareRepository };
  readonly protocol: string | undefined;
}

function start(
  service: string,
  { hosted, protocol }: SshCall,
  { programs, root, started }: SshListenerOptions,
  env: Readonly<Record<string, string>> = {},
) {
  const child = spawn("git", [service, hosted.repository.path], {
    env: { PATH: programs, HOME: root, GIT_CONFIG_NOSYSTEM: "1", GIT_PROTOCOL: protocol, ...env },
    stdio: ["pipe", "pipe", "ignore"],
  });
  // It may end without reading all.
  child.stdin.on("error", () => undefined);
  started(child);
  return child;
}

function send(call: SshCall, options: SshListenerOptions): void {
  const child = start("upload-pack", call, options);
  child.stdin.write(call.rest);
  call.socket.pipe(child.stdin);
  child.stdout.pipe(call.socket);
}

/**
 * Takes a push. What git says up to the client's ref updates is its list of refs; what it says behind them is its report, which is put into
 * GitHub's words.
 */
async function receive(call: SshCall, options: SshListenerOptions): Promise<readonly SeenUpdate[]> {
  const { socket, rest, account, hosted } = call;
  const files = await openRefusals(options.root);
  const child = start("receive-pack", call, options, files.env);
  const report: Buffer[] = [];
  let isReport = false;
  child.stdout.on("data", (chunk: Buffer) => void (isReport ? report.push(chunk) : socket.write(chunk)));
  const ended = once(child, "close");
  const { head, updates } = await readUpdates(socket, rest);
  isReport = true;
  const {
    name: repository,
    repository: { defaultBranch },
  } = hosted;
  await files.write(options.judge?.({ account, repository, defaultBranch, updates }) ?? []);
  child.stdin.write(head);
  if (socket.readableEnded) child.stdin.end();
  else socket.pipe(child.stdin);
  await ended;
  const { data, seen } = await settle(Buffer.concat(report), updates, files);
  socket.end(data);
  return seen;
}
