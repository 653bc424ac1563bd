import type { FileNode } from "../ir/any-node.ts";
import { visitParts } from "../ir/parts.ts";
import { locate, positionAt, type Location, type SourceFile, type Span } from "../ir/span.ts";
import { walk } from "../ir/walk.ts";

/** `# flowkeep-ignore: rule-id reason`, or an entry of the config. */
export interface Ignore {
  readonly rules: readonly string[];
  /** `""` where none is given. */
  readonly reason: string;
  readonly file: string;
  /** The lines that it speaks of, first and last; undefined: the whole file, or all files in the folder. */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
  /** Where it stands. */
  readonly span: Location;
}

const MARK = "flowkeep-ignore";
const IN_YAML = /(?:#|\/\/)[ \t]*flowkeep-ignore\b:?[ \t]*([^\r\n]*)/g;
// Also as the text of `comment("…", node)`, which an import makes of YAML's.
const IN_SOURCE = /(?:\/\/|\/?\*|["'`])[ \t]*flowkeep-ignore\b:?[ \t]*([^\r\n]*)/g;

/** What a text is, and what is read from it if that is YAML; asked only where there is an ignore. */
export type IgnoredText =
  { readonly kind: "yaml"; readonly node: () => FileNode | undefined } | { readonly kind: "source" };

/**
 * Finds the ignores of a text. Alone on its line, one speaks of the next line that is no comment; else of its own. Where a script
 * or another text of several lines begins there, it speaks of the whole text; where a step or a job does, of all of that.
 */
export function findIgnores(file: SourceFile, is: IgnoredText): readonly Ignore[] {
  if (!file.text.includes(MARK)) return [];
  const lines = file.text.split(/\r\n|\n|\r/);
  const node = is.kind === "source" ? undefined : is.node();
  const ends = node === undefined ? new Map<number, number>() : lastLines(node);
  return [...file.text.matchAll(is.kind === "yaml" ? IN_YAML : IN_SOURCE)].map((match) => {
    const own = positionAt(file, match.index).line;
    let first = own;
    if (isComment(lines[own - 1])) while (isComment(lines[first - 1])) first++;
    const { rules, reason } = parse(match[1] ?? "", /^["'`]/.exec(match[0])?.[0]);
    const end = match.index + match[0].trimEnd().length;
    return {
      rules,
      reason,
      file: file.path,
      lines: { first, last: Math.max(first, ends.get(first) ?? first) },
      span: locate({ file, start: match.index, end }),
    };
  });
}

function isComment(line: string | undefined): boolean {
  return line !== undefined && (/^\s*(?:#|\/\/|\/?\*)/.test(line) || IN_CALL.test(line));
}

/** `comment("flowkeep-ignore: rule why",`, in one line or two, with nothing behind: what it is about comes later. */
const IN_CALL =
  /^\s*(?:comment(?:\.after)?\(\s*$|(?:comment(?:\.after)?\(\s*)?(?<quote>["'`])\s*flowkeep-ignore(?:\\.|(?!\k<quote>).)*\k<quote>\s*,?\s*$)/;

/** `rule-id, other-id reason`; what follows a ` #` is another comment, and the quote of `comment("…")` its end. */
function parse(text: string, quote: string | undefined): Pick<Ignore, "rules" | "reason"> {
  const [, names = "", rest = ""] = /^([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(.*)$/.exec(text) ?? [];
  const [told = ""] = quote === undefined ? [rest] : rest.split(quote);
  const reason = told
    .replace(/\s#.*$|\*\/\s*$/, "")
    .replace(/^[\s:,–—-]+/, "")
    .trim();
  return { rules: names === "" ? [] : names.split(",").map((name) => name.trim()), reason };
}

/** By line: where the last text, step or job that begins there ends. */
function lastLines(node: FileNode): Map<number, number> {
  const ends = new Map<number, number>();
  const add = (from: Span | undefined, to: Span | undefined): void => {
    if (from === undefined || to === undefined || from.file !== to.file) return;
    const { startLine } = locate(from);
    // A block of lines ends where the next line begins.
    const last = to.file.text.slice(0, to.end).trimEnd().length;
    ends.set(startLine, Math.max(positionAt(to.file, last).line, ends.get(startLine) ?? 0));
  };
  visitParts(node, (part) => add(part.span, part.span));
  if (node.kind === "workflow") for (const { key, value } of node.jobs?.entries ?? []) add(key.span, value.span);
  walk(node, (each) => {
    if (each.kind === "scalar" && each.alias === undefined) add(each.span, each.span);
  });
  return ends;
}
