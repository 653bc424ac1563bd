import { writeFile } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { makeCommandFiles, readCommands } from "./command-files.ts";
import type { Frame, JobRun, StepEnd } from "./job-run.ts";
import { defaultVariables } from "./job-setting.ts";
import { shellCommand } from "./shell-command.ts";
import { spawnScript, type ScriptEnd } from "./spawn-script.ts";

export interface ScriptCall {
  readonly script: string;
  /** Undefined where nobody named one. */
  readonly shell: string | undefined;
  /** From the workspace. */
  readonly directory: string;
  /** All variables that the workflow gives it. */
  readonly env: ReadonlyMap<string, string>;
  readonly frame: Frame;
  /** `timeout-minutes` of the step. */
  readonly minutes?: number | undefined;
}

/** Runs a script as a step, and takes over what it said to the runner. */
export async function runScript(run: JobRun, call: ScriptCall): Promise<StepEnd> {
  const { setting, state, tools } = run;
  const { folder } = setting;
  const file = join(folder.temp, `${run.scripts++}.sh`);
  const shell = shellCommand(call.shell, file);
  if (shell.kind === "missing") return { outcome: "skipped", reason: shell.reason };
  await writeFile(file, call.script);
  const files = await makeCommandFiles(folder.temp);
  const timeLimit = Math.min(tools.timeLimit, (call.minutes ?? Infinity) * 60_000);
  const directory = isAbsolute(call.directory) ? call.directory : join(folder.workspace, call.directory);
  const end = await spawnScript({
    command: shell.args,
    cwd: directory,
    env: { ...processEnvironment(run, call.env, call.frame), ...files },
    timeLimit,
    signal: tools.signal,
  }).catch((error: unknown) => cannotStart(error, call.directory));
  const commands = await readCommands(files, end.log);
  for (const value of commands.masks) tools.credentials.hide(value);
  for (const [name, value] of commands.env) state.env.set(name, value);
  for (const path of commands.path) state.path.unshift(path);
  // People know a runner's folders by their own names.
  const log = tools.credentials.mask(end.log).replaceAll(folder.root, "");
  const failure = whyFailed({ ...end, log }, timeLimit) ?? commands.wrong;
  return {
    outcome: failure === undefined ? "success" : "failure",
    reason: failure,
    outputs: commands.outputs,
    log,
  };
}

/** The folder is not there, or the shell. The runner fails the step with the same message. */
function cannotStart(error: unknown, directory: string): ScriptEnd {
  if (!(error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")))
    throw error;
  return { code: 127, log: `there is no directory '${directory}', or no such shell\n`, ended: "by itself" };
}

function whyFailed({ code, ended, log }: ScriptEnd, timeLimit: number): string | undefined {
  switch (ended) {
    case "time limit":
      return `it was still running after ${timeLimit / 1000} seconds, and was ended`;
    case "parent killed":
      return "it killed the process that ran it";
    case "cancelled":
      return "the trial was cancelled";
    case "by itself":
      return code === 0 ? undefined : `exit code ${code}${lastLine(log)}`;
  }
}

function lastLine(log: string): string {
  const line = log.trimEnd().split("\n").at(-1)?.trim() ?? "";
  return line === "" ? "" : `: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
}

/** The variables of a step's process. Nothing of the machine's own environment is among them but the way to its programs. */
export function processEnvironment(
  { setting, state, tools }: JobRun,
  env: ReadonlyMap<string, string>,
  frame: Frame,
): Record<string, string> {
  const { folder } = setting;
  const path = [...state.path, folder.bin, tools.programs].join(delimiter);
  return {
    LANG: "C.UTF-8",
    USER: "runner",
    HOME: folder.home,
    TMPDIR: join(folder.root, "tmp"),
    GIT_CONFIG_SYSTEM: folder.systemConfig,
    GIT_TRACE2_EVENT: folder.trace,
    // Processes that a step leaves behind are found by it, as GitHub's runner does.
    RUNNER_TRACKING_ID: `github_${folder.root}`,
    ...tools.network,
    ...defaultVariables(setting),
    ...(frame.actionPath === undefined ? {} : { GITHUB_ACTION_PATH: frame.actionPath }),
    ...Object.fromEntries(env),
    PATH: env.get("PATH") === undefined ? path : [...state.path, env.get("PATH")].join(delimiter),
  };
}
