import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { SEVERITIES } from "../report/finding.ts";
import { addActions, serverUrl } from "./commands/action-commands.ts";
import type { AuditFlags } from "./commands/audit.ts";
import type { CheckFlags } from "./commands/check.ts";
import { addHelp } from "./command-help.ts";
import { SHELLS } from "./completion/shells.ts";
import type { GraphFlags } from "./commands/graph.ts";
import type { ImportFlags } from "./commands/import.ts";
import type { InitOptions } from "./commands/init.ts";
import type { Io } from "./io.ts";
import type { LintFlags } from "./commands/lint.ts";
import type { ProveFlags } from "./commands/prove.ts";
import type { PushesFlags } from "./commands/pushes.ts";
import { FORMATS, PICTURES } from "./formats.ts";
import { readSettings, type GlobalOptions, type Settings } from "./settings.ts";
import type { SmokeFlags } from "./commands/smoke.ts";
import { VERSION } from "./version.ts";

/** The values of an option that is given more than once. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The commands whose result is findings. */
const HAS_FINDINGS: ReadonlySet<string> = new Set(["gen", "check", "lint", "pushes", "audit"]);

function readSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It is a whole number of seconds.");
  return Number(text);
}

/** Every command with its options. What a command does is loaded only when it is called. */
export function makeProgram(io: Io, finish: (command: Promise<number>) => Promise<void>, wantsColor = true): Command {
  const program = new Command("flowkeep");
  const settings = (): Settings => readSettings(program.opts<GlobalOptions>(), io);
  /** For commands that only look: they may be called anywhere in a repository. */
  const settingsOfAll = (): Settings => readSettings(program.opts<GlobalOptions>(), io, true);
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
        "exit with 1 for findings at or above (default: warning, for gen error)",
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

  program
    .command("init")
    .description("set up workflows-src/, flowkeep.config.ts, npm scripts and the check workflow")
    .option("-y, --yes", "ask nothing")
    .option("--import", "take over the workflows and composite actions of .github")
    .option(
      "--bots [which]",
      "a workflow that takes over what bots raise; and, if named, config of dependabot, renovate",
    )
    .action((options: InitOptions) =>
      finish(import("./commands/init.ts").then(({ init }) => init(settings(), options))),
    );

  program
    .command("gen")
    .description("compile workflows-src/ to .github/workflows/ and .github/actions/, and write generated/")
    .option("-w, --watch", "compile again whenever a source changes")
    .action((options: { readonly watch?: true }) =>
      finish(
        options.watch
          ? import("./commands/watch.ts").then(({ watch }) => watch(settings()))
          : import("./commands/start-gen.ts").then(({ startGen }) => startGen(settings())),
      ),
    );

  program
    .command("check")
    .description("compile in memory and compare with what is committed: hand edits, stale files, orphans, the lock")
    .option("--online", "ask the actions' repositories, too: moved tags, commits that are not theirs, other manifests")
    .addOption(serverUrl())
    .action((options: CheckFlags) =>
      finish(import("./commands/check.ts").then(({ check }) => check(settings(), options))),
    );

  program
    .command("lint")
    .description("what is wrong or risky in sources, through the compiler, and in YAML workflows and actions")
    .argument("[paths...]", "files and folders (default: workflows-src/ and .github/); YAML that is named runs nothing")
    .option("--official", "ask GitHub's own parser, too")
    .option("--fix", "mend what can be mended without any other push coming out otherwise")
    .option("--dry-run", "with --fix: print the differences, and write nothing")
    .option("--update-baseline", "take all that is found into generated/baseline.json, and fail only for what is new")
    .action((paths: readonly string[], options: LintFlags) =>
      finish(import("./commands/lint.ts").then(({ lint }) => lint(settingsOfAll(), paths, options))),
    );

  program
    .command("pushes")
    .description("every push: who GitHub will see, who was meant, why, and what follows from it")
    .argument("[paths...]", "files, folders, whole repositories (default: workflows-src/ and .github/)")
    .option(
      "--compare <file>",
      "only what is not as in a file that `pushes --format json` wrote: new, gone, or seen otherwise",
    )
    .option("--explain", "the way of each credential, from the checkout to the push, and what GitHub makes of it")
    .action((paths: readonly string[], options: PushesFlags) =>
      finish(import("./commands/pushes.ts").then(({ pushes }) => pushes(settingsOfAll(), paths, options))),
    );

  program
    .command("audit")
    .description("which secrets, Apps and bypass actors nothing uses any more, and what a push needs and lacks")
    .argument("[paths...]", "files and folders (default: workflows-src/ and .github/)")
    .option("--inventory <file>", "what the repository has on GitHub, as JSON: docs/pushes.md says how to get it")
    .action((paths: readonly string[], options: AuditFlags) =>
      finish(import("./commands/audit.ts").then(({ audit }) => audit(settingsOfAll(), paths, options))),
    );

  program
    .command("explain")
    .description("what a rule finds, why that matters, and what to write instead")
    .argument("<rule>", "its id, as it stands behind a finding")
    .action((id: string) => finish(import("./commands/explain.ts").then(({ explain }) => explain(settings(), id))));

  program
    .command("graph")
    .description("jobs, steps and the life of each credential, as a page that needs nothing else")
    .argument("[paths...]", "files and folders (default: workflows-src/ and .github/); YAML that is named runs nothing")
    .option("-o, --out <file>", "where the page goes, - for standard output (default: flowkeep-graph.html)")
    .option("--open", "open the page in the browser")
    .option("--link <template>", "where places lead: https://github.com/octo/app/blob/main/{file}#L{line}")
    .option("--force", "overwrite a file that is no page of flowkeep's")
    .action((paths: readonly string[], options: GraphFlags) =>
      finish(import("./commands/graph.ts").then(({ graph }) => graph(settings(), paths, options))),
    );

  program
    .command("prove")
    .description("run the git side of a workflow's jobs against a server of flowkeep's: who does it see?")
    .argument("<workflow>", "its YAML file, or its source")
    .option("--job <id>", "this job alone (default: every job that pushes)")
    .option("--stub <step=commands>", "run these commands in a step's place; more than once", collect)
    .option("--repository <owner/name>", "the workflow's repository (default: the first that it pushes to)")
    .option("--event <name>", "what starts it (default: the first event that it names)")
    .option("--input <name=value>", "an input of the event; more than once", collect)
    .option("--var <name=value>", "a configuration variable, as in \${{ vars.NAME }}; more than once", collect)
    .option("--empty-secret <name>", "a secret that is not set; more than once", collect)
    .option("--step-limit <seconds>", "how long a script may run (default: 60)")
    .option("--port <number>", "of the server, on 127.0.0.1 (default: any free one)")
    .option("--no-isolation", "without namespaces of its own: scripts can then reach other hosts and files")
    .option("-y, --yes", "ask nothing: the workflow's scripts are run on this machine")
    .action((workflow: string, options: ProveFlags) =>
      finish(import("./commands/prove.ts").then(({ prove }) => prove(settings(), workflow, options))),
    );

  program
    .command("smoke")
    .description("write a throw-away workflow that tries a push on GitHub itself, and takes the commit back")
    .argument("[workflow]", "its YAML file, or its source")
    .option("--job <id>", "a push of this job")
    .option("--push <number>", "which of several, as they are listed, from 1")
    .option("--branch <name>", "where to push (default: the branch that the push goes to)")
    .option("--repository <owner/name>", "the workflow's repository (default: the config's)")
    .option("--remove", "take the throw-away workflows of this project away")
    .action((workflow: string | undefined, options: SmokeFlags) =>
      finish(import("./commands/smoke.ts").then(({ smoke }) => smoke(settings(), workflow, options))),
    );

  program
    .command("import")
    .description("write YAML workflows and composite actions as TypeScript, each proved to become the same YAML again")
    .argument("<paths...>", "workflows, actions, or folders that hold them: .github")
    .option("--verify", "prove that each file can be imported without loss, and write nothing")
    .option("--upgrade", "make push({ … }) of scripts that only commit and push, where it is the same push")
    .option("--force", "overwrite sources that are there already")
    .action((paths: readonly string[], options: ImportFlags) =>
      finish(import("./commands/import.ts").then(({ importFiles }) => importFiles(settings(), paths, options))),
    );

  program
    .command("eject")
    .description("leave the YAML as ordinary YAML: without header, yours to edit")
    .option("-y, --yes", "ask nothing")
    .option("--remove-sources", "remove workflows-src/ and the config too")
    .action((options: { readonly yes?: true; readonly removeSources?: true }) =>
      finish(import("./commands/eject.ts").then(({ eject }) => eject(settings(), options))),
    );

  addActions(program, settings, finish);
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
