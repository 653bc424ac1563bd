import type { Settings } from "./settings.ts";

/** Back to the line's begin, and clear it: ECMA-48, EL. */
export const CLEAR_LINE = "\r\u001b[2K";

/** Whether somebody looks on. */
export function showsProgress({ io, quiet }: Pick<Settings, "io" | "quiet">): boolean {
  return !quiet && io.isTerminal.err && !io.env["CI"];
}

/** Shows on a terminal's standard error what takes its time, and takes it away again. Silent in a pipe. */
export async function withProgress<T>(
  settings: Settings,
  what: string,
  work: (say: (what: string) => void) => Promise<T>,
): Promise<T> {
  if (!showsProgress(settings)) return work(() => undefined);
  const { io } = settings;
  const say = (what: string): void => io.err(`${CLEAR_LINE}${what} …`);
  say(what);
  try {
    return await work(say);
  } finally {
    io.err(CLEAR_LINE);
  }
}
