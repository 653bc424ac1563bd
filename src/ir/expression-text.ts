/** Whether a text holds a `${{`. */
export function hasExpression(text: string): boolean {
  return text.includes("${{");
}

/** Whether a text is one `${{ … }}` and nothing else, so that it can stand for a whole mapping or sequence. */
export function isWholeExpression(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith("${{") && trimmed.endsWith("}}");
}
