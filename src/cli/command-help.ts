import type { Command } from "commander";
import { colored, plain, type Paint } from "../report/paint.ts";
import type { Io } from "./io.ts";
import { usesColor } from "./settings.ts";

/** What stands in the list of commands, and how a command is called, with what that does. */
interface CommandHelp {
  readonly summary: string;
  readonly examples: readonly (readonly [call: string, does: string])[];
}

/** By the words that name the command. */
const COMMAND_HELP: Readonly<Record<string, CommandHelp>> = {
  "": {
    summary: "",
    examples: [
      ["npx flowkeep init", "set up this repository"],
      ["npx flowkeep gen", "compile the sources"],
      ["npx flowkeep gen --help", "what a command does, and its options"],
    ],
  },
  init: {
    summary: "set up a repository",
    examples: [
      ["npx flowkeep init", "asks what it cannot know"],
      ["npx flowkeep init --yes --import", "asks nothing, and takes over what is there"],
    ],
  },
  gen: {
    summary: "compile sources to YAML",
    examples: [
      ["npx flowkeep gen", "writes what has changed"],
      ["npx flowkeep gen --watch", "again at every change"],
    ],
  },
  check: {
    summary: "compare the YAML with its sources, and lint",
    examples: [
      ["npx flowkeep check", "for pull requests: 1 for drift or findings"],
      ["npx flowkeep check --fail-on error", "warnings are told, and pass"],
    ],
  },
  lint: {
    summary: "find what is wrong or risky",
    examples: [
      ["npx flowkeep lint", "sources and the repository's YAML"],
      ["npx flowkeep lint .github/workflows/ci.yml", "YAML, without running anything"],
      ["npx flowkeep lint --format sarif", "for GitHub's code scanning"],
      ["npx flowkeep lint --fix --dry-run", "what can be mended, as a diff"],
    ],
  },
  explain: {
    summary: "explain a rule",
    examples: [["npx flowkeep explain persisted-credential", "its page"]],
  },
  pushes: {
    summary: "say who GitHub will see, push by push",
    examples: [
      ["npx flowkeep pushes", "of the whole repository"],
      ["npx flowkeep pushes .github/workflows/release.yml", "of one file"],
    ],
  },
  graph: {
    summary: "draw jobs and the life of credentials",
    examples: [
      ["npx flowkeep graph --open", "a page, in the browser"],
      ["npx flowkeep graph --format mermaid", "for a README"],
    ],
  },
  prove: {
    summary: "push to a local git server, and compare",
    examples: [["npx flowkeep prove .github/workflows/release.yml", "its git side, against a local server"]],
  },
  smoke: {
    summary: "write a workflow that tries a push on GitHub",
    examples: [
      ["npx flowkeep smoke .github/workflows/release.yml", "a throw-away workflow"],
      ["npx flowkeep smoke --remove", "when it has run"],
    ],
  },
  audit: {
    summary: "find secrets and bypass actors without use",
    examples: [["npx flowkeep audit --inventory inventory.json", "against what the repository has"]],
  },
  import: {
    summary: "turn YAML into sources",
    examples: [
      ["npx flowkeep import .github", "every workflow and composite action"],
      ["npx flowkeep import --verify .github", "proves that nothing would be lost, and writes nothing"],
    ],
  },
  eject: {
    summary: "leave the YAML as your own",
    examples: [["npx flowkeep eject", "asks first"]],
  },
  actions: {
    summary: "the actions that sources use",
    examples: [["npx flowkeep actions list", "what is locked"]],
  },
  "actions add": {
    summary: "lock actions, and type them",
    examples: [["npx flowkeep actions add actions/checkout@v5.1.0", "its commit, inputs and outputs"]],
  },
  "actions update": {
    summary: "take over newer versions",
    examples: [
      ["npx flowkeep actions update --dry-run", "what there is, and what it changes"],
      [
        "npx flowkeep actions update actions/checkout --major --cooldown 7d",
        "one action, a newer major, no fresh release",
      ],
    ],
  },
  "actions sync": {
    summary: "take over what a bot raised",
    examples: [
      ["npx flowkeep actions sync", "on a bot's branch"],
      [
        "npx flowkeep actions sync --from origin/dependabot/github_actions/x",
        "its commit is read, and not checked out",
      ],
      [
        "npx flowkeep actions sync --from <commit> --commit-to flowkeep-sync",
        "and what follows from it is committed on top",
      ],
    ],
  },
  "actions remove": {
    summary: "take actions out of the lock",
    examples: [["npx flowkeep actions remove actions/cache@v4", "as it stands in the lock"]],
  },
  "actions list": {
    summary: "what is locked, and what is not pinned",
    examples: [["npx flowkeep actions list", "commits, tags, notes"]],
  },
  completion: {
    summary: "complete commands in a shell",
    examples: [
      ['eval "$(flowkeep completion bash)"', "in ~/.bashrc"],
      ['eval "$(flowkeep completion zsh)"', "in ~/.zshrc, after compinit"],
      ["npx flowkeep completion fish | source", "in ~/.config/fish/config.fish"],
    ],
  },
};

/** Gives every command its line in the list, its examples and its colours. Lines are no longer than the terminal, or 80. */
export function addHelp(
  program: Command,
  { env, isTerminal }: Pick<Io, "env" | "isTerminal">,
  wantsColor: boolean,
): void {
  const hasColor = (stream: boolean): boolean => wantsColor && usesColor(env, stream);
  const add = (command: Command, path: readonly string[]): void => {
    command.configureOutput({
      getOutHasColors: () => hasColor(isTerminal.out),
      getErrHasColors: () => hasColor(isTerminal.err),
    });
    command.configureHelp({
      showGlobalOptions: true,
      sortSubcommands: false,
      styleTitle: (text) => colored("bold", text),
      styleCommandText: (text) => colored("cyan", text),
      styleSubcommandText: (text) => colored("cyan", text),
      styleOptionText: (text) => colored("cyan", text),
      subcommandTerm: (below) => [below.name(), ...below.registeredArguments.map(printArgument)].join(" "),
    });
    const help = COMMAND_HELP[path.join(" ")];
    if (help !== undefined) {
      command.summary(help.summary);
      command.addHelpText("after", ({ error }) =>
        printExamples(help, hasColor(error ? isTerminal.err : isTerminal.out) ? colored : plain),
      );
    }
    for (const below of command.commands) add(below, [...path, below.name()]);
  };
  add(program, []);
}

/** The examples of a command. */
export function examplesOf(path: string): CommandHelp["examples"] {
  return COMMAND_HELP[path]?.examples ?? [];
}

function printArgument(argument: Command["registeredArguments"][number]): string {
  const shown = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${shown}>` : `[${shown}]`;
}

function printExamples({ examples }: CommandHelp, paint: Paint): string {
  const lines = examples.flatMap(([call, does]) => [`  ${paint("dim", `# ${does}`)}`, `  ${call}`]);
  return ["", paint("bold", examples.length === 1 ? "Example:" : "Examples:"), ...lines].join("\n");
}
