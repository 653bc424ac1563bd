import { isAbsolute } from "node:path/posix";
import type { Field } from "./scope.ts";
import { NO_OPTIONS, readShellOptions } from "./shell-options.ts";
import { concatenate, literal, literalOf, optionsOf, textOf, type Value } from "./value.ts";
import { isName } from "./variables.ts";
import { literalsOf } from "./words.ts";
import { readStarter } from "./starters.ts";
import type { Run, Unwrapped, Wrapper } from "./unwrapped.ts";
import { withInput } from "./xargs.ts";
import { WRAPPERS, type WrapperSyntax } from "./wrappers.ts";

const MOST_WRAPPERS = 20;

/**
 * Takes off the wrappers that are known; what another program starts is not seen.
 *
 * @example
 * unwrapCommand(fields); // `sudo -E git push` → wrappers [sudo], run { kind: "program", fields: [git, push] }
 */
export function unwrapCommand(fields: readonly Field[], input?: Value): Unwrapped {
  const wrappers: Wrapper[] = [];
  let rest = fields;
  while (wrappers.length < MOST_WRAPPERS) {
    const name = programName(rest[0]);
    if (name === undefined) break;
    const syntax = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    if (syntax === undefined) return { wrappers, run: readRun(name, rest) };
    const wrapper = readWrapper(name, syntax, rest.slice(1), input);
    if ("run" in wrapper) return { wrappers, run: wrapper.run };
    if (syntax.isProgram === true && wrapper.rest.length === 0) break;
    wrappers.push(wrapper.wrapper);
    rest = wrapper.rest;
    const [first, text] = rest;
    // `flock file -c text`
    if (name === "flock" && first !== undefined && literalOf(first.value) === "-c" && text !== undefined)
      return { wrappers, run: { kind: "inline", shell: "sh", options: NO_OPTIONS, text: text.value, positional: [] } };
  }
  return { wrappers, run: { kind: "program", fields: rest } };
}

