import type { Settings } from "./settings.ts";

/** Shows on a terminal's standard error what takes its time, and takes it away again. Silent in a pipe. */
export async function withProgress<T>(
  { io, quiet }: Settings,
  what: string,
  work: (say: (what: string) => void) => Promise<T>,
): Promise<T> {
  if (quiet || !io.isTerminal.err || io.env["CI"]) return work(() => undefined);
  // Back to the line's begin, and clear it: ECMA-48, EL.
  const clear = "\r\u001b[2K";
  const say = (what: string): void => io.err(`${clear}${what} …`);
  say(what);
  try {
    return await work(say);
  } finally {
    io.err(clear);
  }
}
