const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Does something that must not be left half done. A signal that arrives meanwhile ends the process afterwards, with the exit
 * code that shells know.
 */
export async function holdSignals<T>(work: () => T | Promise<T>): Promise<T> {
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
    if (received !== undefined) process.exit(128 + SIGNALS[received]);
  }
}
