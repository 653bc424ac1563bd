/** A `justfile`, as far as it is plain. */
export interface Justfile {
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** The first recipe, which `just` alone runs. */
  readonly first: string | undefined;
  /** Variables that are written out. */
  readonly variables: ReadonlyMap<string, string>;
  /** Those of them that recipes see in their environment. */
  readonly exported: ReadonlySet<string>;
  /** `set shell := ["bash", "-c"]`; undefined for just's own, `sh -cu`. */
  readonly shell: readonly string[] | undefined;
  /** `set positional-arguments`: recipes have what they are given as `$1`, too. */
  readonly passesArguments: boolean;
}

export interface Recipe {
  readonly parameters: readonly Parameter[];
  /** With what they are given, where that is something. */
  readonly before: readonly Needed[];
  readonly after: readonly Needed[];
  readonly attributes: readonly string[];
  /** Without their indentation; the first may be a `#!`. */
  readonly lines: readonly string[];
  /** Of the first of its lines; counts from 1. */
  readonly line: number;
}

interface Parameter {
  readonly name: string;
  readonly isExported: boolean;
  readonly isVariadic: boolean;
  /** Undefined where it must be given, or where what is taken instead is computed. */
  readonly fallback: string | undefined;
}

interface Needed {
  readonly name: string;
  readonly hasArguments: boolean;
}

const MOST_CHARACTERS = 500_000;
const NAME = String.raw`[A-Za-z_][\w-]*`;
const HEAD = new RegExp(
  String.raw`^@?(${NAME})((?:\s+(?:[+*]?\$?${NAME}(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w.-]+))?))*)\s*:(?!=)(.*)$`,
);
const ASSIGNMENT = new RegExp(String.raw`^(export\s+)?(${NAME})\s*:=\s*(.*)$`);
const PARAMETER = new RegExp(String.raw`([+*]?)(\$?)(${NAME})(?:\s*=\s*("[^"]*"|'[^']*'|[\w.-]+))?`, "g");

/** Reads recipes and literal variables; undefined where more files belong to it. Its grammar: just.systems/man. */
export function readJustfile(text: string): Justfile | undefined {
  if (text.length > MOST_CHARACTERS || /^(?:import|mod)\b\??\s/m.test(text)) return undefined;
  const recipes = new Map<string, Recipe>();
  const variables = new Map<string, string>();
  const exported = new Set<string>();
  const aliases: (readonly [string, string])[] = [];
  let [first, shell]: [string | undefined, readonly string[] | undefined] = [undefined, undefined];
  let attributes: string[] = [];
  let passesArguments = false;
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? "").trimEnd();
    if (line === "" || /^\s|^#/.test(line)) continue;
    const attribute = /^\[(.*)\]$/.exec(line);
    const alias = new RegExp(String.raw`^alias\s+(${NAME})\s*:=\s*(${NAME})`).exec(line);
    const set = /^set\s+([\w-]+)(?:\s*:=\s*(.*))?$/.exec(line);
    const assignment = ASSIGNMENT.exec(line);
    const head = HEAD.exec(line);
    if (attribute !== null) attributes.push(attribute[1] ?? "");
    else if (alias !== null) aliases.push([alias[1] ?? "", alias[2] ?? ""]);
    else if (set !== null) {
      if (set[1] === "shell") shell = [...(set[2] ?? "").matchAll(/["']([^"']*)["']/g)].map(([, word = ""]) => word);
      if (set[1] === "positional-arguments") passesArguments = set[2] !== "false";
      if (set[1] === "working-directory" || set[1] === "no-cd") return undefined;
    } else if (assignment !== null) {
      const value = literalText(assignment[3] ?? "");
      if (value !== undefined) variables.set(assignment[2] ?? "", value);
      if (assignment[1] !== undefined) exported.add(assignment[2] ?? "");
    } else if (head !== null) {
      const [, name = "", parameters = "", needed = ""] = head;
      const body = bodyFrom(lines, at + 1);
      const [before = "", after = ""] = needed.replace(/\s#.*$/, "").split("&&");
      recipes.set(name, {
        parameters: [...parameters.matchAll(PARAMETER)].map(([, sign, dollar, parameter = "", fallback]) => ({
          name: parameter,
          isExported: dollar === "$",
          isVariadic: sign !== "",
          fallback:
            fallback === undefined
              ? sign === "*"
                ? ""
                : undefined
              : (literalText(fallback) ?? variables.get(fallback)),
        })),
        before: neededIn(before),
        after: neededIn(after),
        attributes,
        lines: body,
        line: at + 2,
      });
      first ??= name;
      attributes = [];
    }
  }
  for (const [name, of] of aliases) {
    const recipe = recipes.get(of);
    if (recipe !== undefined) recipes.set(name, recipe);
  }
  return { recipes, first, variables, exported, shell, passesArguments };
}

/** The indented lines from here on. */
function bodyFrom(lines: readonly string[], start: number): readonly string[] {
  const body: string[] = [];
  const indentation = /^[ \t]+/.exec(lines[start] ?? "")?.[0];
  if (indentation === undefined) return body;
  for (const line of lines.slice(start)) {
    if (line.trim() !== "" && !line.startsWith(indentation)) break;
    body.push(line.slice(indentation.length));
  }
  return body;
}

function neededIn(text: string): readonly Needed[] {
  const pattern = new RegExp(String.raw`\(\s*(${NAME})([^()]*)\)|(${NAME})`, "g");
  return [...text.matchAll(pattern)].map(([, called, given = "", plain]) => ({
    name: called ?? plain ?? "",
    hasArguments: given.trim() !== "",
  }));
}

/** A string that is written out: `"main"`, `'main'`. */
function literalText(text: string): string | undefined {
  const [, double, single] = /^(?:"([^"\\]*)"|'([^']*)')\s*(?:#.*)?$/.exec(text.trim()) ?? [];
  return double ?? single;
}
