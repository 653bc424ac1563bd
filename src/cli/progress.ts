import type { Settings } from "./settings.ts";

/** Shows on a terminal's standard error what takes its time, and takes it away again. Silent in a pipe. */
export async function withProgress<T>({ io, quiet }: Settings, what: string, work: () => Promise<T>): Promise<T> {
  if (quiet || !io.isTerminal.err || io.env["CI"]) return work();
  io.err(`${what} …`);
  try {
    return await work();
  } finally {
    // Back to the line's begin, and clear it: ECMA-48, EL.
    io.err("\r\u001b[2K");
  }
}
