import { concatenate, EMPTY, literal, literalOf, type Value } from "../../shell/value.ts";
import { readShellOptions } from "../../shell/shell-options.ts";
import { linesOf } from "../../shell/split-text.ts";
import { formatPrintf, printEcho } from "../../shell/print-commands.ts";
import { literalsOf } from "../../shell/words.ts";
import { resolvePath } from "../paths.ts";
import { hasSymbol, symbolsIn, type Text } from "../text.ts";
import { withFact, withShell, type Jump, type Outcome, type World } from "../world.ts";
import { defineAlias, setShellOption } from "./aliases.ts";
import { declare } from "./declare.ts";
import { arrayRead, readLine } from "./read-line.ts";
import { runTest } from "./conditions.ts";
import { print } from "./redirect.ts";
import type { Place } from "./run-statements.ts";
import { setValue } from "./variables.ts";
import type { Call } from "./walk.ts";

export type Builtin = (call: Call, place: Place) => readonly Outcome[];

/** What the shell does itself. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  cd: changeDirectory,
  pushd: changeDirectory,
  popd: ({ world }) => {
    const stack = world.shell.arrays.get("DIRSTACK") ?? [];
    const last = stack.at(-1);
    const directory = last === undefined ? undefined : literalOf(last);
    if (directory === undefined) return likely(world);
    const arrays = new Map(world.shell.arrays).set("DIRSTACK", stack.slice(0, -1));
    return done(withDirectory(withShell(world, { arrays }), directory));
  },
  pwd: ({ world, walk }) =>
    done(print(world, concatenate([walk.analysis.symbols.decode(world.shell.directory), literal("\n")]))),
  export: declare,
  declare,
  typeset: declare,
  local: declare,
  readonly: declare,
  unset: ({ world, fields }) => {
    const names = literalsOf(fields.slice(1));
    const variables = new Map([...world.shell.variables].filter(([name]) => !names.includes(name)));
    const arrays = new Map([...world.shell.arrays].filter(([name]) => !names.includes(name)));
    return done(withShell(world, { variables, arrays }));
  },
  set: ({ world, fields }) => {
    const args = literalsOf(fields.slice(1));
    const { options, rest } = readShellOptions(args, world.shell.options);
    const replaced = args.slice(0, rest).includes("--") || rest < args.length;
    const positional = replaced ? fields.slice(1 + rest).map(({ value }) => value) : world.shell.positional;
    return done(withShell(world, { options, positional }));
  },
  shift: ({ world, args }) => {
    const count = Number(args[0] ?? 1);
    return done(withShell(world, { positional: world.shell.positional?.slice(count) }));
  },
  test: (call) => runTest(call),
  "[": (call) => runTest(call),
  true: ({ world }) => done(world),
  ":": ({ world }) => done(world),
  false: ({ world }) => [{ world, status: false }],
  exit: (call) => leave(call, "exit"),
  return: (call) => leave(call, "return"),
  break: (call) => leave(call, "break"),
  continue: (call) => leave(call, "continue"),
  echo: printed,
  printf: (call) => {
    const { fields, world } = call;
    const [first, name] = literalsOf(fields.slice(1));
    if (first !== "-v" || name === undefined) return printed(call);
    return done(setValue(world, name, formatPrintf(fields.slice(3))));
  },
  read: (call) => {
    const { world, fields, input, variable } = call;
    const array = arrayOf(literalsOf(fields.slice(1)));
    if (array !== undefined) return readIntoArray(call, array);
    const names = literalsOf(fields.slice(1)).filter(
      (name): name is string => name !== undefined && /^[A-Za-z_]\w*$/.test(name),
    );
    const values = readLine(input, names.length, variable("IFS") ?? " \t\n");
    const made = names.reduce((made, name, at) => setValue(made, name, values[at] ?? EMPTY), world);
    // At the end of what there is to read it fails.
    return [{ world: made, status: input !== undefined && literalOf(input) === "" ? false : "likely" }];
  },
  mapfile: readLines,
  readarray: readLines,
  trap: setTrap,
  wait: ({ world }) => likely(world),
  shopt: setShellOption,
  umask: ({ world }) => done(world),
  alias: defineAlias,
  hash: ({ world }) => done(world),
};

function printed(call: Call): readonly Outcome[] {
  const { world } = call;
  if (world.shell.printed === undefined) return done(world);
  return done(print(world, outputOfPrint(call)));
}

function outputOfPrint({ fields, walk }: Call): Value {
  const name = literalsOf(fields.slice(0, 1))[0];
  return name === "printf" ? formatPrintf(fields.slice(1)) : printEcho(fields.slice(1), walk.dialect);
}

/** The name behind `-a`, as in `read -rd '' -a refs`. */
function arrayOf(words: readonly (string | undefined)[]): string | undefined {
  const name = words[words.findIndex((word) => /^-[a-z]*a$/.test(word ?? "")) + 1];
  return words.some((word) => /^-[a-z]*a$/.test(word ?? "")) ? name : undefined;
}

