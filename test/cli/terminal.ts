import { spawn, spawnSync } from "node:child_process";
import { CLI, quietEnv, type ProjectFolder } from "./project-folder.ts";

// util-linux's `script` gives a program a terminal of its own; BSD's takes other arguments.
export const hasTerminal =
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;

export interface Terminal {
  /** Waits until the command has said something since the last time. */
  readonly says: (words: string) => Promise<void>;
  readonly type: (keys: string) => void;
  /** Its exit code, and all that it said. */
  readonly ends: () => Promise<{ readonly code: number | null; readonly said: string }>;
}

/** Runs the command on a terminal, where it may ask and where keys are signals. */
export function startInTerminal(project: ProjectFolder, args: readonly string[]): Terminal {
  const command = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
    cwd: project.root,
    env: { ...quietEnv(), TERM: "xterm" },
  });
  let said = "";
  let heard = 0;
  let wake = (): void => {};
  child.stdout.on("data", (chunk: Buffer) => {
    said += String(chunk);
    wake();
  });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    async says(words) {
      for (let at = -1; ;) {
        at = said.indexOf(words, heard);
        if (at >= 0) {
          heard = at + words.length;
          return;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    type: (keys) => void child.stdin.write(keys),
    async ends() {
      const code = await closed;
      return { code, said };
    },
  };
}

export const CTRL_C = "\u0003";
export const CTRL_D = "\u0004";
