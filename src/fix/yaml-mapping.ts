import { positionAt, type SourceFile, type Span } from "../ir/span.ts";
import type { Entry, Mapping, Scalar } from "../ir/node.ts";
import { edited, refused, type Planned, type TextEdit } from "./text-edit.ts";

/** Sets an entry of a mapping as its author wrote mappings: block or flow, with his indentation, line ends and quotes. */
export function setEntry(mapping: Mapping<Scalar>, name: string, value: string): Planned {
  const { span, alias, anchor, flow, entries } = mapping;
  if (span === undefined) return refused("it has no place in the file");
  if (alias !== undefined) return refused(`what is meant is written elsewhere, under the anchor &${alias}`);
  if (anchor !== undefined && usesAnchor(span.file, anchor))
    return refused(`other places use what stands here, through the anchor &${anchor}`);
  const entry = entries.find(({ key }) => key.text.toLowerCase() === name);
  if (entry !== undefined) return replaceValue(entry, value, flow === true);
  return flow === true || entries.length === 0
    ? addInFlow(mapping, span, name, value)
    : addInBlock(entries, name, value);
}

function replaceValue(
  { key, value: { span, alias, anchor, style, text } }: Entry<Scalar>,
  value: string,
  flow: boolean,
): Planned {
  if (span === undefined) return refused("its value has no place in the file");
  if (alias === undefined && anchor !== undefined && usesAnchor(span.file, anchor))
    return refused(`other places use the value, through the anchor &${anchor}`);
  if (style === "literal" || style === "folded") return refused(`\`${key.text}\` is written as a block of lines`);
  // An empty value has no characters of its own.
  const isEmpty = text === "" && span.start === span.end;
  const written = isEmpty
    ? ` ${scalarText(value, undefined, flow)}`
    : scalarText(value, alias === undefined ? style : undefined, flow);
  return edited({ start: span.start, end: span.end, text: written });
}

function addInFlow({ entries }: Mapping<Scalar>, span: Span, name: string, value: string): Planned {
  const written = `${keyText(name, entries[0]?.key)}: ${scalarText(value, undefined, true)}`;
  const last = entries.at(-1);
  if (last === undefined) {
    const open = span.file.text.indexOf("{", span.start);
    if (open < 0 || open >= span.end) return refused("it is no mapping that can be added to");
    return edited({ start: span.start, end: span.end, text: `{ ${written} }` });
  }
  const end = last.value.span?.end ?? last.key.span?.end;
  return end === undefined
    ? refused("its entries have no place in the file")
    : edited({ start: end, end, text: `, ${written}` });
}

/** Behind the last entry; in front of the first where the last is of several lines, whose end is not to be seen. */
function addInBlock(entries: readonly Entry<Scalar>[], name: string, value: string): Planned {
  const [first, last] = [entries[0], entries.at(-1)];
  const start = first?.key.span;
  if (first === undefined || last === undefined || start === undefined)
    return refused("its entries have no place in the file");
  const { file } = start;
  const written = `${keyText(name, first.key)}: ${scalarText(value, undefined, false)}`;
  const indent = " ".repeat(positionAt(file, start.start).column - 1);
  const lineEnd = lineEndBehind(file, last);
  return edited(
    lineEnd === undefined ? insertBefore(start, written, indent) : insertLine(file, lineEnd, indent + written),
  );
}

/** The end of the line that an entry of one line stands on, its comment included. */
export function lineEndBehind(file: SourceFile, { key, value }: Entry<Scalar>): number | undefined {
  const end = value.span?.end ?? key.span?.end;
  if (end === undefined || key.span === undefined) return undefined;
  if (value.style === "literal" || value.style === "folded") return undefined;
  if (/[\r\n]/.test(file.text.slice(key.span.start, end))) return undefined;
  const rest = /[^\r\n]*/.exec(file.text.slice(end))?.[0] ?? "";
  // Something else than a comment: the line goes on.
  return /^\s*(?:#.*)?$/.test(rest) ? end + rest.length : undefined;
}

export function insertLine(file: SourceFile, at: number, line: string): TextEdit {
  return { start: at, end: at, text: `${lineBreakOf(file)}${line}` };
}

function insertBefore({ file, start }: Span, written: string, indent: string): TextEdit {
  return { start, end: start, text: `${written}${lineBreakOf(file)}${indent}` };
}

export function lineBreakOf({ text }: SourceFile): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** How far the file sets in what lies below a key: the first mapping of it that says so. */
export function indentStep({ text }: SourceFile): number {
  for (const [, indent = "", below = ""] of text.matchAll(/^( *)[\w-]+:[ \t]*(?:#.*)?\r?\n( +)[\w-]+:/gm))
    if (below.length > indent.length) return below.length - indent.length;
  return 2;
}

/** A key in the quotes of one beside it. */
export function keyText(name: string, beside: Scalar | undefined): string {
  return scalarText(name, beside?.style === "single" || beside?.style === "double" ? beside.style : undefined, false);
}

/** A value in the quotes of the one that it replaces; braces and commas end a plain one in a flow mapping. */
function scalarText(value: string, style: Scalar["style"], flow: boolean): string {
  if (style === "single") return `'${value}'`;
  if (style === "double" || (flow && /[{}[\],]/.test(value))) return JSON.stringify(value);
  return value;
}

export function usesAnchor({ text }: SourceFile, anchor: string): boolean {
  return new RegExp(`\\*${anchor.replace(/[.*+?^\${}()|[\]\\]/g, "\\$&")}(?![^\\s,\\]}])`).test(text);
}
