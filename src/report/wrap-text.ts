/** Breaks a text at spaces into lines of at most `width` characters. A word that is longer stays whole: paths can be copied. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((word) => word !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** The wrapped text behind a label, with the later lines below its begin. */
export function hang(label: string, text: string, width: number): string {
  const indent = " ".repeat(label.length);
  const lines = wrapText(text, Math.max(20, width - label.length));
  return lines.map((line, at) => `${at === 0 ? label : indent}${line}`).join("\n");
}

/** The text, cut to a width: `coverage-re…`. */
export function cutText(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
