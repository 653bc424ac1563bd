import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { text } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

const ROOT = join(import.meta.dirname, "../..");
export const CLI = join(ROOT, "dist/cli.js");

// `npm test` builds it. A test of an old build would tell nothing.
if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: run `node scripts/build.mjs` first");

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A project in a folder of its own, and the built command to run in it. */
export class ProjectFolder {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "flowkeep-cli-")));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write(files);
  }

  path(file: string): string {
    return join(this.root, file);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(file)), { recursive: true });
      writeFileSync(this.path(file), text);
    }
  }

  writeBytes(file: string, bytes: Uint8Array): void {
    writeFileSync(this.path(file), bytes);
  }

  link(file: string, target: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    symlinkSync(target, this.path(file));
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  remove(file: string): void {
    rmSync(this.path(file), { recursive: true, force: true });
  }

  /** Every file with its text, but what a package manager put there. */
  files(): Readonly<Record<string, string>> {
    const names = readdirSync(this.root, { recursive: true, encoding: "utf8" }).map((name) =>
      name.replaceAll("\\", "/"),
    );
    const own = names.filter((name) => !name.startsWith("node_modules") && isFile(this.path(name)));
    return Object.fromEntries(own.sort().map((name) => [name, this.read(name)]));
  }

  /** Runs the command in a process that stays for the next one. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}, folder = "."): Run {
    return runInHost({ args, cwd: join(this.root, folder), env: { ...quietEnv(), ...env } });
  }

  /** Runs the command in a process of its own: for what it does to the process, and for sources that do things to it. */
  spawn(args: readonly string[], env: Readonly<Record<string, string>> = {}, input?: string): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: this.root,
      env: { ...quietEnv(), ...env },
      encoding: "utf8",
      input,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Starts the command in a process of its own, without waiting for it. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return spawn(process.execPath, [CLI, ...args], { cwd: this.root, env: { ...quietEnv(), ...env } });
  }

  /** The same while this process goes on: a server in it can answer. */
  async runBeside(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    const child = this.start(args, env);
    const [out, err, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.on("close", resolve)),
    ]);
    return { code, out, err };
  }

  delete(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

let host: ((command: Command) => Run) | undefined;

/** Runs a command in a thread that has loaded the command before: starting a process takes longer than what most commands do. */
function runInHost(command: Command): Run {
  host ??= startHost();
  return host(command);
}

function startHost(): (command: Command) => Run {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("./command-host.mjs", import.meta.url), {
    workerData: { port: port2, answered, entry: join(ROOT, "dist/run.js") },
    transferList: [port2],
  });
  worker.unref();
  port1.unref();
  return (command) => {
    Atomics.store(answered, 0, 0);
    port1.postMessage(command);
    // This thread does nothing meanwhile, so that tests can be written as if the command were a function.
    Atomics.wait(answered, 0, 0, 120_000);
    const answer: { readonly message: Run } | undefined = receiveMessageOnPort(port1);
    if (answer === undefined) throw new Error(`flowkeep ${command.args.join(" ")} did not end: try it with \`spawn\``);
    return answer.message;
  };
}

/** The environment without what a CI or a terminal says of itself. */
export function quietEnv(): NodeJS.ProcessEnv {
  const told = /^(GITHUB_|CI$|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$|VITEST)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !told.test(name)));
  // What is kept from another run is no test.
  return { ...env, FLOWKEEP_CACHE: "off" };
}

/** A small workflow source whose one step says something. */
export function workflowSaying(words: string): string {
  return `import { job, run, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  jobs: { say: job({ "runs-on": "ubuntu-latest", steps: [run({ run: ${JSON.stringify(`echo ${words}`)} })] }) },
});
`;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // A link that leads nowhere, or to itself.
    return false;
  }
}
