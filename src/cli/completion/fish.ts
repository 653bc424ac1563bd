import type { CompletedCommand, CompletedOption } from "./command-tree.ts";

/** A completion for fish. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter(({ path }) => path.length > 0).map(({ path }) => quote(path.join(" ")));
  const options = commands.flatMap((command) => command.options).filter(({ value }) => value !== undefined);
  const valued = [...new Set(options.flatMap(({ names }) => names))];
  return `# flowkeep's completion for fish:  flowkeep completion fish > ~/.config/fish/completions/flowkeep.fish
function __flowkeep_is_at
  set -l path ''
  set -l skip ''
  for word in (commandline -opc)[2..-1]
    if test -n "$skip"
      set skip ''
      continue
    end
    switch $word
      case ${valued.join(" ")}
        set skip 1
      case '-*'
      case '*'
        set -l longer (string trim "$path $word")
        contains -- $longer ${paths.join(" ")}
        and set path $longer
    end
  end
  test "$path" = "$argv[1]"
end

complete -c flowkeep -f
${commands.flatMap(completeCommand).join("\n")}
`;
}

function completeCommand({ path, options, words, takesFiles }: CompletedCommand): readonly string[] {
  const start = `complete -c flowkeep -n ${quote(`__flowkeep_is_at '${path.join(" ")}'`)}`;
  return [
    ...words.map(({ word, description }) => `${start} -a ${word}${described(description)}`),
    ...(takesFiles ? [`${start} -F`] : []),
    ...options.map((option) => `${start} ${optionFlags(option)}`),
  ];
}

function optionFlags({ names, description, value }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...flags, ...valueFlags(value)].join(" ") + described(description);
}

function valueFlags(value: CompletedOption["value"]): readonly string[] {
  switch (value?.kind) {
    case undefined:
      return [];
    case "file":
      return ["-r", "-F"];
    case "folder":
      return ["-x", "-a", quote("(__fish_complete_directories)")];
    case "text":
      return ["-x"];
    case "words":
      return ["-x", "-a", quote(value.words.join(" "))];
  }
}

function described(description: string): string {
  return description === "" ? "" : ` -d ${quote(description)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
}
