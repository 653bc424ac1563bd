/** A text that others wrote: nothing in it may become a link, a picture, a mention or a row of its own. */
export function escapeMarkdown(text: string): string {
  return text
    .trim()
    .replace(/[\\`*_{}[\]<>()#|!~@]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\s*\n\s*/g, "<br>");
}
