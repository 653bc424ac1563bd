import { holesIn, type Hole, type HoledText } from "./holes.ts";
import type { Part, TildePart } from "./word.ts";
import { unknown } from "./value.ts";

/**
 * Which backslashes are gone when bash is done with a text: bash(1), QUOTING. In `"${x:-…}"` a backslash also hides `}`.
 */
export type Quoting = "bare" | "double" | "double-operand" | "heredoc" | "heredoc-tabs" | "single" | "single-tabs";

const ESCAPABLE: Readonly<Record<Exclude<Quoting, "bare" | "single" | "single-tabs">, string>> = {
  double: '$`"\\\n',
  "double-operand": '$`"\\\n}',
  heredoc: "$`\\\n",
  "heredoc-tabs": "$`\\\n",
};

/** `$\⏎NAME`: bash joins the lines and expands `$NAME`, where unbash sees a dollar and a text. */
const BROKEN_EXPANSION = /(?<!\\)(?:\\\\)*\$(?:\\\n)+[\w({@*#?!$'"-]/;

/** The parts of a text that has no expansions of the shell's, only holes. */
export function literalParts(
  { masked, holes }: HoledText,
  start: number,
  end: number,
  quoting: Quoting,
): readonly Part[] {
  const quoted = quoting !== "bare";
  const parts: Part[] = [];
  const addText = (from: number, to: number): void => {
    if (from === to) return;
    if (!quoting.startsWith("single") && BROKEN_EXPANSION.test(masked.slice(from, to))) {
      parts.push({ kind: "value", start: from, end: to, quoted, value: unknown("an expansion broken over two lines") });
      return;
    }
    const text = decode(masked, from, to, quoting);
    // What was only a joined line is no word: `{,}\⏎`.
    if (text !== "" || quoted) parts.push({ kind: "literal", start: from, end: to, quoted, text });
  };
  let at = start;
  for (const hole of holesIn(holes, start, end)) {
    addText(at, hole.start);
    parts.push(holePart(hole, quoted));
    at = hole.end;
  }
  addText(at, end);
  return parts;
}

export function holePart(hole: Hole, quoted: boolean): Part {
  const { start, end } = hole;
  if (hole.kind === "value") return { kind: "value", start, end, quoted, value: hole.value };
  return { kind: "expression", start, end, quoted, text: hole.text, expression: hole.expression };
}

function decode(source: string, start: number, end: number, quoting: Quoting): string {
  let text = source.slice(start, end);
  if (quoting.endsWith("tabs")) {
    // `<<-` takes the tabs from the beginning of each line.
    const isLineStart = start === 0 || source[start - 1] === "\n";
    text = text.replace(/(^|\n)\t+/g, (tabs, before: string, at: number) => (at > 0 || isLineStart ? before : tabs));
  }
  if (quoting === "single" || quoting === "single-tabs" || !text.includes("\\")) return text;
  if (quoting === "bare") return text.replace(/\\([^]?)/g, (_, next: string) => (next === "\n" ? "" : next));
  const escapable = ESCAPABLE[quoting];
  return text.replace(/\\([^]?)/g, (both, next: string) => {
    if (next === "\n") return "";
    return next !== "" && escapable.includes(next) ? next : both;
  });
}

/** Takes `~` and `~user` off the beginning of a word. */
export function splitTilde(source: string, parts: readonly Part[]): readonly Part[] {
  const [first, ...others] = parts;
  if (first?.kind !== "literal" || first.quoted || !first.text.startsWith("~")) return parts;
  const raw = source.slice(first.start, first.end);
  const tilde = /^~[\w.+-]*/.exec(raw)?.[0] ?? "";
  const isWhole = tilde.length === raw.length && others.length === 0;
  if (tilde === "" || (!isWhole && raw[tilde.length] !== "/")) return parts;
  const end = first.start + tilde.length;
  const part: TildePart = { kind: "tilde", start: first.start, end, quoted: false, user: tilde.slice(1) };
  if (isWhole) return [part];
  return [part, { ...first, start: end, text: first.text.slice(tilde.length) }, ...others];
}
