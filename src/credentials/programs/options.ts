import type { Text } from "../text.ts";

/** Arguments parted into options and what is none. */
export interface Arguments {
  readonly operands: readonly Text[];
  /** Option → its last value; empty for one that has none. */
  readonly options: ReadonlyMap<string, Text>;
}

/** Reads `--name value`, `--name=value`, `-n value`, `-abn value` and single letters; `--` ends the options. */
export function readArguments(args: readonly Text[], withValue: readonly string[] = []): Arguments {
  const { operands, options } = readRepeated(args, withValue);
  return { operands, options: new Map(options) };
}

export function hasOption({ options }: Arguments, ...names: readonly string[]): boolean {
  return names.some((name) => options.has(name));
}

/** Arguments parted, with every option as often as it is given: `-m A -m B`. */
export interface RepeatedArguments {
  readonly operands: readonly Text[];
  readonly options: readonly (readonly [name: Text, value: Text])[];
}

/** Reads `--name value`, `--name=value`, `-am value`, `-mvalue`; `--` ends the options. */
export function readRepeated(args: readonly Text[], withValue: readonly string[]): RepeatedArguments {
  const operands: Text[] = [];
  const options: [Text, Text][] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") operands.push(arg);
    else if (arg.startsWith("--")) {
      const equals = arg.indexOf("=");
      if (equals >= 0) options.push([arg.slice(0, equals), arg.slice(equals + 1)]);
      else options.push([arg, withValue.includes(arg) ? (args[++at] ?? "") : ""]);
    } else {
      for (let letter = 1; letter < arg.length; letter++) {
        const name = `-${arg[letter] ?? ""}`;
        if (!withValue.includes(name)) options.push([name, ""]);
        else {
          const rest = arg.slice(letter + 1);
          options.push([name, rest === "" ? (args[++at] ?? "") : rest]);
          break;
        }
      }
    }
  }
  return { operands, options };
}
