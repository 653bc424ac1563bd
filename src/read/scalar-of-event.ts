import { getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { scalarText, type Scalar, type ScalarStyle } from "../ir/node.ts";
import type { SourceFile } from "../ir/span.ts";
import { blockEnd, literalText } from "./block-text.ts";
import { Doubt } from "./doubt.ts";
import type { GapReader } from "./gap-reader.ts";
import { plainValue } from "./plain-value.ts";
import { isTooLarge } from "./tagged-scalar.ts";
import { nullNode } from "./value-nodes.ts";

/** Reads a scalar, and what stands before it. @throws Doubt */
export function scalarOf(event: ScalarEvent, anchor: string | undefined, file: SourceFile, gaps: GapReader): Scalar {
  const { text: whole } = file;
  const { valueStart, valueEnd, style, fast } = event;
  if (valueStart < 0) {
    // Which of the spaces and comments behind an anchor are before the value?
    if (anchor !== undefined) throw new Doubt();
    return nullNode(file, gaps.spaces());
  }
  if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK)
    return blockOf(event, anchor, file, gaps);
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  const start = isQuoted ? valueStart - 1 : valueStart;
  const end = isQuoted ? valueEnd + 1 : valueEnd;
  const { length } = gaps.comments;
  gaps.to(start);
  // `yaml` may take the next line's key for a part of a scalar that a comment parts from its own key.
  if (gaps.comments.length > length) throw new Doubt();
  const written = whole.slice(valueStart, valueEnd);
  const hasLines = !fast && written.includes("\n");
  if (hasLines && isOddlyFolded(written)) throw new Doubt();
  gaps.past(end, hasLines);
  const source = fast ? written : getScalarValue(whole, event);
  const value = isQuoted ? source : plainValue(source);
  // The other reader says why GitHub refuses it.
  if (isTooLarge(source, value)) throw new Doubt();
  const text = scalarText(value);
  return {
    kind: "scalar",
    value,
    text,
    raw: typeof value !== "string" && source !== text ? source : undefined,
    style: STYLES[style],
    tag: undefined,
    spaceBefore: undefined,
    span: { file, start, end },
    comments: undefined,
    anchor,
    alias: undefined,
  };
}

function blockOf(event: ScalarEvent, anchor: string | undefined, file: SourceFile, gaps: GapReader): Scalar {
  const start = gaps.blockHeader(event.valueStart);
  const end = blockEnd(file.text, event);
  gaps.past(event.valueEnd, true);
  const isLiteral = event.style === SCALAR_STYLE.LITERAL_BLOCK;
  const text = isLiteral ? literalText(file.text, event, end) : getScalarValue(file.text, event);
  // Without content, where it ends depends on the package.
  if (text.trim() === "") throw new Doubt();
  return {
    kind: "scalar",
    value: text,
    text,
    raw: undefined,
    style: isLiteral ? "literal" : "folded",
    tag: undefined,
    spaceBefore: undefined,
    // The line break that ends it is not part of its span.
    span: { file, start, end: file.text[end - 1] === "\n" ? end - 1 : end },
    comments: undefined,
    anchor,
    alias: undefined,
  };
}

/** Tabs around line breaks, and line breaks behind a backslash: the packages fold them in ways of their own. */
function isOddlyFolded(written: string): boolean {
  return written.includes("\t") || written.includes("\\");
}

const STYLES: Readonly<Record<number, ScalarStyle>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "single",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double",
};
