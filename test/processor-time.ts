/** Milliseconds of the processor since then: on a busy machine they are as many as on an idle one, which a clock's are not. */
export function startProcessorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
