/** What a shell is started with, or `set` changes, as far as it decides which commands run. */
export interface ShellOptions {
  /** `-e`: ends at the first command that fails. */
  readonly errexit: boolean;
  /** `-u`: ends where a variable is used that is not set. */
  readonly nounset: boolean;
  /** `-o pipefail`: a pipeline fails when any of its commands does. */
  readonly pipefail: boolean;
  /** `-x`: prints each command, with its secrets. */
  readonly xtrace: boolean;
  /** `-n`: reads and does not run. */
  readonly noexec: boolean;
  /** `-a`: every variable that is set is exported. */
  readonly allexport: boolean;
  /** `shopt -s expand_aliases` */
  readonly aliases: boolean;
}

export const NO_OPTIONS: ShellOptions = {
  errexit: false,
  nounset: false,
  pipefail: false,
  xtrace: false,
  noexec: false,
  allexport: false,
  aliases: false,
};

const LETTERS: Readonly<Record<string, keyof ShellOptions>> = {
  e: "errexit",
  u: "nounset",
  x: "xtrace",
  n: "noexec",
  a: "allexport",
};

export interface ReadOptions {
  readonly options: ShellOptions;
  /** Arguments from here on are no options. */
  readonly rest: number;
  /** `-c` */
  readonly isCommand: boolean;
  /** `-s` */
  readonly isInput: boolean;
}

/**
 * Reads the options of `bash`, `sh` and `set`: `-euo pipefail`, `+e`, `--norc`. An argument that is not known (undefined) ends
 * them.
 */
export function readShellOptions(
  args: readonly (string | undefined)[],
  before: ShellOptions = NO_OPTIONS,
): ReadOptions {
  const made: { -readonly [K in keyof ShellOptions]: boolean } = { ...before };
  let [isCommand, isInput] = [false, false];
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at];
    if (arg === "--" || arg === "-") {
      at++;
      break;
    }
    if (arg?.startsWith("--")) {
      if (arg === "--rcfile" || arg === "--init-file") at++;
      continue;
    }
    if (arg === undefined || !/^[-+][A-Za-z]+$/.test(arg)) break;
    const isOn = arg.startsWith("-");
    for (const letter of arg.slice(1)) {
      const option = LETTERS[letter];
      if (option !== undefined) made[option] = isOn;
      else if (letter === "o") {
        const name = args[++at];
        if (isOptionName(name)) made[name] = isOn;
      } else if (letter === "O") at++;
      else if (letter === "c") isCommand = true;
      else if (letter === "s") isInput = true;
    }
  }
  return { options: made, rest: Math.min(at, args.length), isCommand, isInput };
}

function isOptionName(name: string | undefined): name is keyof ShellOptions {
  return name !== undefined && Object.hasOwn(NO_OPTIONS, name);
}
