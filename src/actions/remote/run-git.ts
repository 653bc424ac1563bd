import { spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./git-environment.ts";

export interface GitRun {
  readonly cwd: string;
  readonly env: Environment;
  /** Milliseconds. */
  readonly timeout: number;
  /** Of standard output, in bytes. */
  readonly mostOutput: number;
  /** The folder of packs that must not grow past so many bytes. */
  readonly growing?: { readonly folder: string; readonly most: number } | undefined;
  readonly input?: string | undefined;
}

export interface GitOutput {
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** How a git command ended, other than well. */
export class GitFailure extends Error {
  readonly how: "timeout" | "too-large" | "failed" | "no-git";
  readonly stderr: string;

  constructor(how: GitFailure["how"], stderr: string) {
    super(`git: ${how}`);
    this.how = how;
    this.stderr = stderr;
  }
}

const MOST_STDERR = 64 * 1024;
const LOOK_EVERY = 200;

/** Runs git, without a shell; it is killed where it takes too long or gives too much. */
export function runGit(args: readonly string[], run: GitRun): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...args], {
      cwd: run.cwd,
      env: run.env,
      stdio: [run.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    const stdout: Buffer[] = [];
    let size = 0;
    let stderr = "";
    let stopped: GitFailure["how"] | undefined;
    const stop = (why: GitFailure["how"]) => {
      stopped ??= why;
      child.kill("SIGKILL");
      // A transport that git started holds the pipes open until it notices.
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const deadline = setTimeout(() => stop("timeout"), run.timeout);
    const { growing } = run;
    const watch = growing && setInterval(() => sizeOf(growing.folder) > growing.most && stop("too-large"), LOOK_EVERY);
    child.stdout?.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > run.mostOutput) stop("too-large");
      else stdout.push(chunk);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      if (stderr.length < MOST_STDERR) stderr += chunk.toString();
    });
    // Git may end without reading all of it.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(run.input);
    const finish = (settle: () => void) => {
      clearTimeout(deadline);
      clearInterval(watch);
      settle();
    };
    child.on("error", (error: NodeJS.ErrnoException) =>
      finish(() => reject(error.code === "ENOENT" ? new GitFailure("no-git", "") : error)),
    );
    child.on("close", (code) =>
      finish(() => {
        // It may have ended by itself before it was looked at, or before it was killed.
        if (growing !== undefined && sizeOf(growing.folder) > growing.most) stopped ??= "too-large";
        if (code === 0 && stopped === undefined) resolve({ stdout: Buffer.concat(stdout), stderr });
        else reject(new GitFailure(stopped ?? "failed", stderr));
      }),
    );
  });
}

/** Of the files in a folder; what vanishes meanwhile counts nothing. */
function sizeOf(folder: string): number {
  try {
    return readdirSync(folder)
      .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    return 0;
  }
}
