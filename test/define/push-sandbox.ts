import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PushPlan } from "../../src/define/push/push-plan.ts";
import { pushScript } from "../../src/define/push/push-script.ts";
import type { BareRepository } from "../../src/prove/server/bare-repository.ts";
import type { GitServer } from "../../src/prove/server/git-server.ts";
import type { SeenRequest } from "../../src/prove/server/seen-request.ts";
import { hostRepository, startServer } from "../git-server/test-server.ts";

const runFile = promisify(execFile);

/** Tokens of the form that GitHub's have; an App's can have 520 characters. */
export const TOKENS = {
  PAT: `ghp_${"PatWanted".repeat(4)}`,
  GITHUB_TOKEN: `ghs_${"JobToken".repeat(4)}`,
  OTHER: `ghp_${"Other".repeat(7)}`,
  APP: `ghs_${"App0".repeat(129)}`,
  READER: `ghp_${"Reader".repeat(6)}`,
  REVOKED: `ghp_${"Revoked".repeat(5)}`,
} as const;

export const BASIC = (token: string) => Buffer.from(`x-access-token:${token}`).toString("base64");

export interface PushResult {
  readonly code: number;
  /** Standard output and error, as a log shows them. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The arguments of every program that ran, as wrappers on the PATH and git's own trace saw them. */
  readonly argv: string;
  readonly requests: readonly SeenRequest[];
  /** The identities of all requests, each once. */
  readonly identities: readonly string[];
}

/** A server, and jobs with a home, a workspace and a `RUNNER_TEMP` of their own: all in one folder, whose name has a space. */
export class PushSandbox {
  readonly server: GitServer;
  readonly #root: string;
  #jobs = 0;

  private constructor(server: GitServer, root: string) {
    this.server = server;
    this.#root = root;
  }

  static async start(
    options: { readonly tls?: { readonly key: string; readonly cert: string } } = {},
  ): Promise<PushSandbox> {
    const { REVOKED: _, ...good } = TOKENS;
    const identities = new Map(Object.entries(good).map(([name, token]) => [token, name]));
    const server = await startServer({ identities, readers: new Set(["READER"]), ...options });
    const root = await mkdtemp(join(tmpdir(), "push sandbox-"));
    await writeWrappers(join(root, "bin"), ["git", "base64", "tr", "grep", "cut", "mktemp", "rm", "ssh"]);
    return new PushSandbox(server, root);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }

