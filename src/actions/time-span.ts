const SECONDS = { h: 3_600, d: 86_400, w: 604_800 } as const;

/** Reads `12h`, `7d`, `2w`, or `0`, as seconds. */
export function parseSpan(text: string): number | undefined {
  if (text === "0") return 0;
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * SECONDS[unit as keyof typeof SECONDS];
}
