import { parseNumber } from "./number-text.ts";
import { isWhiteSpace } from "./white-space.ts";

export type TokenKind =
  | "null"
  | "boolean"
  | "number"
  | "string"
  | "context"
  | "function"
  | "property"
  | "("
  | ")"
  | "["
  | "]"
  | ","
  | "."
  | "*"
  | "!"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "&&"
  | "||"
  | "bad"
  | "end";

/** A piece of an expression; a `bad` one is no token of the language, `end` is the last and empty. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Of a `null`, `boolean`, `number` or `string`. */
  readonly value?: null | boolean | number | string;
}

/**
 * The tokens of an expression, up to and with the first `bad` one or the `end`.
 *
 * @example
 * lex("!github.ref").map((token) => token.kind); // ["!", "context", ".", "property", "end"]
 */
export function lex(text: string, start = 0, end = text.length): readonly Token[] {
  const lexer = new Lexer(text, start, end);
  const tokens: Token[] = [];
  while (true) {
    lexer.next();
    const { kind } = lexer;
    const hasValue = kind === "null" || kind === "boolean" || kind === "number" || kind === "string";
    tokens.push({ kind, start: lexer.start, end: lexer.stop, ...(hasValue ? { value: lexer.value } : {}) });
    if (kind === "bad" || kind === "end") return tokens;
  }
}

/** Reads one token at a time into its own fields, so that parsing makes no object but the nodes. */
export class Lexer {
  readonly text: string;
  readonly end: number;
  kind: TokenKind = "end";
  /** Where the token begins and ends. */
  start: number;
  stop: number;
  value: null | boolean | number | string = null;
  #previous: TokenKind | undefined;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.end = end;
    this.start = start;
    this.stop = start;
  }

  next(): void {
    const { text, end } = this;
    let at = this.stop;
    while (at < end && isWhiteSpace(text.charCodeAt(at))) at++;
    this.start = at;
    if (at >= end) {
      this.stop = at;
      this.kind = "end";
      return;
    }
    const code = text.charCodeAt(at);
    if (isNameStart(code)) this.#name();
    else this.#symbol(code);
    this.#previous = this.kind;
  }

  #symbol(code: number): void {
    switch (code) {
      case 40:
        return this.#take("(", 1);
      case 41:
        return this.#take(")", 1);
      case 91:
        return this.#take("[", 1);
      case 93:
        return this.#take("]", 1);
      case 44:
        return this.#take(",", 1);
      case 42:
        return this.#take("*", 1);
      case 39:
        return this.#string();
      case 33:
        return this.#isNext(61) ? this.#take("!=", 2) : this.#take("!", 1);
      case 60:
        return this.#isNext(61) ? this.#take("<=", 2) : this.#take("<", 1);
      case 62:
        return this.#isNext(61) ? this.#take(">=", 2) : this.#take(">", 1);
      case 61:
        return this.#isNext(61) ? this.#take("==", 2) : this.#bad();
      case 38:
        return this.#isNext(38) ? this.#take("&&", 2) : this.#bad();
      case 124:
        return this.#isNext(124) ? this.#take("||", 2) : this.#bad();
      case 46:
        return this.#isAfterOperand() ? this.#take(".", 1) : this.#number();
      default:
        return code === 43 || code === 45 || isDigit(code) ? this.#number() : this.#bad();
    }
  }

  #take(kind: TokenKind, length: number): void {
    this.kind = kind;
    this.stop = this.start + length;
  }

  #isNext(code: number): boolean {
    return this.start + 1 < this.end && this.text.charCodeAt(this.start + 1) === code;
  }

  /** Decides between the dot of `.5` and the dot of `a.b`. */
  #isAfterOperand(): boolean {
    switch (this.#previous) {
      case undefined:
      case ",":
      case "(":
      case "[":
      case "!":
      case "==":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
      case "&&":
      case "||":
        return false;
      default:
        return true;
    }
  }

  #number(): void {
    this.#skipWord(46);
    const value = parseNumber(this.text.slice(this.start, this.stop));
    if (Number.isNaN(value)) this.kind = "bad";
    else this.kind = "number";
    this.value = value;
  }

  #bad(): void {
    this.#skipWord(-1);
    this.kind = "bad";
  }

  /** To the next character that ends a word; `also` is one that does not end this one. */
  #skipWord(also: number): void {
    let at = this.start + 1;
    while (at < this.end) {
      const code = this.text.charCodeAt(at);
      if (code !== also && isBoundary(code)) break;
      at++;
    }
    this.stop = at;
  }

  #string(): void {
    const { text, end } = this;
    let at = this.start + 1;
    let isEscaped = false;
    while (true) {
      if (at >= end) {
        this.stop = end;
        this.kind = "bad";
        return;
      }
      if (text.charCodeAt(at) === 39) {
        if (at + 1 >= end || text.charCodeAt(at + 1) !== 39) break;
        isEscaped = true;
        at++;
      }
      at++;
    }
    const raw = text.slice(this.start + 1, at);
    this.value = isEscaped ? raw.replaceAll("''", "'") : raw;
    this.kind = "string";
    this.stop = at + 1;
  }

  #name(): void {
    const { text, end } = this;
    let at = this.start + 1;
    while (at < end && isNamePart(text.charCodeAt(at))) at++;
    if (at < end && !isBoundary(text.charCodeAt(at))) return this.#bad();
    this.stop = at;
    if (this.#previous === ".") {
      this.kind = "property";
      return;
    }
    if (at - this.start <= 8 && this.#word(text.slice(this.start, at))) return;
    while (at < end && isWhiteSpace(text.charCodeAt(at))) at++;
    this.kind = at < end && text.charCodeAt(at) === 40 ? "function" : "context";
  }

  /** The words of the language: unlike names, they have a case. */
  #word(word: string): boolean {
    switch (word) {
      case "true":
      case "false":
        this.kind = "boolean";
        this.value = word === "true";
        return true;
      case "null":
        this.kind = "null";
        this.value = null;
        return true;
      case "NaN":
      case "Infinity":
        this.kind = "number";
        this.value = word === "NaN" ? NaN : Infinity;
        return true;
      default:
        return false;
    }
  }
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code) || code === 45;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isBoundary(code: number): boolean {
  switch (code) {
    case 40:
    case 41:
    case 91:
    case 93:
    case 44:
    case 46:
    case 33:
    case 60:
    case 61:
    case 62:
    case 38:
    case 124:
      return true;
    default:
      return isWhiteSpace(code);
  }
}
