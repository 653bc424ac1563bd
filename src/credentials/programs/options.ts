import type { Text } from "../text.ts";

/** Arguments parted into options and what is none. */
export interface Arguments {
  readonly operands: readonly Text[];
  /** Option → its last value; empty for one that has none. */
  readonly options: ReadonlyMap<string, Text>;
}

/** Reads `--name value`, `--name=value`, `-n value` and single letters; `--` ends the options. */
export function readArguments(args: readonly Text[], withValue: readonly string[] = []): Arguments {
  const operands: Text[] = [];
  const options = new Map<string, Text>();
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") operands.push(arg);
    else if (withValue.includes(arg)) options.set(arg, args[++at] ?? "");
    else if (arg.startsWith("--")) {
      const equals = arg.indexOf("=");
      options.set(equals < 0 ? arg : arg.slice(0, equals), equals < 0 ? "" : arg.slice(equals + 1));
    } else for (const letter of arg.slice(1)) options.set(`-${letter}`, "");
  }
  return { operands, options };
}

export function hasOption({ options }: Arguments, ...names: readonly string[]): boolean {
  return names.some((name) => options.has(name));
}
