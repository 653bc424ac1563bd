/** A text for HTML and XML, as content or in quotes: what is in it can never become markup. */
export function escape(text: string): string {
  return replaceInvalid(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Half surrogate pairs, and what XML has no place for, not even as references: w3.org/TR/xml, Char. */
export function replaceInvalid(text: string): string {
  return text
    .replace(/[\uD800-\uDFFF]/gu, "\uFFFD")
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD");
}

/** JSON for a `<script>` element: no text in it can end the element or begin a comment. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
