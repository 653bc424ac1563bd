/** What goes into an element: texts are never markup. */
export type Content = Node | string | undefined | readonly Content[];

/** Makes an element. Attributes that are undefined are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  append(made, content);
  return made;
}

function append(to: HTMLElement, content: Content): void {
  if (content === undefined) return;
  if (typeof content === "string" || content instanceof Node) to.append(content);
  else for (const part of content) append(to, part);
}
