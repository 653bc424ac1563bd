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
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

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
    const own = names.filter(
      (name) => !name.startsWith("node_modules") && statSync(this.path(name), { throwIfNoEntry: false })?.isFile(),
    );
    return Object.fromEntries(own.sort().map((name) => [name, this.read(name)]));
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}, input?: string): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: this.root,
      env: { ...quietEnv(), ...env },
      encoding: "utf8",
      input,
    });
    return { code: status, out: stdout, err: stderr };
  }

  /** Runs the command without waiting for it. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return spawn(process.execPath, [CLI, ...args], { cwd: this.root, env: { ...quietEnv(), ...env } });
  }

  delete(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The environment without what a CI or a terminal says of itself. */
function quietEnv(): NodeJS.ProcessEnv {
  const told = /^(GITHUB_|CI$|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !told.test(name)));
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
