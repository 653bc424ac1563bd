/**
 * The same function, which works each text out once: workflows say the same few things in many places. What it gives is shared,
 * so nobody may change it.
 *
 * @param most where there are more texts than this, all are forgotten: who watches a folder runs for days
 * @example
 * export const parseUses = remember((text: string): UsesRef => …);
 */
export function remember<T>(work: (text: string) => T, most = 10_000): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = work(text);
    if (known.size >= most) known.clear();
    known.set(text, found);
    return found;
  };
}
