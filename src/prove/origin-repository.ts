import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { BareRepository } from "./server/bare-repository.ts";

const runFile = promisify(execFile);

/** What is known of a folder's own git repository. */
export interface LocalRepository {
  readonly top: string;
  /** Of this working tree: its index is in it. */
  readonly gitDir: string;
  /** Of all working trees: the objects are in it. */
  readonly commonDir: string;
  /** `owner/name`, where origin is at a host. */
  readonly name: string | undefined;
  readonly defaultBranch: string | undefined;
  /** Undefined where there is no commit yet. */
  readonly head: string | undefined;
}

/** The git repository that a folder lies in; undefined where it lies in none. */
export async function findLocalRepository(folder: string, programs: string): Promise<LocalRepository | undefined> {
  const git = async (...args: readonly string[]): Promise<string | undefined> => {
    const options = {
      cwd: folder,
      env: { PATH: programs, GIT_OPTIONAL_LOCKS: "0", GIT_CONFIG_NOSYSTEM: "1", HOME: folder },
    };
    return runFile("git", ["-c", "safe.directory=*", ...args], options).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
  };
  const places = await git("rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir");
  const [top = "", gitDir = "", commonDir = ""] = (places ?? "").split("\n");
  if (top === "") return undefined;
  const [url, remoteHead, branch, head] = await Promise.all([
    git("config", "--get", "remote.origin.url"),
    git("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"),
    git("symbolic-ref", "--quiet", "--short", "HEAD"),
    git("rev-parse", "--quiet", "--verify", "HEAD"),
  ]);
  return {
    top,
    gitDir,
    commonDir: resolve(folder, commonDir),
    name: /[/:]([^/:]+\/[^/:]+?)(?:\.git)?$/.exec(url ?? "")?.[1],
    defaultBranch: remoteHead?.replace(/^origin\//, "") ?? branch,
    head,
  };
}

export interface OriginOptions {
  /** The folder whose files the repository holds, as they lie there now. */
  readonly folder: string;
  readonly local: LocalRepository | undefined;
  /** More names for the commit: what the event is about. */
  readonly refs: readonly string[];
}

/**
 * Gives a server's repository the files of a folder, as one commit on the default branch, on top of the local history where there is
 * one. Nothing is written to the local repository: its objects are borrowed.
 */
export async function fillOrigin(origin: BareRepository, { folder, local, refs }: OriginOptions): Promise<string> {
  const index = join(origin.path, "snapshot-index");
  const env = { GIT_INDEX_FILE: index, GIT_WORK_TREE: local?.top ?? folder };
  if (local !== undefined) await borrowObjects(origin, local, index);
  const paths = local === undefined ? ["--", ".", ":!node_modules"] : [];
  await origin.run(["add", "--all", "--ignore-errors", ...paths], env);
  const tree = (await origin.run(["write-tree"], env)).trim();
  // Of a shallow clone the history is not there to build on.
  const isShallow = local !== undefined && existsSync(join(local.commonDir, "shallow"));
  const parents = local?.head === undefined || isShallow ? [] : ["-p", local.head];
  const commit = await origin.git("commit-tree", tree, "-m", "The files as they are now", ...parents);
  const names = new Set([`refs/heads/${origin.defaultBranch}`, ...refs]);
  for (const ref of names) await origin.git("update-ref", ref, commit);
  return commit;
}

async function borrowObjects(origin: BareRepository, local: LocalRepository, index: string): Promise<void> {
  const info = join(origin.path, "objects", "info");
  await mkdir(info, { recursive: true });
  await writeFile(join(info, "alternates"), `${join(local.commonDir, "objects")}\n`);
  // What the index knows of unchanged files need not be read again.
  if (existsSync(join(local.gitDir, "index"))) await copyFile(join(local.gitDir, "index"), index);
}
