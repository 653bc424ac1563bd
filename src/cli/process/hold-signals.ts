import { endProcess } from "./end-process.ts";

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

let isEnding = false;

/** The process is about to end by an error: what would still be written is not. */
export function writeNoMore(): void {
  isEnding = true;
}

/**
 * Does something that must not be left half done. A signal that arrives meanwhile ends the process afterwards, with the exit
 * code that shells know.
 */
export async function holdSignals<T>(work: () => T | Promise<T>): Promise<T> {
  if (isEnding) await new Promise(() => {});
  let received: keyof typeof SIGNALS | undefined;
  const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
  const hold = (signal: NodeJS.Signals) => {
    received = names.find((name) => name === signal);
  };
  for (const name of names) process.on(name, hold);
  try {
    const result = await work();
    // Signals are delivered by the event loop: one turn of it brings what has arrived.
    await new Promise((resolve) => setImmediate(resolve));
    return result;
  } finally {
    for (const name of names) process.off(name, hold);
    if (received !== undefined) endProcess(128 + SIGNALS[received]);
  }
}
