import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TIME = "/usr/bin/time";

/**
 * Runs a command to its end.
 *
 * @returns {{ seconds: number, megabytes: number | undefined }} wall-clock time, and the largest process's peak memory where
 * GNU time is installed
 */
export function measure(command, cwd) {
  const report = join(tmpdir(), `flowkeep-bench-${process.pid}`);
  const timed = existsSync(TIME);
  const [program, ...args] = timed ? [TIME, "-f", "%M", "-o", report, ...command] : command;
  const started = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(program, args, { cwd, encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${command.join(" ")} failed:\n${stdout}${stderr}`);
  const megabytes = timed ? Number(readFileSync(report, "utf8").trim().split("\n").at(-1)) / 1024 : undefined;
  rmSync(report, { force: true });
  return { seconds, megabytes };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
