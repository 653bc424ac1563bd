import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { UsageError } from "../../ir/errors.ts";
import { endProcesses } from "../runner/end-processes.ts";
import type { Proof } from "../proof.ts";
import { inNamespaces, READY, type Isolation } from "./enter-namespaces.ts";
import { readProof, type TrialAnswer, type TrialOrder } from "./trial-message.ts";
import { watchFolders, type WatchedFolder } from "./watch-folders.ts";

export interface TrialOptions {
  /** The program that runs a trial, and what runs it. */
  readonly program: readonly string[];
  /** Whether namespaces are tried. */
  readonly isolates: boolean;
  /** Folders that are looked at before and after, where nothing keeps scripts from writing to them. */
  readonly watched: readonly WatchedFolder[];
  /** Folders that scripts need to read, wherever they are. */
  readonly keeps: readonly string[];
  readonly signal: AbortSignal;
}

export interface IsolatedProof {
  readonly proof: Proof;
  readonly isolation: Isolation;
  /** Files outside of the trial's folder that changed while it ran. */
  readonly changed: readonly string[];
}

/**
 * Runs a trial in a process of its own, in namespaces where the system allows them. However it ends, nothing of it is left: no process,
 * no file in its folder.
 *
 * @throws UsageError for what the user can mend, a trial that a script ended among it
 */
export async function runTrial(order: TrialOrder, options: TrialOptions): Promise<IsolatedProof> {
  const { folder } = order.world;
  await mkdir(folder);
  try {
    const isolated = options.isolates ? await tryIsolated(order, options) : { reason: "it was not asked for" };
    if ("proof" in isolated) return { proof: isolated.proof, isolation: { kind: "namespaces" }, changed: [] };
    const watch = await watchFolders(options.watched);
    const answer = await runProcess(options.program, order, options.signal);
    const proof = proofIn(answer, options.signal);
    return { proof, isolation: { kind: "none", reason: isolated.reason }, changed: await watch.changed() };
  } finally {
    await endProcesses(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function tryIsolated(
  order: TrialOrder,
  { program, keeps, signal }: TrialOptions,
): Promise<{ readonly proof: Proof } | { readonly reason: string }> {
  const { folder, programs } = order.world;
  if (!programs.split(delimiter).some((path) => existsSync(join(path, "unshare"))))
    return { reason: "there is no `unshare`" };
  const answer = await runProcess(inNamespaces({ folder, keeps, command: program }), order, signal, "tells");
  if (answer.isReady) return { proof: proofIn(answer, signal) };
  return { reason: `namespaces cannot be made: ${answer.err.trim().split("\n").at(-1) ?? ""}` };
}

interface ProcessAnswer {
  readonly out: string;
  readonly err: string;
  readonly ended: string;
  /** Whether the namespaces were set up, for a command that tells. */
  readonly isReady: boolean;
}

async function runProcess(
  command: readonly string[],
  order: TrialOrder,
  signal: AbortSignal,
  ready?: "tells",
): Promise<ProcessAnswer> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd: order.world.folder,
    // Nothing of the machine's environment, which may hold secrets.
    env: { PATH: order.world.programs, HOME: order.world.folder },
    // A session of its own: a signal that is meant for flowkeep does not reach it by itself.
    detached: true,
    stdio: ["pipe", "pipe", "pipe", ...(ready === undefined ? [] : (["pipe"] as const))],
  });
  let [out, err, isReady] = ["", "", false];
  child.stdio[READY]?.on("data", () => (isReady = true));
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.on("error", () => undefined);
  // The pipe stays open: when this process is killed it closes, and the trial ends as well.
  child.stdin.write(`${JSON.stringify(order)}\n`);
  const end = () => endGroup(child);
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  try {
    const ended = await new Promise<string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, killedBy) => resolve(killedBy ?? `exit code ${code}`));
    });
    return { out, err, ended, isReady };
  } finally {
    signal.removeEventListener("abort", end);
    endGroup(child);
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function proofIn({ out, err, ended }: ProcessAnswer, signal: AbortSignal): Proof {
  if (signal.aborted) throw new UsageError("the trial was cancelled, and nothing of it is left");
  const line = out.trimEnd().split("\n").at(-1) ?? "";
  const answer = line.startsWith("{") ? (JSON.parse(line) as TrialAnswer) : undefined;
  switch (answer?.kind) {
    case "proof":
      return readProof(answer.proof);
    case "wrong":
      throw new UsageError(answer.message);
    case "failed":
      throw new Error(answer.stack);
    case undefined:
      throw new UsageError(
        `the trial was ended from outside (${ended}), most likely by one of the workflow's scripts${err === "" ? "" : `: ${err.trim()}`}`,
      );
  }
}
