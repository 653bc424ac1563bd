import type { Expression } from "../../expressions/ast.ts";
import type { Span } from "../../ir/span.ts";
import type { Field } from "../../shell/scope.ts";
import type { Value } from "../../shell/value.ts";
import type { Analysis } from "../analysis.ts";
import type { By } from "../evidence.ts";
import type { Text } from "../text.ts";
import type { Status, World } from "../world.ts";
import type { ScriptSource } from "./script-source.ts";

/** What walking a script depends on, besides the world. */
export interface Walk {
  readonly analysis: Analysis;
  readonly source: ScriptSource;
  readonly dialect: "bash" | "sh";
  readonly evaluate: (expression: Expression | undefined, text: string, world: World) => Value;
  /** The working tree that scripts of the repository are looked up in. */
  readonly root: Text;
  /** Functions in functions, scripts in scripts. */
  readonly depth: number;
  /** False where a script is read only for what it prints: its pushes have been met already. */
  readonly isRecording: boolean;
}

/** More levels than this are not followed. */
export const MOST_LEVELS = 12;

/** One command as a program gets it. */
export interface Call {
  readonly walk: Walk;
  readonly world: World;
  readonly fields: readonly Field[];
  /** The arguments, without the program's name. */
  readonly args: readonly Text[];
  /** What it reads: a pipe, a heredoc; undefined where that is not known. */
  readonly input: Value | undefined;
  /** A variable of its environment. */
  readonly variable: (name: string) => Text | undefined;
  /** As it is written. */
  readonly command: string;
  readonly span: Span | undefined;
}

export interface Result {
  readonly world: World;
  readonly status: Status;
  /** What it prints; undefined where that is not known. */
  readonly output?: Value | undefined;
  /** With which number it failed, where it is another than 1. */
  readonly code?: number | undefined;
}

/** A program that is known: what it does to the world. */
export type Program = (call: Call) => readonly Result[];

/** Whoever writes a command gives what it does. */
export function byCommand(call: Call, text: string): By {
  return {
    hop: { span: call.span, text },
    giver: call.walk.source.label === undefined ? "given" : "action",
    isExplicit: true,
  };
}

export function done(world: World, status: Status = true, output?: Value): readonly Result[] {
  return [{ world, status, output }];
}
