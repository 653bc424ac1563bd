import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

const TIME = "/usr/bin/time";

/** What it may take: docs/scoreboard.md. */
const MOST = { seconds: 3, megabytes: 300, share: 0.25 };

interface Run {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** How long the built command takes over a folder of workflows, cold and with what it kept; five runs of each, the middle one. */
export function scoreSpeed(
  root: string,
  folder: string,
): { readonly lines: readonly string[]; readonly isMissed: boolean } {
  const command = join(root, "dist/cli.js");
  if (!existsSync(TIME) || !existsSync(command))
    return { lines: [`speed: skipped, there is no ${existsSync(TIME) ? command : TIME}`], isMissed: false };
  const scratch = mkdtempSync(join(tmpdir(), "flowkeep-speed-"));
  try {
    const run = (): Run => {
      const times = join(scratch, "times");
      const args = ["-o", times, "-f", "%e %U %S %M", process.execPath, command, "pushes", folder, "--format", "json"];
      spawnSync(TIME, args, {
        cwd: root,
        stdio: "ignore",
        env: { ...process.env, FLOWKEEP_CACHE: join(scratch, "cache") },
      });
      const [seconds = 0, user = 0, system = 0, kilobytes = 0] = (
        readFileSync(times, "utf8").trim().split("\n").at(-1) ?? ""
      )
        .split(" ")
        .map(Number);
      return { seconds, processor: user + system, megabytes: kilobytes / 1024 };
    };
    const cold = middle(() => {
      rmSync(join(scratch, "cache"), { recursive: true, force: true });
      return run();
    });
    const warm = middle(run);
    const busy = loadavg()[0] ?? 0;
    const cores = availableParallelism();
    const share = warm.seconds / cold.seconds;
    const isSlow = cold.seconds > MOST.seconds || share > MOST.share;
    return {
      lines: [
        `speed: flowkeep pushes --format json over all of it, on ${cores} cores, load ${busy.toFixed(1)}`,
        `  cold ${tell(cold)}; at most ${MOST.seconds} s, ${MOST.megabytes} MB`,
        `  again ${tell(warm)}: ${percent(share)} of that (processor ${percent(warm.processor / cold.processor)}); at most ${percent(MOST.share)}`,
      ],
      // Where others use the processors, too, seconds tell of them.
      isMissed: cold.megabytes > MOST.megabytes || (isSlow && busy <= cores),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function middle(run: () => Run): Run {
  const runs = [1, 2, 3, 4, 5].map(run).sort((a, b) => a.seconds - b.seconds);
  return runs[2] ?? { seconds: 0, processor: 0, megabytes: 0 };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function tell({ seconds, processor, megabytes }: Run): string {
  return `${seconds.toFixed(2)} s (processor ${processor.toFixed(2)} s), ${Math.round(megabytes)} MB`;
}
