/** A `Makefile` of plain rules. */
export interface Makefile {
  readonly rules: ReadonlyMap<string, Rule>;
  /** The first rule, which `make` alone builds. */
  readonly first: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
}

export interface Rule {
  readonly prerequisites: readonly string[];
  readonly recipe: readonly RecipeLine[];
}

/** One line of a recipe, which make gives to a shell of its own. */
export interface RecipeLine {
  /** Joined where it ends in a backslash, with `$$` as `$` and make's own variables in their place. */
  readonly text: string;
  /** `-`: its failure does not count. */
  readonly ignoresErrors: boolean;
  /** Counts from 1. */
  readonly line: number;
  /** Why the text is not known. */
  readonly reason: string | undefined;
}

const MOST_CHARACTERS = 500_000;
const MOST_EXPANSIONS = 20;

/**
 * Reads rules and literal variables; undefined where the file has what is not plain: `include`, `define`, conditions. What is
 * given on the command line wins over the file's variables.
 */
export function readMakefile(text: string, given: ReadonlyMap<string, string> = new Map()): Makefile | undefined {
  if (text.length > MOST_CHARACTERS || /^(?:-?include|sinclude|define|ifn?eq|ifn?def|\.ONESHELL)\b/m.test(text))
    return undefined;
  const variables = new Map<string, string>([["MAKE", "make"], ...given]);
  const rules = new Map<string, { prerequisites: string[]; recipe: RecipeLine[] }>();
  let targets: readonly string[] = [];
  let first: string | undefined;
  for (const { text: line, number } of joinedLines(text)) {
    if (line.startsWith("\t")) {
      const recipe = readRecipe(line.slice(1), number, variables);
      for (const target of targets) rules.get(target)?.recipe.push(recipe);
      continue;
    }
    const plain = line.replace(/(?:^|\s)#.*/, "");
    const variable = /^(?:export +|override +)?([\w.-]+)[ \t]*(\?|:{1,3}|\+|!)?=(.*)$/.exec(plain);
    if (variable !== null) {
      const [, name = "", operator = "", value = ""] = variable;
      if (!given.has(name)) addVariable(variables, name, operator, value.trim());
      continue;
    }
    const rule = readRuleLine(plain);
    if (rule === undefined) continue;
    targets = wordsOf(rule.targets);
    const prerequisites = wordsOf(rule.prerequisites).filter((name) => name !== "|");
    for (const target of targets) {
      const known = rules.get(target) ?? { prerequisites: [], recipe: [] };
      known.prerequisites.push(...prerequisites);
      if (rule.recipe !== undefined) known.recipe.push(readRecipe(rule.recipe, number, variables));
      rules.set(target, known);
      if (!target.startsWith(".")) first ??= target;
    }
  }
  return { rules, first, variables };
}

/** `targets: prerequisites; recipe`; by hand, as a pattern would take its time over long lines. */
function readRuleLine(
  line: string,
): { readonly targets: string; readonly prerequisites: string; readonly recipe: string | undefined } | undefined {
  const colon = line.indexOf(":");
  if (colon <= 0 || /^\s/.test(line) || line.slice(0, colon).includes("=")) return undefined;
  const behind = line.slice(line[colon + 1] === ":" ? colon + 2 : colon + 1);
  const semicolon = behind.indexOf(";");
  const prerequisites = semicolon < 0 ? behind : behind.slice(0, semicolon);
  // `target: NAME = value` sets a variable for that target alone.
  if (prerequisites.includes("=")) return undefined;
  const recipe = semicolon < 0 ? undefined : behind.slice(semicolon + 1).trimStart();
  return { targets: line.slice(0, colon), prerequisites, recipe };
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[ \t]+/).filter((word) => word !== "");
}

function* joinedLines(text: string): Generator<{ readonly text: string; readonly number: number }> {
  let [joined, number] = ["", 0];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (joined === "") number = index + 1;
    joined += line;
    if (line.endsWith("\\")) {
      joined += "\n";
      continue;
    }
    yield { text: joined.startsWith("\t") ? joined : joined.replace(/\\\n\s*/g, " "), number };
    joined = "";
  }
  if (joined !== "") yield { text: joined, number };
}

/** `+=` and `!=` make a value that is not literal. */
function addVariable(variables: Map<string, string>, name: string, operator: string, value: string): void {
  if (operator === "?" && variables.has(name)) return;
  if (operator === "+") variables.set(name, `${variables.get(name) ?? ""} ${value}`.trim());
  else if (operator === "!") variables.set(name, "$(shell)");
  else variables.set(name, value);
}

function readRecipe(line: string, number: number, variables: ReadonlyMap<string, string>): RecipeLine {
  const prefix = /^[@\-+\s]*/.exec(line)?.[0] ?? "";
  const expanded = expand(line.slice(prefix.length).replace(/\\\n\t/g, "\\\n"), variables, { left: MOST_EXPANSIONS });
  return {
    text: expanded ?? line.slice(prefix.length),
    ignoresErrors: prefix.includes("-"),
    line: number,
    reason:
      expanded === undefined ? "the recipe uses a variable or a function of make's that is not literal" : undefined,
  };
}

/** Make's `$(NAME)`, where it is literal; `$$` is the shell's `$`. Undefined where it is not. */
function expand(text: string, variables: ReadonlyMap<string, string>, budget: { left: number }): string | undefined {
  let isKnown = true;
  const made = text.replace(
    /\$(\$|\((\w[\w.-]*)\)|\{(\w[\w.-]*)\}|[^]?)/g,
    (_, all: string, round?: string, curly?: string) => {
      if (all === "$") return "$";
      const name = round ?? curly ?? all;
      const value = variables.get(name);
      // Make's variables are those of the environment, too, which the recipe's shell sees by the same name.
      if (value === undefined && /^[A-Z][A-Z0-9_]*$/.test(name) && !text.includes("'")) return `\${${name}}`;
      const inner = value === undefined || budget.left-- <= 0 ? undefined : expand(value, variables, budget);
      if (inner === undefined) isKnown = false;
      return inner ?? "";
    },
  );
  return isKnown ? made : undefined;
}
