import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { SEVERITIES } from "../report/finding.ts";
import { addActions } from "./commands/action-commands.ts";
import { addCompiling } from "./commands/compile-commands.ts";
import { addLooking } from "./commands/look-commands.ts";
import { addMoving } from "./commands/move-commands.ts";
import { addTrials } from "./commands/trial-commands.ts";
import { addHelp } from "./command-help.ts";
import { SHELLS } from "./completion/shells.ts";
import type { Io } from "./io.ts";
import { FORMATS, PICTURES } from "./formats.ts";
import { readSettings, type GlobalOptions } from "./settings.ts";
import { VERSION } from "./version.ts";

/** The commands whose result is findings. */
const HAS_FINDINGS: ReadonlySet<string> = new Set(["gen", "check", "lint", "pushes", "audit"]);

function readSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It is a whole number of seconds.");
  return Number(text);
}

/** Every command with its options. What a command does is loaded only when it is called. */
export function makeProgram(io: Io, finish: (command: Promise<number>) => Promise<void>, wantsColor = true): Command {
  const program = new Command("flowkeep");
  program
    .description("GitHub Actions workflows as typed TypeScript, and for every push: who will GitHub see?")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print what a command does")
    .addOption(
      new Option("--format <format>", "how to report (default: text, and github in a GitHub Actions run)").choices(
        FORMATS,
      ),
    )
    .addOption(
      new Option(
        "--fail-on <severity>",
        "exit with 1 for findings at or above (default: `failOn` of the config, else warning, for gen error)",
      ).choices(SEVERITIES),
    )
    .option("--config <file>", "the config file (default: flowkeep.config.ts, .mts, .js, .mjs or .json)")
    .option("--cwd <folder>", "the folder that holds workflows-src/ (default: the current one)")
    .option(
      "--time-limit <seconds>",
      "how long sources may run; 0: for ever (default: 60 on a terminal and in CI)",
      readSeconds,
    )
    .option("--quiet", "say nothing but errors and findings")
    .option("--no-color", "use no colours")
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(`flowkeep: ${text.replace(/^error: /, "")}`),
    })
    .hook("preAction", (_, command) => {
      const picture = PICTURES.find((name) => name === program.opts<GlobalOptions>().format);
      if (picture !== undefined && command.name() !== "graph")
        program.error(`error: only graph draws: --format ${picture} is not for ${command.name()}`);
      if (program.opts<GlobalOptions>().format === "sarif" && !HAS_FINDINGS.has(command.name()))
        program.error(`error: ${command.name()} has no findings to tell as SARIF: it reports as text, json or github`);
    })
    .showHelpAfterError("(see: npx flowkeep --help)")
    .exitOverride();

  const host = {
    program,
    settings: () => readSettings(program.opts<GlobalOptions>(), io),
    settingsOfAll: () => readSettings(program.opts<GlobalOptions>(), io, true),
    finish,
  };
  addCompiling(host);
  addLooking(host);
  addTrials(host);
  addMoving(host);
  addActions(host);
  program
    .command("completion")
    .description("print a script that makes a shell complete flowkeep's commands and options")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((shell: (typeof SHELLS)[number]) =>
      finish(import("./completion/completion.ts").then(({ completion }) => completion(io, program, shell))),
    );
  addHelp(program, io, wantsColor);
  return program;
}
