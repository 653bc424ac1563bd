import { dirname } from "node:path/posix";
import { readJustfile, type Justfile, type Recipe } from "./justfile.ts";
import { parseValue } from "./parse-script.ts";
import {
  findPath,
  findUpward,
  outOfSight,
  type FollowContext,
  type Followed,
  type FollowedScript,
} from "./repository-file.ts";
import type { Field } from "./scope.ts";
import { NO_OPTIONS, readShellOptions } from "./shell-options.ts";
import { literal, literalOf, textOf, type Fragment } from "./value.ts";

const NAMES = ["justfile", "Justfile", ".justfile"];

/** The recipe that `just NAME` runs, with those that it needs. */
export function followJust(args: readonly Field[], context: FollowContext): Followed {
  const call = readCall(args);
  if ("reason" in call) return outOfSight(call.reason);
  const found = findJustfile(call, context);
  if ("reason" in found) return outOfSight(found.reason);
  const justfile = readJustfile(found.text);
  if (justfile === undefined) return outOfSight(`${found.path} takes recipes from other files, or runs them elsewhere`);
  const variables = new Map([...justfile.variables, ...call.variables]);
  const { root } = context;
  const folder = call.directory ?? dirname(found.path);
  const directory = folder === "." || folder === "" ? root : `${root}/${folder}`;
  const name = call.recipe ?? justfile.first;
  if (name === undefined) return { kind: "none" };
  const scripts: FollowedScript[] = [];
  const seen = new Set<string>();
  const visit = (wanted: string, given: readonly Field[]): string | undefined => {
    if (seen.has(wanted)) return undefined;
    seen.add(wanted);
    const recipe = justfile.recipes.get(wanted);
    if (recipe === undefined) return `${found.path} has no plain recipe ${wanted}`;
    if (recipe.attributes.some((text) => /\b(?:no-cd|working-directory|script)\b/.test(text)))
      return `the recipe ${wanted} of ${found.path} has an attribute that is not followed`;
    const needs = [...recipe.before, ...recipe.after].find(({ hasArguments }) => hasArguments);
    if (needs !== undefined) return `the recipe ${wanted} gives arguments to ${needs.name}`;
    for (const { name: before } of recipe.before) {
      const reason = visit(before, []);
      if (reason !== undefined) return reason;
    }
    const own = bind(recipe, given, variables);
    if (typeof own === "string") return `${own} of the recipe ${wanted}`;
    const positional = justfile.passesArguments ? given : [];
    const made = scriptsOf(recipe, justfile, own, { path: found.path, directory, positional });
    if (typeof made === "string") return made;
    scripts.push(...made);
    for (const { name: after } of recipe.after) {
      const reason = visit(after, []);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  const reason = visit(name, call.rest);
  return reason === undefined ? { kind: "scripts", scripts } : outOfSight(reason);
}

interface Call {
  readonly file: string | undefined;
  readonly directory: string | undefined;
  readonly recipe: string | undefined;
  readonly rest: readonly Field[];
  readonly variables: ReadonlyMap<string, string>;
}

function readCall(args: readonly Field[]): Call | { readonly reason: string } {
  let [file, directory]: [string | undefined, string | undefined] = [undefined, undefined];
  const variables = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const field = args[at];
    const text = field === undefined ? undefined : literalOf(field.value);
    if (text === undefined) return { reason: "the recipe of just is computed" };
    const long = /^(--[\w-]+)=(.*)$/.exec(text);
    const option = long?.[1] ?? text;
    const value = (): string | undefined => {
      const next = long === null ? args[++at] : undefined;
      return long?.[2] ?? (next === undefined ? undefined : literalOf(next.value));
    };
    const assignment = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(text);
    if (option === "-f" || option === "--justfile") {
      file = value();
      if (file === undefined) return { reason: "the path of the justfile is computed" };
    } else if (option === "-d" || option === "--working-directory") {
      directory = value();
      if (directory === undefined) return { reason: "the directory of just is computed" };
    } else if (option === "--set") {
      const name = value();
      const given = args[++at];
      const set = given === undefined ? undefined : literalOf(given.value);
      if (name !== undefined && set !== undefined) variables.set(name, set);
    } else if (
      /^(?:-n|--dry-run|-l|--list|--summary|--dump|--show|-s|--evaluate|--choose|--fmt|--version|-V|--init|-c|--command)$/.test(
        option,
      )
    )
      return { reason: "just runs no recipe here" };
    else if (text.startsWith("-")) continue;
    else if (assignment !== null) variables.set(assignment[1] ?? "", assignment[2] ?? "");
    else return { file, directory, recipe: text, rest: args.slice(at + 1), variables };
  }
  return { file, directory, recipe: undefined, rest: [], variables };
}

/** Where none is named, it is looked for upward. */
function findJustfile(
  { file }: Call,
  context: FollowContext,
): { readonly path: string; readonly text: string } | { readonly reason: string } {
  const start = findPath(file ?? ".", context);
  if (typeof start !== "string") return start;
  if (file !== undefined) {
    const text = context.readRepositoryFile(start);
    return text === undefined ? { reason: `${start} is not in the repository` } : { path: start, text };
  }
  return findUpward(start, NAMES, context) ?? { reason: "there is no justfile in the repository" };
}

interface Argument {
  readonly value: readonly Fragment[];
  readonly isExported: boolean;
}

type Bound = ReadonlyMap<string, Argument>;

/** What `{{NAME}}` stands for in a recipe; why that is not known. */
function bind({ parameters }: Recipe, given: readonly Field[], variables: ReadonlyMap<string, string>): Bound | string {
  const bound = new Map<string, Argument>(
    [...variables].map(([name, text]) => [name, { value: literal(text).fragments, isExported: false }]),
  );
  for (const [at, { name, isExported, isVariadic, fallback }] of parameters.entries()) {
    const fields = isVariadic ? given.slice(at) : given.slice(at, at + 1);
    if (fields.some(({ isOne }) => !isOne)) return "how many arguments there are is computed: those";
    if (fields.length === 0 && fallback === undefined) return `nothing is given, or something computed, for ${name}`;
    const value =
      fields.length === 0
        ? literal(fallback ?? "").fragments
        : fields.flatMap((field, index) => [...(index === 0 ? [] : literal(" ").fragments), ...fragmentsOf(field)]);
    bound.set(name, { value, isExported });
  }
  return bound;
}

function fragmentsOf({ value }: Field): readonly Fragment[] {
  return value.kind === "text"
    ? value.fragments
    : [{ kind: "unknown", reason: "an argument that has several possible values" }];
}

function scriptsOf(
  { lines, line }: Recipe,
  { shell, exported, variables }: Justfile,
  bound: Bound,
  place: Pick<FollowedScript, "path" | "directory" | "positional">,
): readonly FollowedScript[] | string {
  const [first = ""] = lines;
  const isScript = first.startsWith("#!");
  const words = isScript
    ? first
        .slice(2)
        .trim()
        .replace(/^\S*\/env(?:\s+-S)?\s+/, "")
        .split(/\s+/)
    : (shell ?? ["sh", "-cu"]);
  const [program = "", ...options] = words;
  const dialect = /(?:^|\/)bash$/.test(program) ? "bash" : /(?:^|\/)(?:sh|dash)$/.test(program) ? "sh" : undefined;
  if (dialect === undefined) return `a recipe of ${place.path} is run by ${program}, which is no shell that is read`;
  const exports = [...exported].flatMap((name) => {
    const value = variables.get(name);
    return value === undefined ? [] : literal(`export ${name}='${value}'; `).fragments;
  });
  const given = [...bound].flatMap(([name, { value, isExported }]) =>
    isExported ? [...literal(`export ${name}="`).fragments, ...value, ...literal('"; ').fragments] : [],
  );
  const texts = isScript ? [{ text: lines.join("\n"), at: 0 }] : joinedLines(lines);
  const scripts: FollowedScript[] = [];
  for (const { text, at } of texts) {
    const prefix = isScript ? "" : (/^[@-]*/.exec(text)?.[0] ?? "");
    const expanded = expand(text.slice(prefix.length), bound);
    if (expanded === undefined) return `a recipe of ${place.path} uses an expression of just's that is not literal`;
    scripts.push({
      ...place,
      line: line + at,
      dialect,
      options: isScript ? NO_OPTIONS : readShellOptions(options.map((option) => option.replace("c", ""))).options,
      script: parseValue(textOf([...exports, ...given, ...expanded])),
      isProcess: true,
      ignoresErrors: prefix.includes("-"),
    });
  }
  return scripts;
}

function joinedLines(lines: readonly string[]): readonly { readonly text: string; readonly at: number }[] {
  const joined: { text: string; at: number }[] = [];
  let isOpen = false;
  for (const [at, line] of lines.entries()) {
    const last = joined.at(-1);
    if (isOpen && last !== undefined) last.text += `\n${line}`;
    else if (line.trim() !== "" && !line.startsWith("#")) joined.push({ text: line, at });
    isOpen = line.endsWith("\\");
  }
  return joined;
}

/** `{{NAME}}` with what it stands for; undefined where that is more than a name. */
function expand(text: string, bound: Bound): readonly Fragment[] | undefined {
  const fragments: Fragment[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{\{\{\{|\{\{\s*([^}]*?)\s*\}\}/g)) {
    fragments.push(...literal(text.slice(end, match.index)).fragments);
    end = match.index + match[0].length;
    if (match[0] === "{{{{") {
      fragments.push(...literal("{{").fragments);
      continue;
    }
    const written = match[1] ?? "";
    const known = bound.get(written)?.value ?? quoted(written);
    if (known === undefined) return undefined;
    fragments.push(...known);
  }
  return [...fragments, ...literal(text.slice(end)).fragments];
}

function quoted(text: string): readonly Fragment[] | undefined {
  const inner = /^(?:"([^"\\]*)"|'([^']*)')$/.exec(text);
  return inner === null ? undefined : literal(inner[1] ?? inner[2] ?? "").fragments;
}
