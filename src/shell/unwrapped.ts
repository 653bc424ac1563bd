import type { Field } from "./scope.ts";
import type { ShellOptions } from "./shell-options.ts";
import type { Value } from "./value.ts";

/** What a command comes down to, without what only starts it: `sudo -u ci env A=b bash -c '…'`. */
export interface Unwrapped {
  /** Outermost first. */
  readonly wrappers: readonly Wrapper[];
  readonly run: Run;
}

export interface Wrapper {
  readonly name: string;
  /** `sudo -u` */
  readonly user?: Value;
  /** What becomes of the variables: `sudo` without `-E` and `env -i` clear them. */
  readonly environment: "kept" | "cleared";
  /** Those that stay when the others are cleared: `sudo --preserve-env=A,B`. */
  readonly keeps: readonly string[];
  readonly sets: readonly { readonly name: string; readonly value: Value }[];
  readonly unsets: readonly string[];
  /** `env -C`, `sudo -D` */
  readonly directory?: Value;
}

export type Run =
  /** A program, a builtin or a function; without a field there is nothing to run: `exec > log`, `env`. */
  | { readonly kind: "program"; readonly fields: readonly Field[] }
  /** `bash -c text` */
  | (ShellRun & { readonly kind: "inline"; readonly text: Value })
  /** `bash file` */
  | (ShellRun & { readonly kind: "file"; readonly path: Value })
  /** `bash -s`, `bash <<EOF`, `curl … | sh` */
  | (ShellRun & { readonly kind: "input" })
  /** `eval text`: in this shell. */
  | { readonly kind: "eval"; readonly text: Value }
  /** `source file`, `. file`: in this shell; without arguments its own stay. */
  | { readonly kind: "source"; readonly path: Value; readonly positional: readonly Field[] }
  /** `docker run … git push`, `ssh host git push`: with other files, or with other variables. */
  | {
      readonly kind: "elsewhere";
      readonly reason: string;
      /** The arguments: the command is among them. */
      readonly fields: readonly Field[];
      /** With the program's own name. */
      readonly all: readonly Field[];
    }
  /** `command -v git`: nothing is run. */
  | { readonly kind: "lookup" }
  | { readonly kind: "unknown"; readonly reason: string };

interface ShellRun {
  readonly shell: "bash" | "sh";
  readonly options: ShellOptions;
  /** `$1`, `$2`, … */
  readonly positional: readonly Field[];
}
