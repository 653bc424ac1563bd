import { readdir, readFile } from "node:fs/promises";

/**
 * Ends what the steps of a job left running. Like GitHub's runner it knows them by a variable in their environment, so it finds those as
 * well that have left their session.
 *
 * @param root the runner's folder, or one that holds it
 * @returns how many there were
 */
export async function endProcesses(root: string): Promise<number> {
  let ended = 0;
  // What is being started while the list is read is found in the next round.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = await findProcesses(root);
    if (found.length === 0) break;
    for (const pid of found) kill(pid);
    ended += found.length;
  }
  return ended;
}

const MOST_ROUNDS = 20;

/** Only Linux shows the environment of a process; elsewhere a job's own session is all that is known. */
async function findProcesses(root: string): Promise<readonly number[]> {
  const names = await readdir("/proc").catch((): readonly string[] => []);
  const markers = [`RUNNER_TRACKING_ID=github_${root}\0`, `RUNNER_TRACKING_ID=github_${root}/`];
  const checked = await Promise.all(
    names.map(async (name) => {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
      const environment = await readFile(`/proc/${name}/environ`, "latin1").catch(() => "");
      const isOurs = markers.some((marker) => `${environment}\0`.includes(marker));
      return isOurs && !(await isDead(name)) ? [Number(name)] : [];
    }),
  );
  return checked.flat();
}

/** A process that has ended, and whose parent has not asked yet. */
async function isDead(pid: string): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => ") Z");
  return /\) [ZX]/.test(stat);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM"))) throw error;
  }
}
