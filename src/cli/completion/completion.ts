import type { Command } from "commander";
import { ALL_RULES } from "../../rules/all-rules.ts";
import type { Io } from "../io.ts";
import { bashCompletion } from "./bash.ts";
import { readCommandTree, type CompletedCommand } from "./command-tree.ts";
import { fishCompletion } from "./fish.ts";
import type { SHELLS } from "./shells.ts";
import { zshCompletion } from "./zsh.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const satisfies Record<
  (typeof SHELLS)[number],
  (commands: readonly CompletedCommand[]) => string
>;

/** `flowkeep completion`: a script that makes a shell complete the program's commands and options. */
export function completion(io: Io, program: Command, shell: (typeof SHELLS)[number]): number {
  const rules = ALL_RULES.map(({ id }) => id);
  io.out(SCRIPTS[shell](readCommandTree(program, new Map([["explain", rules]]))));
  return 0;
}
