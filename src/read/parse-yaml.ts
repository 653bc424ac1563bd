import type { CST, Document, ParsedNode, YAMLParseError } from "yaml";
import type { SourceFile } from "../ir/span.ts";
import { MOST_PROBLEMS } from "../ir/syntax-problem.ts";
import type { ReadProblem } from "./read-problem.ts";
import type { Comment } from "./attach-comments.ts";
import { tagRefusal } from "./tagged-scalar.ts";
import { yamlPackage } from "./yaml-package.ts";

/** A text as the `yaml` package understands it. */
export interface ParsedYaml {
  /** The first document; undefined where the text is too long or nests too deeply. */
  readonly document: Document.Parsed | undefined;
  readonly comments: readonly Comment[];
  readonly problems: readonly ReadProblem[];
}

/** What GitHub's server takes at most: `MaxDepth` and `MaxFileSize` in actions/runner, src/Sdk/WorkflowParser/ParseOptions.cs. */
const MOST_LEVELS = 50;
export const MOST_CHARACTERS = 1024 * 1024;
/**
 * Pieces of syntax: keys, values, dashes, line breaks. GitHub's server has a limit on memory instead, of a similar size. The
 * largest of 1,639 real files has a third of this.
 */
const MOST_PIECES = 250_000;
/** The package's lexeme that announces that the next one is a scalar: yaml's parse/cst.ts. */
const SCALAR_FOLLOWS = "\x1f";

/** Parses YAML 1.2 the way GitHub's own parser does: the `yaml` package with `uniqueKeys: false`. */
export function parseYaml(file: SourceFile): ParsedYaml {
  const { tokens, comments, problem } = tokenize(file);
  if (problem !== undefined) return { document: undefined, comments, problems: [problem] };
  const composer = new (yamlPackage().Composer)({
    keepSourceTokens: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
    // Whatever `%YAML` says: GitHub reads every text by YAML 1.2's core schema, actions/runner, YamlObjectReader.cs. A tag that it
    // does not know is no reason to make something else of the text.
    schema: "core",
    resolveKnownTags: false,
  });
  const documents = withoutStacks(() => [...composer.compose(tokens, true, file.text.length)]);
  const document = documents[0] as Document.Parsed<ParsedNode, true>;
  const problems = documents.slice(0, 2).flatMap((each) => problemsOf(file, each));
  const second = documents[1];
  if (second !== undefined) {
    const start = second.range[0];
    const lineEnd = /$/m.exec(file.text.slice(start))?.index ?? 0;
    const message = "GitHub reads one document a file; a second one starts here";
    problems.push(problemAt(file, "several-documents", message, start, start + lineEnd));
  }
  return { document, comments, problems };
}

export function tooLong({ length }: string): string {
  return `GitHub reads no file of more than ${MOST_CHARACTERS} characters; this one has ${length}`;
}

/** The package makes an `Error` of each mistake; in a file with thousands the stacks alone would take a second. */
function withoutStacks<T>(body: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return body();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function problemsOf(file: SourceFile, { errors, warnings }: Document.Parsed): readonly ReadProblem[] {
  const wrong = withoutEchoes(errors).slice(0, MOST_PROBLEMS);
  // Whoever converts the document tells the tags of texts from those of lists and mappings.
  const odd = warnings.filter(({ code }) => code !== "TAG_RESOLVE_FAILED").slice(0, MOST_PROBLEMS);
  return [
    ...wrong.map((error) => explainTag(file, error) ?? problemAt(file, "invalid-yaml", error.message, ...error.pos)),
    ...odd.map(({ message, pos }) => problemAt(file, "invalid-yaml", message, ...pos, "warning")),
  ];
}

/** `if: !contains(a, b)`: the tag ends at the comma, and what follows is nothing. */
function explainTag(file: SourceFile, { code, message, pos }: YAMLParseError): ReadProblem | undefined {
  if (code !== "MISSING_CHAR" || !message.startsWith("Tags and anchors must be separated")) return undefined;
  const lineStart = file.text.lastIndexOf("\n", pos[0]) + 1;
  const line = /^.*/.exec(file.text.slice(lineStart))?.[0] ?? "";
  const tag = /(?<=^\s*(?:- +)*(?:[^\s:]+: +|- +))!\S.*?(?=\s*(?: #.*)?$)/.exec(line);
  if (tag === null) return undefined;
  const start = lineStart + tag.index;
  return problemAt(file, "invalid-yaml", tagRefusal(tag[0]), start, start + tag[0].length);
}

/** Once the package is lost, every token that follows is unexpected; only the first of them is a mistake. */
function withoutEchoes(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  const isEcho = ({ code, message }: YAMLParseError) =>
    code === "UNEXPECTED_TOKEN" && / token in YAML (stream|document)/.test(message);
  const first = errors.findIndex(isEcho);
  const places = new Set<number>();
  return errors.filter((error, index) => {
    const isFirstHere = !places.has(error.pos[0]);
    places.add(error.pos[0]);
    return isFirstHere && (index === first || !isEcho(error));
  });
}

interface Tokens {
  readonly tokens: readonly CST.Token[];
  readonly comments: readonly Comment[];
  /** Why the text is not read further. */
  readonly problem?: ReadProblem;
}

/** The concrete syntax, and every comment with its place: a document's tree keeps comments, but not their places. */
function tokenize(file: SourceFile): Tokens {
  const { text } = file;
  const { Lexer, Parser } = yamlPackage();
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: Comment[] = [];
  const refuse = (code: ReadProblem["code"], message: string, at: number): Tokens => ({
    tokens,
    comments,
    problem: problemAt(file, code, message, at, at),
  });
  if (text.length > MOST_CHARACTERS) {
    return refuse("too-large", tooLong(text), 0);
  }
  let inScalar = false;
  let pieces = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (!inScalar && lexeme.startsWith("#")) {
      comments.push({ start: parser.offset, end: parser.offset + lexeme.length });
    }
    inScalar = !inScalar && lexeme === SCALAR_FOLLOWS;
    for (const token of parser.next(lexeme)) tokens.push(token);
    // Above the collections, the stack may hold a document and a scalar.
    if (parser.stack.length > MOST_LEVELS && parser.stack.filter((token) => "items" in token).length > MOST_LEVELS) {
      return refuse("too-deep", `GitHub reads no more than ${MOST_LEVELS} levels of lists and mappings`, parser.offset);
    }
    if (++pieces > MOST_PIECES) return refuse("too-large", `more than ${MOST_PIECES} keys and values`, parser.offset);
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, comments };
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
