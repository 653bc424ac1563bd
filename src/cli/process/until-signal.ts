const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Does something that has to clean up when it is cancelled. A signal cancels it, and the process ends when that is done.
 *
 * @returns what it came to, or the exit code that shells know for the signal
 */
export async function untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | number> {
  const cancelled = new AbortController();
  let received: keyof typeof SIGNALS | undefined;
  const cancel = (signal: NodeJS.Signals): void => {
    received ??= (Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]).find((name) => name === signal);
    cancelled.abort();
  };
  for (const name of Object.keys(SIGNALS)) process.on(name, cancel);
  try {
    return await work(cancelled.signal);
  } catch (error) {
    if (received === undefined) throw error;
    return 128 + SIGNALS[received];
  } finally {
    for (const name of Object.keys(SIGNALS)) process.off(name, cancel);
  }
}
