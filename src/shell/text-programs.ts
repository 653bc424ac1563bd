import { editValues, type Edit } from "./edit-text.ts";
import { isCheap, readRegularExpression, soughtBy } from "./regular-expression.ts";
import type { Field } from "./scope.ts";
import { editWithSed } from "./sed-script.ts";
import { wordsOf } from "./split-text.ts";
import { concatenate, literal, literalOf, type Value } from "./value.ts";

/** What a program that changes texts works with. */
export interface TextCall {
  readonly args: readonly Field[];
  /** What it reads; undefined where that is not known. */
  readonly input: Value | undefined;
  readonly file: (path: Value) => Value;
  readonly variable: (name: string) => Value | undefined;
}

type TextProgram = (call: TextCall) => Value | undefined;

/** What `sed`, `cut`, `head` and their kind print; undefined where it is not known. */
export const TEXT_PROGRAMS: Readonly<Record<string, TextProgram>> = {
  sed: printSed,
  cut: printCut,
  head: (call) => printEnd(call, (lines, count) => lines.slice(0, count)),
  tail: (call) => printEnd(call, (lines, count) => lines.slice(-count)),
  awk: printColumn,
  gawk: printColumn,
  grep: printGrep,
  envsubst: printTemplate,
  xargs: ({ args, input }) => {
    const words = args.length > 0 || input === undefined ? undefined : wordsOf(input);
    return (
      words && concatenate([...words.flatMap((word, at) => (at === 0 ? [word] : [literal(" "), word])), literal("\n")])
    );
  },
};

/** What it reads: the files that are named, else its input. */
function inputOf({ input, file }: TextCall, paths: readonly Field[]): Value | undefined {
  return paths.length === 0 ? input : concatenate(paths.map(({ value }) => file(value)));
}

interface Options {
  /** In the order in which they are given; an option without a value has none. */
  readonly given: readonly (readonly [name: string, value: Value | undefined])[];
  readonly operands: readonly Field[];
}

/** `-n`, `-F/`, `-F /`, `--regexp-extended`; undefined where an argument may be anything. */
function readOptions(args: readonly Field[], withValue: string): Options | undefined {
  const given: [string, Value | undefined][] = [];
  const operands: Field[] = [];
  for (let at = 0; at < args.length; at++) {
    const field = args[at];
    if (field === undefined) break;
    const text = literalOf(field.value);
    const start = text ?? startOf(field.value);
    if (!field.isOne) return undefined;
    if (start === "" || start === "-" || !start.startsWith("-") || operands.length > 0) operands.push(field);
    else if (start.startsWith("--")) given.push([start, undefined]);
    else {
      for (let index = 1; index < start.length; index++) {
        const name = `-${start[index] ?? ""}`;
        if (!withValue.includes(start[index] ?? "")) given.push([name, undefined]);
        else {
          const isJoined = index + 1 < start.length || text === undefined;
          given.push([name, isJoined ? behind(field.value, index + 1) : args[++at]?.value]);
          break;
        }
      }
    }
  }
  return { given, operands };
}

function startOf(value: Value): string {
  const [first] = value.kind === "text" ? value.fragments : [];
  return first?.kind === "literal" ? first.text : "";
}

function behind(value: Value, length: number): Value {
  if (value.kind !== "text") return value;
  const [first, ...others] = value.fragments;
  if (first?.kind !== "literal") return value;
  return concatenate([literal(first.text.slice(length)), { kind: "text", fragments: others }]);
}

function printSed(call: TextCall): Value | undefined {
  const sed = readSed(call.args);
  const input = sed === undefined ? undefined : inputOf(call, sed.paths);
  return sed === undefined || input === undefined ? undefined : editValues([sed.script, input], sed.edit);
}

/** The script of `sed`, what it does, and the files that it names; `-i` is left to whoever knows the files. */
export function readSed(
  args: readonly Field[],
): { readonly script: Value; readonly edit: Edit; readonly paths: readonly Field[] } | undefined {
  const options = readOptions(args, "efl");
  if (options === undefined) return undefined;
  const { given, operands } = options;
  if (given.some(([name]) => !/^-[eErnsui]$|^--(?:regexp-extended|quiet|silent|in-place)$/.test(name)))
    return undefined;
  const has = (...names: readonly string[]): boolean => given.some(([name]) => names.includes(name));
  const scripts = given.flatMap(([name, value]) => (name === "-e" && value !== undefined ? [value] : []));
  const [first, ...others] = operands;
  const script = scripts.length > 0 ? concatenate(scripts.flatMap((part) => [part, literal("\n")])) : first?.value;
  if (script === undefined) return undefined;
  return {
    script,
    edit: editWithSed({
      isExtended: has("-E", "-r", "--regexp-extended"),
      isQuiet: has("-n", "--quiet", "--silent"),
    }),
    paths: scripts.length > 0 ? operands : others,
  };
}

