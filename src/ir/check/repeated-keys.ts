import type { Entry, Scalar } from "../node.ts";

/** Up to here, searching a list is faster than making a table. */
const FEW = 12;

/** Keys that repeat one above, and the one above; undefined where none does. GitHub compares keys without regard to case. */
export function repeatedKeys(entries: readonly Entry[]): ReadonlyMap<Scalar, Scalar> | undefined {
  const folded = entries.map(({ key }) => key.text.toLowerCase());
  if (folded.length <= FEW && folded.every((text, at) => folded.indexOf(text) === at)) return undefined;
  const repeats = new Map<Scalar, Scalar>();
  const seen = new Map<string, Scalar>();
  entries.forEach(({ key }, at) => {
    const text = folded[at] ?? "";
    const first = seen.get(text);
    if (first === undefined) seen.set(text, key);
    else repeats.set(key, first);
  });
  return repeats;
}
