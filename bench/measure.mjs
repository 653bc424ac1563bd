import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TIME = "/usr/bin/time";

/**
 * Runs a command to its end.
 *
 * @returns {{ seconds: number, processor: number | undefined, megabytes: number | undefined }} wall-clock time, and where GNU time
 * is installed the processor time of the command's own process and the largest process's peak memory
 */
export function measure(command, cwd) {
  const report = join(tmpdir(), `flowkeep-bench-${process.pid}`);
  const timed = existsSync(TIME);
  const [program, ...args] = timed ? [TIME, "-f", "%U %S %M", "-o", report, ...command] : command;
  const started = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(program, args, { cwd, encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${command.join(" ")} failed:\n${stdout}${stderr}`);
  if (!timed) return { seconds, processor: undefined, megabytes: undefined };
  const [user, system, kilobytes] = readFileSync(report, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  rmSync(report, { force: true });
  return { seconds, processor: user + system, megabytes: kilobytes / 1024 };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
