import { outputOf } from "../../shell/output.ts";
import { parseValue } from "../../shell/parse-script.ts";
import { EMPTY, literal, optionsOf } from "../../shell/value.ts";
import { resolvePath } from "../paths.ts";
import { runStatements } from "../script/run-statements.ts";
import { scopeOf } from "../script/scope-of.ts";
import type { Call } from "../script/walk.ts";
import type { Text } from "../text.ts";
import { withShell } from "../world.ts";

/** What a helper or an askpass program prints when git starts it. */
export function runForOutput(call: Call, program: Text, args: readonly Text[]): Text {
  const { walk, world } = call;
  const { symbols } = walk.analysis;
  const file = world.files.get(resolvePath(world.shell.directory, program.split(" ")[0] ?? ""));
  const text = file?.kind === "text" ? file.text : program;
  const script = parseValue(symbols.decode(text.replace(/^#![^\n]*\n/, "")));
  if (script.kind === "unreadable") return symbols.unknown("the program that git asks cannot be read");
  const quiet = {
    ...walk,
    isRecording: false,
    depth: walk.depth + 1,
    source: { text: script.text, spanOf: () => call.span },
  };
  const exported = new Map([...world.shell.variables].filter(([, variable]) => variable.isExported));
  const inside = withShell(world, {
    printed: EMPTY,
    variables: exported,
    functions: new Map(),
    positional: args.map((arg) => literal(arg)),
  });
  if (quiet.depth > 12) return "";
  const ends = runStatements(script.statements, inside, { walk: quiet, isTested: true, input: undefined });
  const [first] = ends;
  if (first === undefined) {
    const [statement] = script.statements;
    return statement === undefined ? "" : symbols.encode(outputOf(statement, scopeOf(quiet, inside)));
  }
  return symbols.choose(
    ends.flatMap(({ world }) =>
      optionsOf(world.shell.printed ?? EMPTY).map(({ value, when }) => ({ text: symbols.encode(value), when })),
    ),
  );
}
