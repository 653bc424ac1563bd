import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";

export const ROOT = join(import.meta.dirname, "../..");

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export function readManifest(path: string): Manifest {
  return parse(readFileSync(join(ROOT, path), "utf8")) as Manifest;
}

/** What a run of the action left behind. */
export interface Ran {
  readonly code: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: string;
}

/** A repository with a base commit and a pull request on it, and a runner for the action's own steps. */
export class Repository {
  readonly #top = mkdtempSync(join(tmpdir(), "flowkeep-action-"));
  readonly folder = join(this.#top, "repository");

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(this.folder, { recursive: true });
    this.git("init", "--quiet", "--initial-branch=main");
    this.commit(files);
  }

  commit(files: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
    this.git("add", "--all");
    this.git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--message=x");
    return this.git("rev-parse", "HEAD").trim();
  }

  git(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: this.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  /** Runs the scripts of the composite action as a runner would, with its inputs' defaults. */
  run(inputs: Readonly<Record<string, string>>, event: { readonly name: string; readonly payload: object }): Ran {
    const { inputs: declared, runs } = readManifest(".github/actions/check/action.yml");
    const values: Readonly<Record<string, string>> = {
      ...Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input.default ?? ""])),
      ...inputs,
    };
    const file = (name: string, text = ""): string => {
      writeFileSync(join(this.#top, name), text);
      return join(this.#top, name);
    };
    const files = {
      summary: file("summary"),
      outputs: file("outputs"),
      event: file("event", JSON.stringify(event.payload)),
    };
    let code = 0;
    let log = "";
    for (const { run, env = {} } of runs.steps) {
      if (run === undefined || code !== 0) continue;
      const own = Object.entries(env).map(([name, text]) => [
        name,
        text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => values[input] ?? ""),
      ]);
      const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
        cwd: this.folder,
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"],
          HOME: this.#top,
          GITHUB_ACTIONS: "true",
          CI: "true",
          GITHUB_ACTION_PATH: join(ROOT, ".github/actions/check"),
          GITHUB_EVENT_NAME: event.name,
          GITHUB_EVENT_PATH: files.event,
          GITHUB_STEP_SUMMARY: files.summary,
          GITHUB_OUTPUT: files.outputs,
          GITHUB_WORKSPACE: this.folder,
          RUNNER_TEMP: this.#top,
          ...Object.fromEntries(own),
        },
      });
      code = status ?? 1;
      log += stdout + stderr;
    }
    return { code, log, summary: readFileSync(files.summary, "utf8"), outputs: readFileSync(files.outputs, "utf8") };
  }

  /** The command, as pre-commit calls it. */
  flowkeep(args: readonly string[]): { readonly status: number | null; readonly output: string } {
    const cli = join(ROOT, "dist/cli.js");
    const env = { PATH: process.env["PATH"], HOME: this.#top };
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: this.folder,
      encoding: "utf8",
      env,
    });
    return { status, output: stdout + stderr };
  }

  delete(): void {
    rmSync(this.#top, { recursive: true, force: true });
  }
}
