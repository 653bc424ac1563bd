import { spanInScalar } from "../../ir/scalar-places.ts";
import type { Scalar } from "../../ir/node.ts";
import { sourceFile, type Span } from "../../ir/span.ts";

/** Where the text of a script lies, so that its offsets have places that people can open. */
export interface ScriptSource {
  readonly text: string;
  readonly spanOf: (start: number, end: number) => Span | undefined;
  /** What the commands stand for, where they are not what the author wrote: `uses: owner/name@v1`. */
  readonly label?: string | undefined;
}

/** The script of a step's `run:`. */
export function sourceOfScalar(scalar: Scalar): ScriptSource {
  return { text: scalar.text, spanOf: (start, end) => spanInScalar(scalar, start, end) };
}

/** A script file of the repository, or the part of one that begins in a line. */
export function sourceOfFile(path: string, text: string, line: number): ScriptSource {
  const file = sourceFile(path, "\n".repeat(line - 1) + text);
  return { text, spanOf: (start, end) => ({ file, start: start + line - 1, end: end + line - 1 }) };
}

/** A script that was put together while another ran: all of it stands where that command stands. */
export function sourceOfCommand(text: string, span: Span | undefined): ScriptSource {
  return { text, spanOf: () => span };
}
