import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readEnvFile } from "../../shell/env-file.ts";
import { literal, literalOf } from "../../shell/value.ts";

/** The files through which a step speaks to the runner: docs.github.com, "Workflow commands", Environment files. */
export const COMMAND_FILES = {
  GITHUB_ENV: "set_env",
  GITHUB_OUTPUT: "set_output",
  GITHUB_PATH: "add_path",
  GITHUB_STATE: "save_state",
  GITHUB_STEP_SUMMARY: "step_summary",
} as const;

/** What a step said to the runner. */
export interface StepCommands {
  readonly env: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** In front of `PATH`, the last first. */
  readonly path: readonly string[];
  readonly masks: readonly string[];
  /** Why the runner would not take it: the step fails. */
  readonly wrong: string | undefined;
}

/** Makes the files of one step, empty, and gives the variables that name them. */
export async function makeCommandFiles(temp: string): Promise<Readonly<Record<string, string>>> {
  const folder = join(temp, "_runner_file_commands");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = Object.entries(COMMAND_FILES).map(([name, file]) => [name, join(folder, file)] as const);
  await Promise.all(files.map(([, file]) => writeFile(file, "")));
  return Object.fromEntries(files);
}

/** Variables that no step may set for later ones: the runner's own, and one that would change every Node action. */
const RESERVED = /^(?:GITHUB_|RUNNER_|NODE_OPTIONS$)/;

/** Reads what a step wrote to its files and printed as workflow commands. */
export async function readCommands(files: Readonly<Record<string, string>>, log: string): Promise<StepCommands> {
  const text = async (name: keyof typeof COMMAND_FILES): Promise<string> =>
    readFile(files[name] ?? "", "utf8").catch(() => "");
  const [env, outputs, path] = [await text("GITHUB_ENV"), await text("GITHUB_OUTPUT"), await text("GITHUB_PATH")];
  const [readEnv, readOutputs, printed] = [readFileOf(env), readFileOf(outputs), readPrinted(log)];
  return {
    env: new Map([...readEnv.entries].filter(([name]) => !RESERVED.test(name))),
    outputs: new Map([...printed.outputs, ...readOutputs.entries]),
    path: path
      .split(/\r?\n/)
      .filter((line) => line !== "")
      .reverse(),
    masks: printed.masks,
    wrong: readEnv.wrong ?? readOutputs.wrong,
  };
}

function readFileOf(text: string): {
  readonly entries: ReadonlyMap<string, string>;
  readonly wrong: string | undefined;
} {
  const { entries, reason } = readEnvFile(literal(text));
  const wrong = reason === undefined ? undefined : "Unable to process file command: Invalid format";
  return { entries: new Map(entries.map(({ name, value }) => [name, literalOf(value) ?? ""])), wrong };
}

/** `::set-output name=x::y`, which still works, and `::add-mask::`. What stands behind `::stop-commands::` is no command. */
function readPrinted(log: string): Pick<StepCommands, "masks"> & { readonly outputs: ReadonlyMap<string, string> } {
  const outputs = new Map<string, string>();
  const masks: string[] = [];
  let stopped: string | undefined;
  for (const line of log.split(/\r?\n/)) {
    const [, command = "", properties = "", value = ""] = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
    if (stopped !== undefined) {
      if (command === stopped) stopped = undefined;
    } else if (command === "stop-commands") stopped = value;
    else if (command === "add-mask") masks.push(unescapeData(value));
    else if (command === "set-output") {
      const name = /(?:^|,)\s*name=([^,]*)/.exec(properties)?.[1];
      if (name !== undefined) outputs.set(name, unescapeData(value));
    }
  }
  return { outputs, masks };
}

/** Source: @actions/core, command.ts, escapeData. */
function unescapeData(value: string): string {
  return value.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