function readIntoArray({ world, fields, input, variable }: Call, name: string): readonly Outcome[] {
  const all = literalsOf(fields.slice(1)).includes("");
  const items = input && arrayRead(input, variable("IFS") ?? " \t\n", all);
  if (items === undefined) return forgetArray(world, name);
  return likely(withShell(world, { arrays: new Map(world.shell.arrays).set(name, items) }));
}

/** `mapfile -t NAME`: the lines of what it reads. */
function readLines({ world, args, input }: Call): readonly Outcome[] {
  const name = args.at(-1);
  const isPlain = args.slice(0, -1).every((arg) => arg === "-t");
  const lines = input === undefined || !isPlain ? undefined : linesOf(input);
  if (name === undefined || lines === undefined || !args.includes("-t")) return forgetArray(world, name);
  return done(withShell(world, { arrays: new Map(world.shell.arrays).set(name, lines) }));
}

/** `trap 'command' EXIT`: at the end of the shell. What other signals start is not followed. */
function setTrap({ world, fields, walk, span }: Call): readonly Outcome[] {
  const [action, ...signals] = fields.slice(1).filter((field) => literalOf(field.value) !== "--");
  const isAtExit = literalsOf(signals).some((signal) => signal === "EXIT" || signal === "0");
  if (action === undefined || !isAtExit) return done(world);
  const isReset = ["-", ""].includes(literalOf(action.value) ?? "?");
  const atExit = isReset ? undefined : { text: action.value, source: walk.source, span };
  return done(withShell(world, { atExit }));
}

function forgetArray(world: World, name: Text | undefined): readonly Outcome[] {
  if (name === undefined || name.startsWith("-")) return likely(world);
  const arrays = new Map([...world.shell.arrays].filter(([other]) => other !== name));
  return likely(withShell(world, { arrays }));
}

function done(world: World): readonly Outcome[] {
  return [{ world, status: true }];
}

function likely(world: World): readonly Outcome[] {
  return [{ world, status: "likely" }];
}

function leave({ world, args, walk }: Call, jump: Jump): readonly Outcome[] {
  const isLoop = jump === "break" || jump === "continue";
  const code = args[0] ?? "0";
  const status = isLoop || !/^\d+$/.test(code) ? (hasSymbol(code) ? "likely" : true) : Number(code) === 0;
  return walk.depth > 40 ? likely(world) : [{ world, status, jump, code: status === false ? Number(code) : undefined }];
}

/** Also sets `PWD` and `OLDPWD`. */
export function withDirectory(world: World, directory: Text): World {
  const variables = new Map(world.shell.variables);
  variables.set("OLDPWD", { value: literal(world.shell.directory), isExported: true });
  variables.set("PWD", { value: literal(directory), isExported: true });
  return withShell(world, { directory, variables: hasSymbol(directory) ? world.shell.variables : variables });
}

/** Each directory that it may be is a world of its own. */
function changeDirectory(call: Call): readonly Outcome[] {
  const { world, walk, variable } = call;
  const { symbols } = walk.analysis;
  const isPush = call.fields[0] !== undefined && literalOf(call.fields[0].value) === "pushd";
  const given = call.args.find((arg) => arg === "-" || !arg.startsWith("-"));
  const target = given === "-" ? (variable("OLDPWD") ?? "") : (given ?? variable("HOME") ?? "/");
  const before = isPush
    ? withShell(world, {
        arrays: new Map(world.shell.arrays).set("DIRSTACK", [
          ...(world.shell.arrays.get("DIRSTACK") ?? []),
          literal(world.shell.directory),
        ]),
      })
    : world;
  const [symbol] = symbolsIn(target);
  const meaning = symbol === undefined ? undefined : symbols.meaningOf(symbol);
  if (symbol !== undefined && meaning?.kind === "choice" && meaning.options.length <= 4)
    return meaning.options.map(({ text, when }) => ({
      world: withDirectory(
        when === undefined ? before : withFact(before, when, true),
        resolvePath(world.shell.directory, target.replaceAll(symbol, text)),
      ),
      status: true,
    }));
  return done(withDirectory(before, resolvePath(world.shell.directory, target)));
}
