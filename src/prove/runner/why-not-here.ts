import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseScript } from "../../shell/parse-script.ts";
import type { Command, Statement } from "../../shell/script.ts";

/** Programs that need what a throw-away runner without a network has not: registries, clusters, clouds, root, Docker. */
const NEEDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    "a network":
      "npm npx pnpm yarn bun pip pip3 pipx poetry uv cargo rustup go mvn gradle dotnet nuget gem bundle composer curl wget brew conda",
    "the right to install": "apt apt-get yum dnf apk pacman sudo",
    "a cluster": "sbatch srun salloc squeue qsub bsub kubectl helm",
    containers: "docker podman buildah docker-compose",
    "a cloud": "aws gcloud az terraform pulumi vercel netlify firebase",
  }).flatMap(([need, programs]) => programs.split(" ").map((program) => [program, need])),
);

/** What says that a script has a say in git's doings, or in what later steps see: it is run, whatever else it needs. */
const HAS_A_SAY = /\bgit\b|\bgh\b|GITHUB_(?:ENV|OUTPUT|PATH)|set-output|\bssh-|netrc/;

/**
 * Why a script is not run on a throw-away runner: it builds or measures something, and a program that it calls cannot do its work
 * here. Undefined where it is run.
 *
 * @param programs `PATH`
 */
export function whyNotHere(script: string, programs: string): string | undefined {
  if (HAS_A_SAY.test(script)) return undefined;
  const parsed = parseScript(script, { hasExpressions: false });
  if (parsed.kind === "unreadable") return undefined;
  const defined = new Set<string>();
  const called: string[] = [];
  visitStatements(parsed.statements, (statement) => {
    if (statement.kind === "function") defined.add(statement.name);
    if (statement.kind === "command") called.push(nameOf(statement));
  });
  for (const name of called) {
    if (!/^[\w.+-]+$/.test(name) || defined.has(name) || BUILTINS.has(name)) continue;
    if (NEEDS[name] !== undefined) return `\`${name}\` needs ${NEEDS[name]}, which is not here`;
    if (!isInstalled(name, programs)) return `\`${name}\` is not installed here`;
  }
  return undefined;
}

/** The program's name where it is written out, else nothing. */
function nameOf({ words: [first] }: Command): string {
  return first?.parts.every((part) => part.kind === "literal") === true
    ? first.parts.map((part) => (part.kind === "literal" ? part.text : "")).join("")
    : "";
}

function isInstalled(name: string, programs: string): boolean {
  return programs.split(delimiter).some((folder) => {
    const path = join(folder, name);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** bash(1), SHELL BUILTIN COMMANDS */
const BUILTINS: ReadonlySet<string> = new Set(
  ". : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit umask unalias unset wait".split(
    " ",
  ),
);

/** Every statement of a list, outer before inner; not those in `$(…)`. */
function visitStatements(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement);
    visitStatements(statementsIn(statement), visit);
  }
}

function statementsIn(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case "pipeline":
      return statement.statements;
    case "not":
    case "background":
      return [statement.statement];
    case "and-or":
      return [statement.first, ...statement.rest.map((next) => next.statement)];
    case "if":
      return [
        ...statement.branches.flatMap(({ condition, body }) => [...condition, ...body]),
        ...(statement.otherwise ?? []),
      ];
    case "while":
      return [...statement.condition, ...statement.body];
    case "for":
    case "loop":
    case "subshell":
    case "group":
      return statement.body;
    case "case":
      return statement.items.flatMap(({ body }) => body);
    case "function":
      return [statement.body];
    case "command":
    case "test":
    case "arithmetic":
      return [];
  }
}