/** A program's name without the folder it is in: `/usr/bin/git` is `git`. Other paths are files of someone's. */
function programName(field: Field | undefined): string | undefined {
  if (field === undefined || !field.isOne) return undefined;
  const text = literalOf(field.value);
  return text !== undefined && isAbsolute(text) ? text.replace(/^(?:\/usr(?:\/local)?)?\/bin\//, "") : text;
}

function readRun(name: string, fields: readonly Field[]): Run {
  const args = fields.slice(1);
  if (name === "eval") {
    const values = args.map(({ value }) => value);
    return {
      kind: "eval",
      text: concatenate(values.flatMap((value, at) => (at === 0 ? [value] : [literal(" "), value]))),
    };
  }
  if (name === "source" || name === ".") {
    const [path, ...positional] = args;
    if (path === undefined) return { kind: "unknown", reason: `${name} names no file` };
    return { kind: "source", path: path.value, positional };
  }
  if (SHELLS.has(name)) return readShell(name, args);
  return readStarter(name, fields) ?? { kind: "program", fields };
}

/** Those that read a plain script as bash or sh do. */
const SHELLS: ReadonlySet<string> = new Set(["bash", "sh", "dash", "ash", "ksh", "zsh"]);

function readShell(name: string, args: readonly Field[]): Run {
  const { options, rest, isCommand, isInput } = readShellOptions(literalsOf(args));
  const shell = name === "bash" ? "bash" : "sh";
  const [first, ...positional] = args.slice(rest);
  if (isCommand) {
    if (first === undefined) return { kind: "unknown", reason: `${name} -c has no script` };
    // The argument behind the script is `$0`.
    return { kind: "inline", shell, options, text: first.value, positional: positional.slice(1) };
  }
  if (isInput || first === undefined) return { kind: "input", shell, options, positional: args.slice(rest) };
  if (!first.isOne) return { kind: "unknown", reason: `the arguments of ${name} are computed` };
  return { kind: "file", shell, options, path: first.value, positional };
}

type Peeled = { readonly wrapper: Wrapper; readonly rest: readonly Field[] } | { readonly run: Run };

function readWrapper(name: string, syntax: WrapperSyntax, args: readonly Field[], input: Value | undefined): Peeled {
  const given: { readonly option: string; readonly value: Value | undefined }[] = [];
  let at = 0;
  for (; at < args.length; at++) {
    const text = literalStart(args[at]);
    if (text === "--") {
      at++;
      break;
    }
    if (text === "-" && name === "env") given.push({ option: "-i", value: undefined });
    else if (text.startsWith("--")) {
      const [option = ""] = text.split("=", 1);
      const isJoined = text.includes("=");
      const takes = !isJoined && syntax.longWithValue.includes(option);
      given.push({
        option,
        value: isJoined ? behind(args[at], option.length + 1) : takes ? args[++at]?.value : undefined,
      });
    } else if (/^-[^-]/.test(text)) at = readLetters(syntax, text, args, at, given);
    else break;
  }
  const options = new Map(given.map(({ option, value }) => [syntax.names[option] ?? option, value]));
  if (name === "command" && (options.has("-v") || options.has("-V"))) return { run: { kind: "lookup" } };
  if (name === "env" && options.has("split"))
    return { run: { kind: "unknown", reason: "env -S splits a text into a command" } };
  at += syntax.operands;
  const sets: { readonly name: string; readonly value: Value }[] = Object.entries(syntax.sets ?? {}).map(
    ([name, text]) => ({ name, value: literal(text) }),
  );
  const sort = syntax.takesVariables ? args.slice(at).findIndex((field) => !addVariable(field, sets)) : 0;
  const rest = sort < 0 ? [] : args.slice(at + sort);
  const kept = literalOf(options.get("preserve") ?? literal(""));
  const isCleared = options.has("clear") || (syntax.clears && !options.has("preserve-all") && !options.has("preserve"));
  const wrapper: Wrapper = {
    name,
    user: options.get("user"),
    environment:
      isCleared || (options.get("preserve") !== undefined && !options.has("preserve-all")) ? "cleared" : "kept",
    keeps: kept === undefined || kept === "" ? [] : kept.split(","),
    sets,
    unsets: given.flatMap(({ option, value }) =>
      syntax.names[option] === "unset" && value !== undefined ? [literalOf(value) ?? ""].filter(isName) : [],
    ),
    directory: options.get("directory"),
  };
  return { wrapper, rest: name === "xargs" ? withInput(rest, options, input) : rest };
}

/** `-u name`, `-uname`, `-En`; returns the index of the last argument that was read. */
function readLetters(
  syntax: WrapperSyntax,
  text: string,
  args: readonly Field[],
  at: number,
  given: { option: string; value: Value | undefined }[],
): number {
  for (let index = 1; index < text.length; index++) {
    const letter = text[index] ?? "";
    if (!syntax.lettersWithValue.includes(letter)) {
      given.push({ option: `-${letter}`, value: undefined });
      continue;
    }
    const isJoined =
      index + 1 < literalStart(args[at]).length || (args[at] !== undefined && literalOf(args[at].value) === undefined);
    given.push({ option: `-${letter}`, value: isJoined ? behind(args[at], index + 1) : args[at + 1]?.value });
    return isJoined ? at : at + 1;
  }
  return at;
}

/** The literal text that an argument begins with; an argument that is not known is no option. */
function literalStart(field: Field | undefined): string {
  if (field?.value.kind !== "text") return "";
  const [first] = field.value.fragments;
  return first?.kind === "literal" ? first.text : "";
}

function behind(field: Field | undefined, length: number): Value | undefined {
  if (field?.value.kind !== "text") return undefined;
  const [first, ...others] = field.value.fragments;
  if (first?.kind !== "literal") return undefined;
  return textOf([{ kind: "literal", text: first.text.slice(length) }, ...others]);
}

function addVariable(field: Field, sets: { name: string; value: Value }[]): boolean {
  const assignment = readAssignment(field.value);
  if (assignment === undefined || assignment.append) return false;
  sets.push({ name: assignment.name, value: assignment.value });
  return true;
}

/** Reads `NAME=value` and `NAME+=value`; undefined for other texts. */
export function readAssignment(
  value: Value,
): { readonly name: string; readonly append: boolean; readonly value: Value } | undefined {
  const names = optionsOf(value).map((option) => /^([A-Za-z_]\w*)(\+?)=/.exec(startOf(option.value)));
  const [first] = names;
  if (first === null || first === undefined || names.some((match) => match?.[0] !== first[0])) return undefined;
  const cut = (text: Value): Value => {
    if (text.kind === "choice")
      return { ...text, options: text.options.map((o) => ({ ...o, value: cutText(o.value, first[0].length) })) };
    return cutText(text, first[0].length);
  };
  return { name: first[1] ?? "", append: first[2] === "+", value: cut(value) };
}

function startOf(text: Extract<Value, { kind: "text" }>): string {
  const [first] = text.fragments;
  return first?.kind === "literal" ? first.text : "";
}

function cutText(text: Extract<Value, { kind: "text" }>, length: number) {
  return textOf([{ kind: "literal", text: startOf(text).slice(length) }, ...text.fragments.slice(1)]);
}
