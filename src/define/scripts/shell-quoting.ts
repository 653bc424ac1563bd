/** Where in a bash script a value is to be put: that decides how its variable is written. */
export type ShellPlace = "bare" | "double-quoted" | "single-quoted" | "heredoc" | "literal-heredoc" | "comment";

interface Heredoc {
  readonly delimiter: string;
  readonly literal: boolean;
  readonly stripTabs: boolean;
}

/**
 * Follows bash's quoting through the literal parts of a script, so that at each gap it can say where the value would stand.
 * It knows quotes, escapes, `$(…)`, `${…}`, backticks, comments and heredocs (bash(1), QUOTING and "Here Documents").
 */
export class ShellQuoting {
  /** Open quotes and substitutions, outermost first. */
  readonly #open: ('"' | "'" | "$'" | "(" | "{" | "`" | "#")[] = [];
  #pending: Heredoc[] = [];
  #heredoc: Heredoc | undefined;
  #line = "";
  #before = "\n";

  /** Where the next value would stand. */
  place(): ShellPlace {
    if (this.#heredoc !== undefined) return this.#heredoc.literal ? "literal-heredoc" : "heredoc";
    const inner = this.#open.at(-1);
    if (inner === "'" || inner === "$'") return "single-quoted";
    if (inner === '"') return "double-quoted";
    if (inner === "#") return "comment";
    // Inside `${x:-…}` the quoting around the braces decides.
    if (inner === "{") return this.#open.includes('"') ? "double-quoted" : "bare";
    return "bare";
  }

  /** Reads the script's next literal part. */
  read(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const char = text[at] ?? "";
      if (this.#heredoc !== undefined) this.#readHeredoc(char);
      else at += this.#readChar(char, text, at);
      this.#before = char;
    }
  }

  /** Tells that a value stands here: a word goes on. */
  readValue(): void {
    this.#before = "x";
    this.#line += "x";
  }

  #readHeredoc(char: string): void {
    if (char !== "\n") {
      this.#line += char;
      return;
    }
    const line = this.#heredoc?.stripTabs ? this.#line.replace(/^\t+/, "") : this.#line;
    this.#line = "";
    if (line === this.#heredoc?.delimiter) this.#heredoc = this.#pending.shift();
  }

  /** Reads one character; returns how many more were read with it. */
  #readChar(char: string, text: string, at: number): number {
    const inner = this.#open.at(-1);
    if (char === "\n") {
      if (inner === "#") this.#open.pop();
      if (inner !== "'" && inner !== '"' && this.#pending.length > 0) {
        this.#heredoc = this.#pending.shift();
        this.#line = "";
      }
      return 0;
    }
    if (inner === "#") return 0;
    if (inner === "'") {
      if (char === "'") this.#open.pop();
      return 0;
    }
    if (char === "\\") return 1;
    if (inner === "$'") {
      if (char === "'") this.#open.pop();
      return 0;
    }
    const next = text[at + 1];
    if (char === '"') {
      if (inner === '"') this.#open.pop();
      else this.#open.push('"');
      return 0;
    }
    if (char === "$" && next === "(") {
      this.#open.push("(");
      return 1;
    }
    if (char === "$" && next === "{") {
      this.#open.push("{");
      return 1;
    }
    if (char === "`") {
      if (inner === "`") this.#open.pop();
      else this.#open.push("`");
      return 0;
    }
    if (inner === '"') return 0;
    if (char === "}" && inner === "{") {
      this.#open.pop();
      return 0;
    }
    if (char === "$" && next === "'") {
      this.#open.push("$'");
      return 1;
    }
    if (char === "'") this.#open.push("'");
    else if (char === "(") this.#open.push("(");
    else if (char === ")" && inner === "(") this.#open.pop();
    else if (char === "#" && inner !== "{" && /[\s;&|(]/.test(this.#before)) this.#open.push("#");
    else if (char === "<" && next === "<" && text[at + 2] !== "<" && this.#before !== "<")
      return this.#openHeredoc(text, at);
    return 0;
  }

  #openHeredoc(text: string, at: number): number {
    const found = /^<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([^\s;&|<>()'"]+))/.exec(text.slice(at));
    if (found === null) return 1;
    const [whole, dash, single, double, bare] = found;
    this.#pending.push({
      delimiter: single ?? double ?? bare ?? "",
      literal: bare === undefined || whole.includes("\\"),
      stripTabs: dash === "-",
    });
    return whole.length - 1;
  }
}
