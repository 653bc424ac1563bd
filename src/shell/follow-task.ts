import { dirname, join } from "node:path/posix";
import { parseScript } from "./parse-script.ts";
import {
  findPath,
  findUpward,
  outOfSight,
  type FollowContext,
  type Followed,
  type FollowedScript,
} from "./repository-file.ts";
import type { Field } from "./scope.ts";
import { NO_OPTIONS } from "./shell-options.ts";
import { readTaskfile, type Taskfile, type Variables } from "./taskfile.ts";
import { literalsOf } from "./words.ts";

const NAMES = [
  "Taskfile.yml",
  "taskfile.yml",
  "Taskfile.yaml",
  "taskfile.yaml",
  "Taskfile.dist.yml",
  "Taskfile.dist.yaml",
];

/** The commands that `task NAME` runs, with those of what it needs. */
export function followTask(args: readonly Field[], context: FollowContext): Followed {
  const call = readCall(literalsOf(args));
  if ("reason" in call) return outOfSight(call.reason);
  const found = findTaskfile(call.path, context);
  if ("reason" in found) return outOfSight(found.reason);
  const { path } = found;
  const taskfile = readTaskfile(path, found.text);
  if (taskfile === undefined) return outOfSight(`${path} takes tasks or variables from other files`);
  const scripts: FollowedScript[] = [];
  for (const name of call.names.length === 0 ? ["default"] : call.names) {
    const reason = collect(name, call.variables, { taskfile, path, root: context.root, scripts, level: 0 });
    if (reason !== undefined) return outOfSight(reason);
  }
  return { kind: "scripts", scripts };
}

interface Call {
  readonly path: string | undefined;
  readonly names: readonly string[];
  readonly variables: Variables;
}

function readCall(args: readonly (string | undefined)[]): Call | { readonly reason: string } {
  const names: string[] = [];
  const variables = new Map<string, string | undefined>();
  let path: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === undefined) return { reason: "the name of the task is computed" };
    const joined = /^--(?:taskfile|dir)=(.*)$/.exec(arg)?.[1];
    if (arg === "--") {
      const rest = args.slice(at + 1);
      variables.set("CLI_ARGS", rest.includes(undefined) ? undefined : rest.join(" "));
      break;
    } else if (joined !== undefined) path = joined;
    else if (/^(?:-t|--taskfile|-d|--dir)$/.test(arg)) path = args[++at];
    else if (
      /^(?:-n|--dry|-l|--list|-a|--list-all|--summary|--status|--version|-i|--init|-w|--watch|-g|--global)$/.test(arg)
    )
      return { reason: "task runs nothing here, or something else" };
    else if (/^\w+=/.test(arg)) variables.set(arg.split("=", 1)[0] ?? "", arg.slice(arg.indexOf("=") + 1));
    else if (!arg.startsWith("-")) names.push(arg);
  }
  return { path, names, variables };
}

/** Where none is named, it is looked for upward. */
function findTaskfile(
  named: string | undefined,
  context: FollowContext,
): { readonly path: string; readonly text: string } | { readonly reason: string } {
  const start = findPath(named ?? ".", context);
  if (typeof start !== "string") return start;
  if (/\.ya?ml$/.test(start)) {
    const text = context.readRepositoryFile(start);
    return text === undefined ? { reason: `${start} is not in the repository` } : { path: start, text };
  }
  const found = findUpward(start, NAMES, context);
  // In a folder that is named it is sought, and not above.
  const isThere = named === undefined || (found !== undefined && join(dirname(found.path), ".") === join(start, "."));
  return found !== undefined && isThere ? found : { reason: "there is no Taskfile in the repository" };
}

interface Collection {
  readonly taskfile: Taskfile;
  readonly path: string;
  readonly root: string;
  readonly scripts: FollowedScript[];
  readonly level: number;
}

const MOST_LEVELS = 20;
/** More than this is not run one by one. */
const MOST_COMMANDS = 200;

/** Adds a task's commands; a reason where they are not plain. */
function collect(name: string, given: Variables, collection: Collection): string | undefined {
  const { taskfile, path, root, scripts, level } = collection;
  const task = taskfile.tasks.get(name);
  if (task === undefined) return `${path} has no plain task ${name}`;
  if (task.reason !== undefined) return `the task ${name} of ${path} ${task.reason}`;
  if (scripts.length > MOST_COMMANDS) return `task runs more than ${MOST_COMMANDS} commands of ${path}`;
  if (level > MOST_LEVELS) return `the tasks of ${path} are nested too deep`;
  // taskfile.dev: a task's own come before those that its caller gives, and these before the file's.
  const variables = new Map([...taskfile.variables, ...given, ...task.variables]);
  const folder = expand(task.directory ?? "", variables);
  const environment = [...taskfile.environment, ...task.environment].map(([key, text]) => {
    const value = text === undefined ? undefined : expand(text, variables);
    return value === undefined ? undefined : `export ${key}='${value.replaceAll("'", String.raw`'\''`)}'; `;
  });
  if (folder === undefined || environment.includes(undefined))
    return `what the task ${name} of ${path} runs with is computed`;
  for (const need of [...task.needs, ...task.steps]) {
    if (need.kind === "task") {
      const own = [...need.variables].map(([key, text]) => [key, text && expand(text, variables)] as const);
      const reason = collect(need.name, new Map(own), { ...collection, level: level + 1 });
      if (reason !== undefined) return reason;
      continue;
    }
    const text = expand(need.text, variables);
    if (text === undefined) return `the task ${name} of ${path} uses a template that is not literal`;
    scripts.push({
      path,
      line: need.line,
      dialect: "bash",
      options: { ...NO_OPTIONS, errexit: true },
      script: parseScript(environment.join("") + text, { hasExpressions: false }),
      positional: [],
      isProcess: true,
      directory: join(root, dirname(path), folder),
      ignoresErrors: need.ignoresErrors || task.ignoresErrors,
    });
  }
  return undefined;
}

/** `{{.NAME}}` where that is written out; undefined for other templates. */
function expand(text: string, variables: Variables, level = 0): string | undefined {
  let isKnown = true;
  const made = text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/gs, (_, template: string) => {
    const name = /^\.(\w+)$/.exec(template)?.[1];
    const value = name === undefined ? undefined : variables.get(name);
    const inner = value === undefined || level > 5 ? undefined : expand(value, variables, level + 1);
    // What nobody sets is empty, as `CLI_ARGS` is without `--`.
    if (inner === undefined && !(name === "CLI_ARGS" && !variables.has(name))) isKnown = false;
    return inner ?? "";
  });
  return isKnown ? made : undefined;
}
