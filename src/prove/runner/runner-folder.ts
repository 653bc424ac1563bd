import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The folders of a throw-away runner. */
export interface RunnerFolder {
  /** Everything is below it. */
  readonly root: string;
  readonly home: string;
  /** `RUNNER_TEMP` */
  readonly temp: string;
  readonly workspace: string;
  /** The parent of the workspace: `runner.workspace`. */
  readonly work: string;
  readonly toolCache: string;
  /** Programs of ours, in front of the machine's. */
  readonly bin: string;
  /** git's own account of what it did. */
  readonly trace: string;
  /** What stands for `/etc/gitconfig`. */
  readonly systemConfig: string;
}

/** Makes the folders of a runner as GitHub's Linux images have them, below a folder of its own. */
export async function makeRunnerFolder(root: string, repository: string): Promise<RunnerFolder> {
  const name = repository.split("/")[1] ?? "app";
  const home = join(root, "home", "runner");
  const work = join(home, "work", name);
  const folder: RunnerFolder = {
    root,
    home,
    temp: join(home, "work", "_temp"),
    work,
    workspace: join(work, name),
    toolCache: join(root, "opt", "hostedtoolcache"),
    bin: join(root, "bin"),
    trace: join(root, "trace"),
    systemConfig: join(root, "etc", "gitconfig"),
  };
  const { workspace, temp, toolCache, bin, trace } = folder;
  const made = [
    workspace,
    join(temp, "_runner_file_commands"),
    toolCache,
    bin,
    trace,
    join(root, "etc"),
    join(root, "tmp"),
  ];
  await Promise.all(made.map((path) => mkdir(path, { recursive: true })));
  await writeFile(folder.systemConfig, "");
  return folder;
}
