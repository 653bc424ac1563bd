/** More than this are forgotten, all at once: who watches a folder runs for days. */
const MOST = 2000;

/**
 * The same function, which works each text out once: workflows say the same few things in many places. What it gives is shared,
 * so nobody may change it.
 *
 * @example
 * export const parseUses = remember((text: string): UsesRef => …);
 */
export function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = work(text);
    if (known.size >= MOST) known.clear();
    known.set(text, found);
    return found;
  };
}
