import { appendFileSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../ir/errors.ts";
import { describeSystemError, isSystemError } from "../../ir/system-error.ts";
import type { PushList } from "../../project/pushes/list-pushes.ts";
import { comparePushes, readPushes, type PushChange } from "../../report/compare-pushes.ts";
import { printPushChanges, summarizePushChanges } from "../../report/print-push-changes.ts";
import { printJson } from "../json.ts";
import type { Settings } from "../settings.ts";

/** `flowkeep pushes --compare`: which pushes are not as they were when the file was written. */
export function reportChanges(settings: Settings, { pushes }: PushList, file: string): void {
  const { format, io, paint } = settings;
  // What an action or a called workflow pushes is listed with those who use it.
  const own = pushes.filter(({ isAnswered }) => !isAnswered).map(({ push }) => push);
  const changes = comparePushes(readBefore(file, io.cwd), own);
  if (format === "json") return io.out(printJson({ changes: changes.map(changeJson) }));
  io.out(printPushChanges(changes, paint));
  const summary = io.env["GITHUB_STEP_SUMMARY"];
  if (format === "github" && summary) appendFileSync(summary, summarizePushChanges(changes));
}

function readBefore(file: string, cwd: string) {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${file} cannot be read: ${describeSystemError(error)}`);
  }
  const before = readPushes(text);
  if (before === undefined)
    throw new UsageError(`${file} is not what \`flowkeep pushes --format json\` prints: write it with that command`);
  return before;
}

function changeJson({ before, after }: PushChange): object {
  return { before: before && pick(before), after: after && pick(after) };
}

function pick(push: NonNullable<PushChange["before"]>): object {
  const { workflow, job, step, stepName = null, command, target, identity, intended, verdict } = push;
  return { workflow, job, step, stepName, command, target, identity, intended, verdict };
}
