import { concatenate, literal, literalOf, optionsOf, unknown, type Value } from "../../shell/value.ts";
import { readShellOptions } from "../../shell/shell-options.ts";
import { readAssignment } from "../../shell/unwrap-command.ts";
import { formatPrintf, printEcho } from "../../shell/print-commands.ts";
import { literalsOf } from "../../shell/words.ts";
import { resolvePath } from "../paths.ts";
import { hasSymbol, symbolsIn, type Text } from "../text.ts";
import { withFact, withShell, type Jump, type Outcome, type Variable, type World } from "../world.ts";
import { arrayRead } from "./read-array.ts";
import { runTest } from "./conditions.ts";
import { print } from "./redirect.ts";
import type { Place } from "./run-statements.ts";
import type { Call } from "./walk.ts";

type Builtin = (call: Call, place: Place) => readonly Outcome[];

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
    return done(withShell(world, { variables }));
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
    const value = formatPrintf(fields.slice(3));
    return done(withVariable(world, name, { value, isExported: false }));
  },
  read: (call) => {
    const { world, fields, input } = call;
    const array = arrayOf(literalsOf(fields.slice(1)));
    if (array !== undefined) return readIntoArray(call, array);
    const names = literalsOf(fields.slice(1)).filter(
      (name): name is string => name !== undefined && /^[A-Za-z_]\w*$/.test(name),
    );
    const lines = input === undefined ? undefined : literalOf(input);
    let made = world;
    for (const [at, name] of names.entries()) {
      const words = lines?.split("\n")[0]?.trim().split(/\s+/);
      const text = at === names.length - 1 ? words?.slice(at).join(" ") : words?.[at];
      const value =
        text === undefined
          ? names.length === 1 && input !== undefined
            ? firstLine(input)
            : unknown("what `read` reads")
          : literal(text);
      made = withVariable(made, name, { value, isExported: false });
    }
    return [{ world: made, status: "likely" }];
  },
  mapfile: ({ world, args }) => forgetArray(world, args.at(-1)),
  readarray: ({ world, args }) => forgetArray(world, args.at(-1)),
  trap: ({ world }) => done(world),
  wait: ({ world }) => likely(world),
  shopt: ({ world }) => done(world),
  umask: ({ world }) => done(world),
  alias: ({ world }) => done(world),
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

function firstLine(value: Value): Value {
  const options = optionsOf(value);
  const [only] = options;
  const last = only?.value.fragments.at(-1);
  if (options.length !== 1 || only === undefined || last?.kind !== "literal")
    return options.length === 1 && only ? only.value : value;
  return concatenate([
    { kind: "text", fragments: only.value.fragments.slice(0, -1) },
    literal(last.text.replace(/\n[^]*$/, "")),
  ]);
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
  return walk.depth > 40 ? likely(world) : [{ world, status, jump }];
}

export function withVariable(world: World, name: string, variable: Variable): World {
  return withShell(world, { variables: new Map(world.shell.variables).set(name, variable) });
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

/** `export NAME=value`, `local NAME`, `declare -x NAME`. */
function declare(call: Call): readonly Outcome[] {
  const { world, fields } = call;
  const [command, ...names] = literalsOf(fields);
  const options = names.filter((name) => name?.startsWith("-") === true).join("");
  const isExport = (command === "export" && !options.includes("n")) || options.includes("x");
  if (options.includes("f") || options.includes("p")) return done(world);
  const variables = new Map(world.shell.variables);
  for (const field of fields.slice(1)) {
    const text = literalOf(field.value);
    if (text?.startsWith("-") === true) continue;
    const assignment = readAssignment(field.value);
    if (assignment === undefined) {
      if (text === undefined || !/^[A-Za-z_]\w*$/.test(text)) continue;
      const before = variables.get(text);
      if (before !== undefined) variables.set(text, { ...before, isExported: isExport || before.isExported });
      continue;
    }
    const before = variables.get(assignment.name);
    const value =
      assignment.append && before !== undefined ? concatenate([before.value, assignment.value]) : assignment.value;
    variables.set(assignment.name, { value, isExported: isExport || (before?.isExported ?? false) });
  }
  return done(withShell(world, { variables }));
}
