import { Composer, Lexer, Parser, type CST, type Document, type ParsedNode } from "yaml";
import type { SourceFile } from "../ir/span.ts";
import type { ReadProblem } from "./read-problem.ts";
import type { Comment } from "./attach-comments.ts";

/** A text as the `yaml` package understands it. */
export interface ParsedYaml {
  /** The first document; undefined where the text nests too deeply. */
  readonly document: Document.Parsed | undefined;
  readonly comments: readonly Comment[];
  readonly problems: readonly ReadProblem[];
}

/** Far below what overflows the stack, far above what a workflow nests. */
const MAX_DEPTH = 500;
/** The package's lexeme that announces that the next one is a scalar: yaml's parse/cst.ts. */
const SCALAR_FOLLOWS = "\x1f";

/** Parses YAML 1.2 the way GitHub's own parser does: the `yaml` package with `uniqueKeys: false`. */
export function parseYaml(file: SourceFile): ParsedYaml {
  const { tokens, comments } = tokenize(file.text);
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    const message = `more than ${MAX_DEPTH} levels of nesting`;
    return { document: undefined, comments, problems: [problemAt(file, "too-deep", message, deep, deep + 1)] };
  }
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const documents = [...composer.compose(tokens, true, file.text.length)];
  const document = documents[0] as Document.Parsed<ParsedNode, true>;
  const problems = documents.flatMap((each) => [
    ...each.errors.map((error) => problemAt(file, "invalid-yaml", error.message, ...error.pos)),
    ...each.warnings.map((warning) => problemAt(file, "unknown-tag", warning.message, ...warning.pos, "warning")),
  ]);
  const second = documents[1];
  if (second !== undefined) {
    const [start, , end] = second.range;
    problems.push(
      problemAt(file, "several-documents", "GitHub reads one document a file; a second one starts here", start, end),
    );
  }
  return { document, comments, problems };
}

/** The concrete syntax, and every comment with its place: a document's tree keeps comments, but not their places. */
function tokenize(text: string): { tokens: readonly CST.Token[]; comments: readonly Comment[] } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: Comment[] = [];
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!inScalar && lexeme.startsWith("#")) {
      comments.push({ start: parser.offset, end: parser.offset + lexeme.length });
    }
    inScalar = !inScalar && lexeme === SCALAR_FOLLOWS;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, comments };
}

/** The offset of the first collection that lies too deep: the package composes recursively. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const pending: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { token, depth } = at;
    if (token.type === "document") {
      if (token.value !== undefined) pending.push({ token: token.value, depth });
    } else if ("items" in token) {
      if (depth >= MAX_DEPTH) return token.offset;
      for (const { key, value } of token.items) {
        if (key) pending.push({ token: key, depth: depth + 1 });
        if (value) pending.push({ token: value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}

export function problemAt(
  file: SourceFile,
  code: ReadProblem["code"],
  message: string,
  start: number,
  end: number,
  severity: ReadProblem["severity"] = "error",
): ReadProblem {
  const last = file.text.length;
  const from = Math.max(0, Math.min(start, last));
  return { code, severity, message, span: { file, start: from, end: Math.max(from, Math.min(end, last)) } };
}
