import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

export interface SpawnOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** After so many milliseconds it is ended. */
  readonly timeLimit: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ScriptEnd {
  /** Exit code; 128 and more for a signal, as shells say it. */
  readonly code: number;
  /** Standard output and error, in the order they came. Of a long one, the begin and the end. */
  readonly log: string;
  /** Why it ended, where it did not do so by itself. */
  readonly ended: "by itself" | "time limit" | "parent killed" | "cancelled";
}

/**
 * Runs a program in a session of its own: it has no terminal to ask on, as on a runner, and it can be ended with all that it
 * started. Between it and this process stands a shell, so that a script which kills its parent does not kill flowkeep.
 */
export async function spawnScript({ command, cwd, env, timeLimit, signal }: SpawnOptions): Promise<ScriptEnd> {
  const guard = spawn("/bin/sh", ["-c", '"$@"; exit $?', "guard", ...command], {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = new Log();
  for (const stream of [guard.stdout, guard.stderr]) stream.on("data", (chunk: Buffer) => log.add(chunk));
  let ended: ScriptEnd["ended"] = "by itself";
  const end = (why: ScriptEnd["ended"]) => {
    ended = why;
    endGroup(guard.pid);
  };
  const timer = setTimeout(() => end("time limit"), timeLimit);
  const cancel = () => end("cancelled");
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted === true) cancel();
  try {
    const [code, killedBy] = await untilExit(guard);
    if (killedBy !== null && ended === "by itself") ended = "parent killed";
    await Promise.race([drained(guard.stdout, guard.stderr), pause(MOST_DRAINING)]);
    return { code: code ?? 128 + (SIGNALS[killedBy ?? "SIGKILL"] ?? 9), log: log.text(), ended };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
    if (ended !== "by itself") endGroup(guard.pid);
    guard.stdout.destroy();
    guard.stderr.destroy();
  }
}

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** A process that was left running may hold the output open; nobody waits for it longer than this. */
const MOST_DRAINING = 300;

async function untilExit(child: ReturnType<typeof spawn>): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve([code, signal]));
  });
}

async function drained(...streams: readonly Readable[]): Promise<unknown> {
  return Promise.all(
    streams.map((stream) => (stream.readableEnded || stream.destroyed ? undefined : once(stream, "close"))),
  );
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Ends a process and its children: those that did not leave its session. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

const MOST_LOG = 200_000;

/** Keeps the begin and the end of an output, however long it is. */
class Log {
  readonly #first: Buffer[] = [];
  #firstLength = 0;
  #last = Buffer.alloc(0);
  #left = 0;

  add(chunk: Buffer): void {
    if (this.#firstLength < MOST_LOG) {
      this.#first.push(chunk);
      this.#firstLength += chunk.length;
      return;
    }
    const all = Buffer.concat([this.#last, chunk]);
    this.#left += Math.max(0, all.length - MOST_LOG);
    this.#last = all.subarray(-MOST_LOG);
  }

  text(): string {
    const left = this.#left === 0 ? [] : [Buffer.from(`\n… ${this.#left} bytes left out …\n`)];
    return Buffer.concat([...this.#first, ...left, this.#last]).toString();
  }
}
