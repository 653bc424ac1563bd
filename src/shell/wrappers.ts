/** How a program that starts another is written. */
export interface WrapperSyntax {
  /** Letters whose option takes a value: `-u ci`, `-uci`. */
  readonly lettersWithValue: string;
  /** Long options whose value may be the next argument. */
  readonly longWithValue: readonly string[];
  /** What options mean. */
  readonly names: Readonly<Record<string, OptionMeaning>>;
  /** Arguments of its own in front of the command: the duration of `timeout`. */
  readonly operands: number;
  /** Takes `NAME=value` in front of the command. */
  readonly takesVariables: boolean;
  /** Variables that it gives to the command. */
  readonly sets?: Readonly<Record<string, string>>;
  /** Without a command it is a program of its own. */
  readonly isProgram?: boolean;
  /** Clears the environment unless told otherwise. */
  readonly clears: boolean;
}

type OptionMeaning = "user" | "unset" | "directory" | "clear" | "preserve" | "preserve-all" | "replace" | "split";

function syntax(lettersWithValue: string, more: Partial<WrapperSyntax> = {}): WrapperSyntax {
  const none = { longWithValue: [], names: {}, operands: 0, takesVariables: false, clears: false };
  return { lettersWithValue, ...none, ...more };
}

/** Programs and builtins that run the command which follows. Source: their manual pages. */
export const WRAPPERS: Readonly<Record<string, WrapperSyntax>> = {
  sudo: syntax("ughpCrtTUDR", {
    longWithValue: ["--user", "--group", "--host", "--prompt", "--chdir", "--chroot", "--role", "--type"],
    names: {
      "-u": "user",
      "--user": "user",
      "-D": "directory",
      "--chdir": "directory",
      "-E": "preserve-all",
      "--preserve-env": "preserve",
    },
    takesVariables: true,
    clears: true,
  }),
  env: syntax("uCS", {
    longWithValue: ["--unset", "--chdir", "--split-string"],
    names: {
      "-i": "clear",
      "--ignore-environment": "clear",
      "-u": "unset",
      "--unset": "unset",
      "-C": "directory",
      "--chdir": "directory",
      "-S": "split",
      "--split-string": "split",
    },
    takesVariables: true,
  }),
  command: syntax(""),
  builtin: syntax(""),
  exec: syntax("a"),
  nohup: syntax(""),
  time: syntax("fo", { longWithValue: ["--format", "--output"] }),
  timeout: syntax("ks", { longWithValue: ["--kill-after", "--signal"], operands: 1 }),
  nice: syntax("n", { longWithValue: ["--adjustment"] }),
  ionice: syntax("cn", { longWithValue: ["--class", "--classdata"] }),
  stdbuf: syntax("ioe", { longWithValue: ["--input", "--output", "--error"] }),
  // ssh-agent(1): the command gets an agent, which ends with it.
  "ssh-agent": syntax("aEPtO", { sets: { SSH_AUTH_SOCK: "/tmp/ssh-agent.sock" }, isProgram: true }),
  setsid: syntax(""),
  chrt: syntax("TPD", { operands: 1 }),
  taskset: syntax("", { operands: 1 }),
  unbuffer: syntax(""),
  catchsegv: syntax(""),
  "xvfb-run": syntax("efnpsw", { longWithValue: ["--error-file", "--auth-file", "--server-num", "--server-args"] }),
  flock: syntax("wE", { longWithValue: ["--timeout", "--wait", "--conflict-exit-code"], operands: 1 }),
  retry: syntax("tdms", { longWithValue: ["--times", "--delay", "--min", "--max", "--until", "--while", "--fail"] }),
  xargs: syntax("IEdnLPsa", {
    longWithValue: ["--max-args", "--max-procs", "--max-lines", "--delimiter", "--arg-file", "--max-chars"],
    names: { "-I": "replace", "--replace": "replace" },
  }),
};
