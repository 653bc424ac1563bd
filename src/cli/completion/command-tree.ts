import type { Argument, Command, Option } from "commander";

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** The words that name it: `actions add`; none for flowkeep itself. */
  readonly path: readonly string[];
  readonly description: string;
  /** Its own options and those of every command. */
  readonly options: readonly CompletedOption[];
  /** The commands below it, or what its first argument can be. */
  readonly words: readonly CompletedWord[];
  readonly takesFiles: boolean;
}

export interface CompletedWord {
  readonly word: string;
  readonly description: string;
}

export interface CompletedOption {
  /** `-w`, `--watch` */
  readonly names: readonly string[];
  readonly description: string;
  readonly value: CompletedValue | undefined;
}

export type CompletedValue =
  | { readonly kind: "file" | "folder" | "text"; readonly name: string }
  | { readonly kind: "words"; readonly name: string; readonly words: readonly string[] };

/** What a program's commands and options are, so that no completion can say anything else. */
export function readCommandTree(
  program: Command,
  more: ReadonlyMap<string, readonly string[]>,
): readonly CompletedCommand[] {
  const global = program.options.map(completedOption);
  const read = (command: Command, path: readonly string[]): readonly CompletedCommand[] => {
    const help = { names: ["-h", "--help"], description: "print what a command does", value: undefined };
    const own = command === program ? [] : command.options.map(completedOption);
    return [
      {
        path,
        description: summaryOf(command),
        options: [...own, help, ...global],
        words: wordsOf(command, more.get(path.join(" ")) ?? []),
        takesFiles: command.registeredArguments.some(takesFiles),
      },
      ...command.commands.flatMap((below) => read(below, [...path, below.name()])),
    ];
  };
  return read(program, []);
}

function wordsOf(command: Command, more: readonly string[]): readonly CompletedWord[] {
  const choices = command.registeredArguments[0]?.argChoices ?? [];
  return [
    ...command.commands.map((below) => ({ word: below.name(), description: summaryOf(below) })),
    ...[...choices, ...more].map((word) => ({ word, description: "" })),
  ];
}

function summaryOf(command: Command): string {
  return command.summary() || command.description();
}

function completedOption({ short, long, description, required, argChoices, flags }: Option): CompletedOption {
  const names = [short, long].filter((name) => name !== undefined && name !== null);
  const name = /<([^>]+)>/.exec(flags)?.[1] ?? "";
  const value = required ? completedValue(name, argChoices) : undefined;
  return { names, description, value };
}

function completedValue(name: string, choices: readonly string[] | undefined): CompletedValue {
  if (choices !== undefined) return { kind: "words", name, words: choices };
  return { kind: name === "file" || name === "folder" ? name : "text", name };
}

function takesFiles(argument: Argument): boolean {
  return argument.name() === "paths" || argument.name() === "file";
}
