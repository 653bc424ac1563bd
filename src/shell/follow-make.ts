import { readMakefile, type Makefile, type RecipeLine } from "./makefile.ts";
import { parseScript } from "./parse-script.ts";
import { findPath, outOfSight, type FollowContext, type Followed, type FollowedScript } from "./repository-file.ts";
import type { Field } from "./scope.ts";
import { NO_OPTIONS } from "./shell-options.ts";
import { literalsOf } from "./words.ts";

/** More than this is not run one by one. */
const MOST_LINES = 200;

/** The recipes that `make target` runs, with those of what the target needs before it. */
export function followMake(args: readonly Field[], context: FollowContext): Followed {
  const call = readCall(literalsOf(args));
  if ("reason" in call) return outOfSight(call.reason);
  const folder = findPath(call.folder, context);
  if (typeof folder !== "string") return outOfSight(folder.reason);
  for (const name of call.file === undefined ? ["GNUmakefile", "makefile", "Makefile"] : [call.file]) {
    const path = folder === "" ? name : `${folder}/${name}`;
    const text = context.readRepositoryFile(path);
    if (text === undefined) continue;
    const makefile = readMakefile(text, call.variables);
    if (makefile === undefined) return outOfSight(`${path} is no plain Makefile`);
    const directory = call.folder === "." ? undefined : `${context.root}/${folder}`;
    return collect(makefile, call.targets, path, directory);
  }
  return outOfSight(`there is no Makefile in ${folder === "" ? "the repository's root" : folder}`);
}

interface Call {
  readonly folder: string;
  readonly file: string | undefined;
  readonly targets: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
}

function readCall(args: readonly (string | undefined)[]): Call | { readonly reason: string } {
  let folder = ".";
  let file: string | undefined;
  const targets: string[] = [];
  const variables = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === undefined) return { reason: "the target of make is computed" };
    const joined = /^(?:-C|-f|--directory=|--file=|--makefile=)(.+)$/.exec(arg)?.[1];
    const isFolder = /^(?:-C|--directory)/.test(arg);
    if (isFolder || /^(?:-f|--file|--makefile)/.test(arg)) {
      const value = joined ?? args[++at];
      if (value === undefined) return { reason: "the Makefile's path is computed" };
      if (isFolder) folder = folder === "." ? value : `${folder}/${value}`;
      else file = value;
    } else if (/^[\w.-]+=/.test(arg)) {
      const [name = ""] = arg.split("=", 1);
      variables.set(name, arg.slice(name.length + 1));
    } else if (/^-[jlIo]$/.test(arg)) {
      if (/^\d+$/.test(args[at + 1] ?? "")) at++;
    } else if (!arg.startsWith("-")) targets.push(arg);
    else if (/^(?:-n|--dry-run|--just-print|-q|--question)$/.test(arg))
      return { reason: "make only shows what it would run" };
  }
  return { folder, file, targets, variables };
}

function collect(makefile: Makefile, wanted: readonly string[], path: string, directory: string | undefined): Followed {
  const targets = wanted.length > 0 ? wanted : makefile.first === undefined ? [] : [makefile.first];
  const lines: RecipeLine[] = [];
  const seen = new Set<string>();
  const visit = (target: string, level: number): string | undefined => {
    if (seen.has(target)) return undefined;
    seen.add(target);
    const rule = makefile.rules.get(target);
    // What is needed and has no rule is a file that is there.
    if (rule === undefined) return level === 0 ? `${path} has no plain rule for ${target}` : undefined;
    if (level > 50) return `the targets of ${path} are nested too deep`;
    for (const needed of rule.prerequisites) {
      const reason = /[$%]/.test(needed) ? `what ${target} needs is computed` : visit(needed, level + 1);
      if (reason !== undefined) return reason;
    }
    lines.push(...rule.recipe);
    return rule.recipe.find(({ reason }) => reason !== undefined)?.reason;
  };
  for (const target of targets) {
    const reason = visit(target, 0);
    if (reason !== undefined) return outOfSight(reason);
  }
  if (lines.length > MOST_LINES) return outOfSight(`make runs ${lines.length} lines of ${path}`);
  const dialect = /(?:^|\/)bash$/.test(makefile.variables.get("SHELL") ?? "") ? "bash" : "sh";
  const scripts = lines.map(({ text, line, ignoresErrors }): FollowedScript => ({
    path,
    line,
    dialect,
    options: NO_OPTIONS,
    script: parseScript(text, { hasExpressions: false }),
    positional: [],
    isProcess: true,
    directory,
    ignoresErrors,
  }));
  return { kind: "scripts", scripts };
}
