/** What is found of each object once, and kept as long as the object. */
export function onceEach<K extends object, T>(find: (file: K) => T): (file: K) => T {
  const known = new WeakMap<K, { readonly found: T }>();
  return (file) => {
    const { found } = known.get(file) ?? { found: find(file) };
    known.set(file, { found });
    return found;
  };
}