  /** A job after a checkout that kept no credential. Each has a repository of its own, so that jobs can run side by side. */
  async job(): Promise<PushJob> {
    const number = ++this.#jobs;
    const name = `octo/app${number}`;
    const remote = await hostRepository(this.server, name);
    const job = new PushJob(this.server, name, remote, join(this.#root, `job ${number}`), join(this.#root, "bin"));
    await job.checkout();
    return job;
  }
}

export class PushJob {
  readonly server: GitServer;
  readonly name: string;
  readonly remote: BareRepository;
  readonly folder: string;
  readonly workspace: string;
  readonly #bin: string;

  constructor(server: GitServer, name: string, remote: BareRepository, folder: string, bin: string) {
    this.server = server;
    this.name = name;
    this.remote = remote;
    this.folder = folder;
    this.workspace = join(folder, "work", "app");
    this.#bin = bin;
  }

  /** What actions/checkout leaves, but for the credential: a clone with one remote-tracking branch, on `main`. */
  async checkout(): Promise<void> {
    for (const folder of ["home", "temp", "tmp", "work/app", "trace", "run"])
      await mkdir(join(this.folder, folder), { recursive: true });
    await this.bash(`git init --quiet --initial-branch=main . && git remote add origin "$URL/$REPO"
      git fetch --quiet --no-tags "file://$BARE" +refs/heads/main:refs/remotes/origin/main
      git checkout --quiet -B main refs/remotes/origin/main`);
  }

  /** Runs earlier steps of the job: they may commit, configure, and leave credentials behind. */
  async bash(script: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const author = {
      GIT_AUTHOR_NAME: "Job",
      GIT_AUTHOR_EMAIL: "job@example.com",
      GIT_COMMITTER_NAME: "Job",
      GIT_COMMITTER_EMAIL: "job@example.com",
    };
    const tokens = Object.entries(TOKENS).flatMap(([name, token]) => [
      [name, token] as const,
      [`${name}_BASIC`, BASIC(token)] as const,
    ]);
    const { PAT: _, PAT_BASIC: __, ...others } = Object.fromEntries(tokens);
    const options = {
      cwd: this.workspace,
      env: {
        ...this.#env(),
        ...author,
        ...others,
        GIT_TERMINAL_PROMPT: "0",
        URL: this.server.url,
        REPO: this.name,
        BARE: this.remote.path,
        ...env,
      },
    };
    return (await runFile("bash", ["--norc", "-euo", "pipefail", "-c", script], options)).stdout;
  }

  /** Writes files and runs the plan's script as the runner would: `bash --noprofile --norc -eo pipefail {0}`. */
  async push(
    plan: PushPlan,
    options: {
      readonly token?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly cancelled?: AbortSignal;
    } = {},
  ): Promise<PushResult> {
    const { script, env, shell, workingDirectory } = pushScript(plan);
    const run = await mkdtemp(join(this.folder, "run", "step-"));
    const [file, outputs, argv] = [join(run, "script.sh"), join(run, "outputs"), join(run, "argv")];
    await Promise.all([writeFile(file, script), writeFile(outputs, ""), writeFile(argv, "")]);
    const values = new Map([
      [plan.tokenExpression, options.token ?? TOKENS.PAT],
      ["${{ github.repository }}", this.name],
    ]);
    const step = spawn(shell, ["--noprofile", "--norc", "-eo", "pipefail", file], {
      cwd: join(this.workspace, workingDirectory ?? "."),
      env: {
        ...this.#env(),
        GITHUB_SERVER_URL: this.server.url,
        GITHUB_REPOSITORY: this.name,
        GITHUB_OUTPUT: outputs,
        ARGV_LOG: argv,
        GIT_TRACE2_EVENT: join(this.folder, "trace"),
        ...Object.fromEntries(env.map(([name, value]) => [name, values.get(value) ?? value])),
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 55_000,
      signal: options.cancelled,
    });
    step.on("error", () => undefined); // a cancelled step: `close` follows
    let log = "";
    for (const stream of [step.stdout, step.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (log += text));
    const before = this.requests().length;
    const code = await new Promise<number>((resolve) => step.on("close", (status) => resolve(status ?? -1)));
    const requests = this.requests().slice(before);
    const trace = await Promise.all(
      (await readdir(join(this.folder, "trace"))).map((name) => readFile(join(this.folder, "trace", name), "utf8")),
    );
    return {
      code,
      log,
      outputs: Object.fromEntries(
        (await readFile(outputs, "utf8"))
          .split("\n")
          .filter(Boolean)
          .map((line) => line.split("=") as [string, string]),
      ),
      argv: [await readFile(argv, "utf8"), ...trace].join("\n"),
      requests,
      identities: this.identities(before),
    };
  }

  /** All requests of the job so far. */
  requests(): SeenRequest[] {
    return this.server.requestsTo(this.name);
  }

  /** Who sent requests, after the first so many, each once: `none` where a request had no credential. */
  identities(after = 0): string[] {
    const requests = this.requests().slice(after);
    return [...new Set(requests.flatMap(({ identities }) => (identities.length === 0 ? ["none"] : identities)))];
  }

  /** Files of the job (home, workspace, temporary folders) that hold the token, plain or encoded. */
  async filesWith(token: string): Promise<string[]> {
    const needles = spellings(token).flatMap((spelling) => ["-e", spelling]);
    const folders = ["home", "temp", "tmp", "work"].map((name) => join(this.folder, name));
    const found = await runFile("grep", ["-rlaF", ...needles, ...folders]).catch(({ stdout }: { stdout: string }) => ({
      stdout,
    }));
    return found.stdout.split("\n").filter(Boolean);
  }

  async sha(revision: string): Promise<string> {
    return (await this.bash(`git rev-parse "${revision}"`)).trim();
  }

  #env(): Record<string, string> {
    return {
      PATH: `${this.#bin}:${process.env["PATH"]}`,
      HOME: join(this.folder, "home"),
      RUNNER_TEMP: join(this.folder, "temp"),
      TMPDIR: join(this.folder, "tmp"),
      GIT_CONFIG_NOSYSTEM: "1",
      ARGV_LOG: "/dev/null",
    };
  }
}

/** How a token could show: plain, and in base64 alone or behind the user name. */
export function spellings(token: string): string[] {
  return [token, Buffer.from(token).toString("base64").replace(/=*$/, ""), BASIC(token).replace(/=*$/, "")];
}

/** Programs that log their arguments and then run: what another user of the machine could read from the process list. */
async function writeWrappers(bin: string, programs: readonly string[]): Promise<void> {
  await mkdir(bin, { recursive: true });
  for (const program of programs) {
    const real = (await runFile("bash", ["-c", `type -P ${program} || true`])).stdout.trim();
    if (real === "") continue;
    await writeFile(join(bin, program), `#!/bin/sh\nprintf '%s\\n' "${program} $*" >>"$ARGV_LOG"\nexec ${real} "$@"\n`);
    await chmod(join(bin, program), 0o755);
  }
}
