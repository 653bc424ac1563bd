import type { Io } from "../io.ts";

/**
 * Seconds that sources may run where nobody said: on a terminal and in CI a minute. Elsewhere for ever, because keeping the time
 * costs 30 ms of the processor, which a script that calls flowkeep often does not want to pay.
 */
export function defaultTimeLimit({ env, isTerminal }: Pick<Io, "env" | "isTerminal">): number {
  return isTerminal.err || env["CI"] ? 60 : 0;
}
