/**
 * A template literal whose text begins below the opening backtick holds what YAML's `|` would: without that line break and without the
 * indentation that all its lines share.
 */
export function blockText(text: string): string {
  return /^[ \t]*\n/.test(text) && /\S/.test(text) && !/\n\S/.test(text) ? (unindent([text])[0] ?? text) : text;
}

/** Takes off the indentation that all lines share, the first line break and the space before the closing backtick. */
export function unindent(literals: readonly string[]): readonly string[] {
  const first = literals[0] ?? "";
  if (!/^[ \t]*\n/.test(first)) return literals;
  // Lines begin after a line break in a literal; a gap is content.
  const depths = literals.flatMap((literal, at) => {
    const last = at === literals.length - 1;
    return [...literal.matchAll(/\n([ \t]*)(?=[^\s]|$)/g)].flatMap(({ 0: whole, 1: indent = "", index }) => {
      const atEnd = index + whole.length === literal.length;
      return atEnd && last ? [] : [indent.length];
    });
  });
  const depth = depths.length === 0 ? 0 : Math.min(...depths);
  const shared = new RegExp(`\\n[ \\t]{0,${depth}}`, "g");
  return literals.map((literal, at) => {
    let text = literal.replace(shared, "\n");
    if (at === 0) text = text.replace(/^[ \t]*\n/, "");
    if (at === literals.length - 1) text = text.replace(/\n[ \t]*$/, "\n");
    return text;
  });
}
