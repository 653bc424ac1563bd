import { CommanderError } from "commander";
import { fail } from "./fail.ts";
import { Interrupted } from "./process/interrupted.ts";
import type { Io } from "./io.ts";
import { printJson } from "./json.ts";
import { makeProgram } from "./program.ts";
import { FORMATS, type Format } from "./formats.ts";
import { defaultFormat } from "./settings.ts";

/** Runs one command and gives its exit code. Whatever fails is reported. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const finish = async (command: Promise<number>): Promise<void> => {
    code = await command;
  };
  // The help of `--help --no-color` is printed before the options are read.
  const program = makeProgram(io, finish, !args.includes("--no-color"));
  if (args.length === 0) {
    program.outputHelp({ error: true });
    return 2;
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    const format = formatOf(args, io.env);
    if (error instanceof Interrupted) {
      io.err("\n");
      return 130;
    }
    if (!(error instanceof CommanderError)) return fail({ io, format }, [error]);
    if (error.exitCode === 0) return 0;
    // Commander has said it on standard error.
    if (format === "json") io.out(printJson({ errors: [{ message: usageMessage(error) }] }));
    return 2;
  }
}

function usageMessage({ code, message }: CommanderError): string {
  return code === "commander.help" ? "no command was given" : message.replace(/^error: /, "");
}

/** The format that was asked for, also where the arguments are wrong. */
export function formatOf(args: readonly string[], env: Io["env"]): Format {
  const at = args.lastIndexOf("--format");
  const given = at >= 0 ? args[at + 1] : args.findLast((arg) => arg.startsWith("--format="))?.slice("--format=".length);
  return FORMATS.find((format) => format === given) ?? defaultFormat(env);
}
