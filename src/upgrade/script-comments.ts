import { parseScript } from "../shell/parse-script.ts";

/** The comments of a script, without `#`: those on lines of their own, and those behind commands. */
export function scriptComments(text: string, message = ""): readonly string[] {
  const script = parseScript(text);
  if (script.kind === "unreadable") return [];
  const found: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    // A `#` in a text is none, and the only text of several lines is the commit's message.
    const own = /^\s*#(.*)$/.exec(line)?.[1];
    const comment = own ?? /\S\s+#([^"']*)$/.exec(line)?.[1];
    if (comment === undefined || (index === 0 && comment.startsWith("!")) || message.includes(line)) continue;
    found.push(comment.replace(/^ /, "").trimEnd());
  }
  return found;
}
