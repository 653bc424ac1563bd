import type { CompletedCommand, CompletedOption } from "./command-tree.ts";

/** A completion for bash. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const options = [
    ...new Map(commands.flatMap((command) => command.options).map((option) => [option.names.join(), option])).values(),
  ];
  const valued = options.filter(({ value }) => value !== undefined);
  return `# flowkeep's completion for bash. In ~/.bashrc:  eval "$(flowkeep completion bash)"
_flowkeep() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} path= word at skip= options= words=
  # bash takes --format=json for three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  case $prev in
${valued.map(completeValue).join("\n")}
  esac
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    if [[ $skip ]]; then
      skip=
      [[ $word == = ]] && skip=1
      continue
    fi
    case $word in
      ${valued.flatMap(({ names }) => names).join(" | ")}) skip=1 ;;
      -*) ;;
      *)
        case "$path $word" in
          ${commands.flatMap(({ path }) => (path.length === 0 ? [] : [pattern(path)])).join(" | ")}) path="$path $word" ;;
        esac
        ;;
    esac
  done
  case $path in
${commands.map(completeCommand).join("\n")}
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}
complete -o bashdefault -o default -F _flowkeep flowkeep
`;
}

function completeValue({ names, value }: CompletedOption): string {
  const words = value?.kind === "words" ? value.words.join(" ") : undefined;
  const reply =
    words !== undefined
      ? `COMPREPLY=($(compgen -W "${words}" -- "$cur"))`
      : value?.kind === "folder"
        ? `COMPREPLY=($(compgen -d -- "$cur"))`
        : "COMPREPLY=()";
  return `    ${names.join(" | ")})\n      ${reply}\n      return\n      ;;`;
}

/** As the words of a command are gathered: each with a space before it. */
function pattern(path: readonly string[]): string {
  return `"${path.map((word) => ` ${word}`).join("")}"`;
}

function completeCommand({ path, options, words }: CompletedCommand): string {
  const names = options.flatMap((option) => option.names.filter((name) => name.startsWith("--")));
  return `    ${pattern(path)})
      options="${names.join(" ")}"
      words="${words.map(({ word }) => word).join(" ")}"
      ;;`;
}
