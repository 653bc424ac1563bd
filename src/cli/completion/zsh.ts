import type { CompletedCommand, CompletedOption } from "./command-tree.ts";

/** A completion for zsh. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef flowkeep
# flowkeep's completion for zsh. In ~/.zshrc, after compinit:  eval "$(flowkeep completion zsh)"
${commands.map((command) => completeCommand(command, commands)).join("\n")}
if [[ $funcstack[1] == _flowkeep ]]; then
  _flowkeep "$@"
else
  compdef _flowkeep flowkeep
fi
`;
}

function completeCommand(command: CompletedCommand, all: readonly CompletedCommand[]): string {
  const { path, words, options, takesFiles } = command;
  const below = all.filter(
    (other) => other.path.length === path.length + 1 && path.every((word, at) => other.path[at] === word),
  );
  const specs = options.flatMap(optionSpecs);
  const described = words.map(({ word, description }) =>
    quote(`${word}${description === "" ? "" : `:${description}`}`),
  );
  if (below.length > 0) {
    return `${functionOf(path)}() {
  local curcontext=$curcontext state line
  _arguments -C \\
    ${[...specs, "'1:command:->command'", "'*::argument:->argument'"].join(" \\\n    ")}
  case $state in
    command)
      local -a commands=(${described.join("\n        ")})
      _describe command commands
      ;;
    argument)
      case $words[1] in
${below.map((other) => `        ${other.path.at(-1) ?? ""}) ${functionOf(other.path)} ;;`).join("\n")}
      esac
      ;;
  esac
}`;
  }
  const choices =
    words.length > 0 ? [quote(`1:${path.at(-1) ?? ""}:(${words.map(({ word }) => word).join(" ")})`)] : [];
  const files = takesFiles ? ["'*:file:_files'"] : [];
  return `${functionOf(path)}() {
  _arguments \\
    ${[...specs, ...choices, ...files].join(" \\\n    ")}
}`;
}

function functionOf(path: readonly string[]): string {
  return ["_flowkeep", ...path].join("_");
}

function optionSpecs({ names, description, value }: CompletedOption): readonly string[] {
  const meaning = description.replaceAll(/[[\]\\]/g, "\\$&");
  const taken =
    value === undefined
      ? ""
      : `:${value.name}:${value.kind === "words" ? `(${value.words.join(" ")})` : value.kind === "file" ? "_files" : value.kind === "folder" ? "_files -/" : ""}`;
  const others = names.length > 1 ? `(${names.join(" ")})` : "";
  // A long option's value may stand behind an equals sign.
  return names.map((name) =>
    quote(`${others}${name}${value !== undefined && name.startsWith("--") ? "=" : ""}[${meaning}]${taken}`),
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
