import type { Io } from "../io.ts";

/** Back to the line's begin, and clear it: ECMA-48, EL. */
export const CLEAR_LINE = "\r\u001b[2K";

interface Screen {
  readonly io: Io;
  readonly quiet: boolean;
}

/** Whether somebody looks on. */
export function showsProgress({ io, quiet }: Screen): boolean {
  return !quiet && io.isTerminal.err && !io.env["CI"];
}

/** Shows on a terminal's standard error what takes its time, and takes it away again. Silent in a pipe. */
export async function withProgress<T>(
  screen: Screen,
  what: string,
  work: (say: (what: string) => void) => Promise<T>,
): Promise<T> {
  if (!showsProgress(screen)) return work(() => undefined);
  const { io } = screen;
  const say = (what: string): void => io.err(`${CLEAR_LINE}${what} …`);
  say(what);
  try {
    return await work(say);
  } finally {
    io.err(CLEAR_LINE);
  }
}
