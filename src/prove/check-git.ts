import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "../ir/errors.ts";

const runFile = promisify(execFile);

/** The oldest git with whose behaviour the analysis was compared. */
const OLDEST = [2, 30] as const;

/**
 * Makes sure that there is a git to try things with, and its HTTP server.
 *
 * @param programs `PATH`
 * @throws UsageError
 */
export async function checkGit(programs: string): Promise<void> {
  const [wantedMajor, wantedMinor] = OLDEST;
  const wanted = `${wantedMajor}.${wantedMinor}`;
  const git = async (...args: readonly string[]): Promise<string | undefined> =>
    runFile("git", args, { env: { PATH: programs } }).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
  const version = await git("--version");
  if (version === undefined) throw new UsageError(`this needs git ${wanted} or later, and there is none on the PATH`);
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const isOld = Number(major) < wantedMajor || (Number(major) === wantedMajor && Number(minor) < wantedMinor);
  if (isOld)
    throw new UsageError(`this needs git ${wanted} or later, and here is ${version.replace(/^git version /, "")}`);
  const backend = await runFile("git", ["http-backend"], { env: { PATH: programs } }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error instanceof Error && "stdout" in error ? String(error.stdout) : ""),
  );
  // Without a request it answers that something is missing; a git without it answers nothing.
  if (!backend.startsWith("Status:"))
    throw new UsageError(
      "this needs `git http-backend`, which is part of git and missing here: install git as a whole",
    );
}
