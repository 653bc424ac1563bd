import type { Redirection } from "./redirection.ts";
import type { Assignment, Word } from "./word.ts";

/** Offsets into the text of the nearest `Script`, in UTF-16 code units; `end` is exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A script, or the piece of one that stands in `$(…)`: its statements, and the text that their offsets point into. */
export interface Script extends Place {
  readonly kind: "script";
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** A text that is no script, or more of one than is read. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly text: string;
  readonly reason: string;
  readonly place: Place;
}

export type ParsedScript = Script | Unreadable;

export type Statement =
  | Command
  | Pipeline
  | Not
  | AndOr
  | If
  | For
  | Loop
  | While
  | Case
  | FunctionDefinition
  | Subshell
  | Group
  | Test
  | Arithmetic
  | Background;

interface StatementBase extends Place {
  readonly kind: string;
  /** Of a command, or behind a compound one: `{ … } >> "$GITHUB_ENV"`. */
  readonly redirections: readonly Redirection[];
}

/** `A=b git push origin`; without words it only assigns. */
export interface Command extends StatementBase {
  readonly kind: "command";
  /** Those in front. Without words they are the shell's own; else they hold for this command alone. */
  readonly assignments: readonly Assignment[];
  /** The name and the arguments. */
  readonly words: readonly Word[];
}

/** `a | b`: every part runs in its own subshell. */
export interface Pipeline extends StatementBase {
  readonly kind: "pipeline";
  readonly statements: readonly Statement[];
}

export interface Not extends StatementBase {
  readonly kind: "not";
  readonly statement: Statement;
}

/** `a && b || c`, from left to right. */
export interface AndOr extends StatementBase {
  readonly kind: "and-or";
  readonly first: Statement;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly statement: Statement }[];
}

export interface If extends StatementBase {
  readonly kind: "if";
  /** `if` and each `elif`. */
  readonly branches: readonly { readonly condition: readonly Statement[]; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[] | undefined;
}

/** `for name in words`; `select` too. */
export interface For extends StatementBase {
  readonly kind: "for";
  readonly name: string;
  /** Undefined is `"$@"`. */
  readonly words: readonly Word[] | undefined;
  readonly body: readonly Statement[];
}

/** `for ((i = 0; …))` */
export interface Loop extends StatementBase {
  readonly kind: "loop";
  readonly body: readonly Statement[];
}

export interface While extends StatementBase {
  readonly kind: "while";
  readonly isUntil: boolean;
  readonly condition: readonly Statement[];
  readonly body: readonly Statement[];
}

export interface Case extends StatementBase {
  readonly kind: "case";
  readonly word: Word;
  readonly items: readonly CaseItem[];
}

export interface CaseItem extends Place {
  readonly patterns: readonly Word[];
  readonly body: readonly Statement[];
  /** `;&` goes on into the next item's body, `;;&` tries the next patterns. */
  readonly terminator: ";;" | ";&" | ";;&";
}

export interface FunctionDefinition extends StatementBase {
  readonly kind: "function";
  readonly name: string;
  readonly body: Statement;
}

/** `( … )`: what it changes is gone behind it. */
export interface Subshell extends StatementBase {
  readonly kind: "subshell";
  readonly body: readonly Statement[];
}

/** `{ …; }` */
export interface Group extends StatementBase {
  readonly kind: "group";
  readonly body: readonly Statement[];
}

/** `[[ … ]]`; `[ … ]` is a command. */
export interface Test extends StatementBase {
  readonly kind: "test";
  readonly condition: Condition;
}

/** `(( … ))` */
export interface Arithmetic extends StatementBase {
  readonly kind: "arithmetic";
  readonly text: string;
}

/** `… &`, and `coproc`: a subshell that nobody waits for. */
export interface Background extends StatementBase {
  readonly kind: "background";
  readonly statement: Statement;
}

export type Condition =
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Word }
  /** The right side of `==`, `=` and `!=` is a pattern, that of `=~` a regular expression. */
  | { readonly kind: "binary"; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly kind: "all" | "any"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition };

/** One function for each kind of statement: a kind that is forgotten does not compile. */
export type StatementVisitor<R, C> = {
  readonly [K in Statement["kind"]]: (statement: Extract<Statement, { kind: K }>, context: C) => R;
};

/** Calls the visitor's function for this kind of statement. */
export function visitStatement<R, C>(statement: Statement, visitor: StatementVisitor<R, C>, context: C): R {
  // TypeScript does not see that the function found by `kind` takes a statement of that `kind`.
  const visit = visitor[statement.kind] as (statement: Statement, context: C) => R;
  return visit(statement, context);
}
