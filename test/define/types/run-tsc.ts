import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../../", import.meta.url));

export interface Diagnostic {
  /** As tsc prints it: from the folder it ran in. */
  readonly file: string;
  readonly line: number;
  /** All lines of the message. */
  readonly message: string;
}

export interface TscRun {
  readonly diagnostics: readonly Diagnostic[];
  readonly output: string;
}

/** Runs TypeScript's compiler in a folder, on the project there. */
export function runTsc(folder: string, ...options: string[]): Promise<TscRun> {
  const tsc = `${repository}node_modules/typescript/lib/tsc.js`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tsc, "--pretty", "false", ...options],
      { cwd: folder, maxBuffer: 1 << 28 },
      (_, stdout, stderr) => resolve({ diagnostics: parseDiagnostics(stdout), output: stdout + stderr }),
    );
  });
}

function parseDiagnostics(output: string): Diagnostic[] {
  const found: { file: string; line: number; message: string }[] = [];
  for (const text of output.split("\n")) {
    const start = /^(.+?)\((\d+),\d+\): error (.*)$/.exec(text);
    const last = found.at(-1);
    if (start !== null) found.push({ file: start[1] ?? "", line: Number(start[2]), message: start[3] ?? "" });
    else if (last !== undefined && text.startsWith(" ")) last.message += `\n${text}`;
  }
  return found;
}