/** Without what stands behind the last line break, where that is nothing. */
function splitLines(letters: string): readonly string[] {
  const lines = letters.split("\n");
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** Does something to each line; the last one ends in a line break, even where it had none. */
function editLines(value: Value, sought: readonly string[], edit: (line: string) => string): Value | undefined {
  return editValues([value], ([letters = ""]) => {
    const made = splitLines(letters).map((line) => `${edit(line)}\n`);
    return { made: made.join(""), sought: [...sought, "\n"] };
  });
}

/** `cut -d/ -f2`, `cut -c1-7` */
function printCut(call: TextCall): Value | undefined {
  const options = readOptions(call.args, "dfc");
  const input = options && inputOf(call, options.operands);
  if (options === undefined || input === undefined) return undefined;
  const text = (name: string): string | undefined => {
    const value = options.given.find(([other]) => other === name)?.[1];
    return value === undefined ? undefined : literalOf(value);
  };
  const isPlain = options.given.every(([name]) => name === "-d" || name === "-f");
  const range = /^(\d+)(?:(-)(\d*))?$|^-(\d+)$/.exec(text("-f") ?? "");
  const delimiter = options.given.some(([name]) => name === "-d") ? text("-d") : "\t";
  if (!isPlain || range === null || delimiter?.length !== 1) return undefined;
  const from = range[4] === undefined ? Number(range[1]) : 1;
  const to = range[4] ?? (range[2] === undefined ? range[1] : range[3] === "" ? undefined : range[3]);
  return editLines(input, [delimiter], (line) =>
    line.includes(delimiter)
      ? line
          .split(delimiter)
          .slice(from - 1, to === undefined ? undefined : Number(to))
          .join(delimiter)
      : line,
  );
}

/** `head -n 1`, `tail -1` */
function printEnd(
  call: TextCall,
  pick: (lines: readonly string[], count: number) => readonly string[],
): Value | undefined {
  const [first] = call.args;
  const short = first === undefined ? undefined : /^-(\d+)$/.exec(literalOf(first.value) ?? "")?.[1];
  const options = readOptions(short === undefined ? call.args : call.args.slice(1), "n");
  const input = options && inputOf(call, options.operands);
  if (options === undefined || input === undefined || options.given.some(([name]) => name !== "-n")) return undefined;
  const value = options.given.at(-1)?.[1];
  const count = short ?? (value === undefined ? "10" : (literalOf(value) ?? ""));
  if (!/^[1-9]\d{0,5}$/.test(count)) return undefined;
  return editValues([input], ([letters = ""]) => {
    const picked = pick(splitLines(letters), Number(count));
    const hasEnd = letters.endsWith("\n") || picked.at(-1) !== splitLines(letters).at(-1);
    return { made: picked.join("\n") + (hasEnd && picked.length > 0 ? "\n" : ""), sought: ["\n"] };
  });
}

/** `awk '{print $2}'`, `awk -F/ '{print $NF}'`: columns, and nothing else. */
function printColumn(call: TextCall): Value | undefined {
  const options = readOptions(call.args, "F");
  const [program, ...paths] = options?.operands ?? [];
  const input = inputOf(call, paths);
  if (options === undefined || program === undefined || input === undefined) return undefined;
  const column = /^\s*\{\s*print\s+\$(\d+|NF)\s*;?\s*\}\s*$/.exec(literalOf(program.value) ?? "")?.[1];
  const given = options.given.find(([name]) => name === "-F")?.[1];
  const separator = given === undefined ? "" : literalOf(given);
  if (column === undefined || separator === undefined || options.given.some(([name]) => name !== "-F"))
    return undefined;
  if (separator.length > 1 || /[\\|.*+?^$[({]/.test(separator)) return undefined;
  return editLines(input, separator === "" ? [" ", "\t"] : [separator], (line) => {
    if (column === "0") return line;
    const columns = separator === "" || separator === " " ? line.trim().split(/[ \t]+/) : line.split(separator);
    return columns[column === "NF" ? columns.length - 1 : Number(column) - 1] ?? "";
  });
}

/** `grep PATTERN`, `-v`, `-E`, `-F`, `-i`: the lines that are left. */
function printGrep(call: TextCall): Value | undefined {
  const options = readOptions(call.args, "em");
  const pattern = options?.given.find(([name]) => name === "-e")?.[1] ?? options?.operands[0]?.value;
  const isGiven = options?.given.some(([name]) => name === "-e") === true;
  const paths = options?.operands.slice(isGiven ? 0 : 1) ?? [];
  const text = pattern === undefined ? undefined : literalOf(pattern);
  const input = inputOf(call, paths);
  if (options === undefined || text === undefined || input === undefined || paths.length > 1) return undefined;
  if (options.given.some(([name]) => !/^-[evEFihG]$/.test(name))) return undefined;
  const has = (name: string): boolean => options.given.some(([other]) => other === name);
  const source = has("-F") ? text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&") : text;
  const expression = readRegularExpression(source, has("-E") || has("-F"), has("-i") ? "i" : "", true);
  if (expression === undefined) return undefined;
  return editValues([input], ([letters = ""]) => {
    if (splitLines(letters).some((line) => !isCheap(expression, line))) return undefined;
    const left = splitLines(letters).filter((line) => expression.test(line) !== has("-v"));
    return { made: left.map((line) => `${line}\n`).join(""), sought: [...soughtBy(expression), "\n"] };
  });
}

/** `envsubst`: variables in what it reads, without the rest of the shell's grammar. */
function printTemplate({ args, input, variable }: TextCall): Value | undefined {
  const template = args.length > 0 || input === undefined ? undefined : literalOf(input);
  if (template === undefined) return undefined;
  const pieces = template.split(/(\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*)/);
  return concatenate(
    pieces.map((piece, at) => {
      if (at % 2 === 0) return literal(piece);
      return variable(piece.replace(/[${}]/g, "")) ?? literal("");
    }),
  );
}
