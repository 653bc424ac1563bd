/** A piece of a text in Python or JavaScript: letters, or what a variable of the environment holds. */
export type ForeignPiece =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "variable"; readonly name: string };

export type ForeignWord = readonly ForeignPiece[];

/** `os.environ["NAME"]`, `os.environ.get("NAME")`, `os.getenv("NAME")`, `process.env.NAME`, `process.env["NAME"]` */
const ENVIRONMENT =
  /(?:os\.)?environ\[\s*(?:"(\w+)"|'(\w+)')\s*\]|(?:os\.)?(?:environ\.get|getenv)\(\s*(?:"(\w+)"|'(\w+)')\s*(?:,\s*(?:""|'')\s*)?\)|process\.env\.(\w+)|process\.env\[\s*(?:"(\w+)"|'(\w+)')\s*\]/;

const STARTS_ENVIRONMENT = new RegExp(ENVIRONMENT.source, "y");

/** What gives a program's children another environment: then its variables are not those of the step. */
const CHANGES_ENVIRONMENT =
  /environ\[[^\]\n]*\]\s*=(?!=)|process\.env(?:\.\w+|\[[^\]\n]*\])\s*=(?!=)|environ\.(?:update|setdefault|pop|clear)|putenv|\benv\s*[=:]/;

export interface ForeignList {
  readonly words: readonly ForeignWord[];
  /** Where its bracket stands. */
  readonly end: number;
}

/**
 * The texts of a list in Python or JavaScript from some place on, up to its bracket: `, "origin", f"https://x:{os.environ['T']}@host"]`.
 *
 * @returns undefined where one of them is computed in another way
 */
export function readForeignList(text: string, start: number): ForeignList | undefined {
  if (CHANGES_ENVIRONMENT.test(text)) return undefined;
  const names = namesOfVariables(text);
  const words: ForeignWord[] = [];
  let at = start;
  for (;;) {
    at = skipSpace(text, at);
    if (text[at] === "]" || text[at] === ")") return { words, end: at };
    if (text[at] !== ",") return undefined;
    at = skipSpace(text, at + 1);
    if (text[at] === "]" || text[at] === ")") return { words, end: at };
    const word: ForeignPiece[] = [];
    for (;;) {
      const term = readTerm(text, at, names);
      if (term === undefined) return undefined;
      word.push(...term.pieces);
      at = skipSpace(text, term.end);
      if (text[at] !== "+") break;
      at = skipSpace(text, at + 1);
    }
    words.push(word);
  }
}

interface Term {
  readonly pieces: ForeignWord;
  readonly end: number;
}

function readTerm(text: string, at: number, names: ReadonlyMap<string, string>): Term | undefined {
  const variable = readVariable(text, at, names);
  if (variable !== undefined) return variable;
  const [opening = ""] = /^(?:[fF](?=["'])|)["'`]/.exec(text.slice(at, at + 2)) ?? [];
  const quote = opening.at(-1);
  if (quote === undefined || quote === "") return undefined;
  const hole = quote === "`" ? "${" : opening.length === 2 ? "{" : undefined;
  const pieces: ForeignPiece[] = [];
  let letters = "";
  for (let next = at + opening.length; next < text.length; next++) {
    const letter = text[next] ?? "";
    if (letter === quote) return { pieces: [...pieces, { kind: "text", text: letters }], end: next + 1 };
    // Escapes, and `{{` of an f-string, are not read.
    if (letter === "\\" || letter === "\n") return undefined;
    if (hole === undefined || !text.startsWith(hole, next)) {
      letters += letter;
      continue;
    }
    const inner = readVariable(text, skipSpace(text, next + hole.length), names);
    const end = inner === undefined ? -1 : skipSpace(text, inner.end);
    if (inner === undefined || text[end] !== "}") return undefined;
    pieces.push({ kind: "text", text: letters }, ...inner.pieces);
    letters = "";
    next = end;
  }
  return undefined;
}

function readVariable(text: string, at: number, names: ReadonlyMap<string, string>): Term | undefined {
  STARTS_ENVIRONMENT.lastIndex = at;
  const found = STARTS_ENVIRONMENT.exec(text);
  if (found !== null) return { pieces: [{ kind: "variable", name: nameIn(found) }], end: at + found[0].length };
  const [word] = /^[A-Za-z_]\w*/.exec(text.slice(at, at + 100)) ?? [];
  const name = word === undefined ? undefined : names.get(word);
  // `f"…"` begins with a letter, too.
  if (word === undefined || name === undefined || /["'(.[]/.test(text[at + word.length] ?? "")) return undefined;
  return { pieces: [{ kind: "variable", name }], end: at + word.length };
}

function nameIn(found: RegExpExecArray): string {
  return found.slice(1).find((name) => name !== undefined) ?? "";
}

/** `token = os.environ["TOKEN"]`, where nothing else is assigned to it. */
function namesOfVariables(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const assigned = new Map<string, number>();
  for (const [, name = "", value = ""] of text.matchAll(
    /(?:^|[\n;])[ \t]*(?:(?:const|let|var)\s+)?([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*([^\n;]*)/g,
  )) {
    assigned.set(name, (assigned.get(name) ?? 0) + 1);
    const found = new RegExp(`^(?:${ENVIRONMENT.source})\\s*$`).exec(value);
    if (found !== null) names.set(name, nameIn(found));
  }
  return new Map([...names].filter(([name]) => assigned.get(name) === 1));
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (/\s/.test(text[next] ?? "x")) next++;
  return next;
}
