import { dirname } from "node:path/posix";
import { parseValue } from "./parse-script.ts";
import { findPath, outOfSight, type FollowContext, type Followed, type FollowedScript } from "./repository-file.ts";
import type { Field } from "./scope.ts";
import { NO_OPTIONS } from "./shell-options.ts";
import { literal, literalOf, textOf, type Fragment } from "./value.ts";

/** Scripts that a command of the package manager runs besides its own work. */
const LIFECYCLES: Readonly<Record<string, readonly string[]>> = {
  version: ["preversion", "version", "postversion"],
  pack: ["prepack", "prepare", "postpack"],
  publish: ["prepublishOnly", "prepack", "prepare", "postpack", "publish", "postpublish"],
};

const WORKSPACE = /^(?:-w|-ws|--workspaces?|--workspace=.*|--filter|--filter=.*|-F|-r|--recursive|workspaces?)$/;

const ALIASES: Readonly<Record<string, string>> = { t: "test", tst: "test" };

/** The scripts of `package.json` that `npm run name`, `yarn name` or `npm version` runs. */
export function followPackageScript(manager: string, args: readonly Field[], context: FollowContext): Followed {
  const call = readCall(manager, args);
  if ("reason" in call) return outOfSight(call.reason);
  if (call.name === undefined) return { kind: "none" };
  const found = findPackage(call.folder, context);
  if ("reason" in found) return call.isExplicit ? outOfSight(found.reason) : { kind: "none" };
  const scripts = readScripts(found.text);
  if (scripts === undefined)
    return call.isExplicit ? outOfSight(`${found.path} is no package.json that can be read`) : { kind: "none" };
  const lifecycle = LIFECYCLES[call.name];
  const isLifecycle = lifecycle !== undefined && !call.isRun;
  // npm-version(1): without an argument it prints versions.
  if (isLifecycle && call.name === "version" && manager === "npm" && !call.hasOperand) return { kind: "none" };
  const names = call.ignoresScripts
    ? isLifecycle
      ? []
      : [call.name]
    : isLifecycle
      ? lifecycle
      : [`pre${call.name}`, call.name, `post${call.name}`];
  if (!isLifecycle && !scripts.has(call.name))
    return call.isExplicit ? outOfSight(`${found.path} has no script ${call.name}`) : { kind: "none" };
  const followed = names.flatMap((name) => {
    const text = scripts.get(name);
    const extra = !isLifecycle && name === call.name ? call.rest : [];
    return text === undefined ? [] : [packageScript(text, name, extra, found, context)];
  });
  return followed.length === 0 ? { kind: "none" } : { kind: "scripts", scripts: followed };
}

interface Call {
  /** Undefined where no script is meant. */
  readonly name: string | undefined;
  /** `run` was written: a script is meant, and nothing else. */
  readonly isRun: boolean;
  readonly isExplicit: boolean;
  readonly folder: string;
  readonly rest: readonly Field[];
  /** `--ignore-scripts`: nothing is run before and behind what is asked for. */
  readonly ignoresScripts: boolean;
  /** Something that is no option stands behind the name. */
  readonly hasOperand: boolean;
}

function readCall(manager: string, args: readonly Field[]): Call | { readonly reason: string } {
  let folder = ".";
  let isRun = false;
  const ignoresScripts = args.some(({ value }) => literalOf(value) === "--ignore-scripts");
  for (let at = 0; at < args.length; at++) {
    const field = args[at];
    if (field === undefined) break;
    const text = literalOf(field.value);
    if (text === undefined || !field.isOne) {
      if (isRun) return { reason: `the script that ${manager} runs is computed` };
      break;
    }
    if (WORKSPACE.test(text)) return { reason: `${manager} runs a script of another package of the workspace` };
    const joined = /^(?:--prefix|--dir|--cwd)=(.*)$/.exec(text)?.[1];
    if (joined !== undefined) folder = joined;
    else if (/^(?:--prefix|--dir|--cwd|-C)$/.test(text)) {
      const value = args[++at];
      const given = value === undefined ? undefined : literalOf(value.value);
      if (given === undefined) return { reason: `the directory of ${manager} is computed` };
      folder = given;
    } else if (text.startsWith("-")) continue;
    else if (!isRun && /^(?:run|run-script|rum|urn)$/.test(text)) isRun = true;
    else {
      const behind = args.slice(at + 1);
      // npm also takes its options behind the name.
      const own = behind.slice(0, behind.findIndex(({ value }) => literalOf(value) === "--") >>> 0);
      if (manager === "npm" && own.some(({ value }) => WORKSPACE.test(literalOf(value) ?? "")))
        return { reason: `${manager} runs a script of another package of the workspace` };
      return { ...nameCall(manager, text, isRun, folder, behind), ignoresScripts };
    }
  }
  return { name: undefined, isRun, isExplicit: isRun, folder, rest: [], ignoresScripts, hasOperand: false };
}

function nameCall(
  manager: string,
  text: string,
  isRun: boolean,
  folder: string,
  behind: readonly Field[],
): Omit<Call, "ignoresScripts"> {
  const name = isRun ? text : (ALIASES[text] ?? text);
  const isShort = /^(?:test|start|stop|restart)$/.test(name);
  const isOwn = isRun || isShort || Object.hasOwn(LIFECYCLES, name) || manager !== "npm";
  // npm takes options in front of `--` for itself, the others pass all of them on.
  const dashes = behind.findIndex(({ value }) => literalOf(value) === "--");
  const rest =
    dashes >= 0
      ? behind.slice(dashes + 1)
      : behind.filter(({ value }) => manager !== "npm" || !startsWithDash(literalOf(value)));
  const hasOperand = behind.some(({ value }) => !startsWithDash(literalOf(value)));
  const isExplicit = isRun || (manager === "npm" && isShort);
  return { name: isOwn ? name : undefined, isRun, isExplicit, folder, rest, hasOperand };
}

function startsWithDash(text: string | undefined): boolean {
  return text?.startsWith("-") === true;
}

interface FoundPackage {
  readonly path: string;
  readonly text: string;
}

/** The nearest `package.json` upward. */
function findPackage(folder: string, context: FollowContext): FoundPackage | { readonly reason: string } {
  const start = findPath(folder, context);
  if (typeof start !== "string") return start;
  for (let at = start; ; at = dirname(at)) {
    const path = at === "" || at === "." ? "package.json" : `${at}/package.json`;
    const text = context.readRepositoryFile(path);
    if (text !== undefined) return { path, text };
    if (at === "" || at === ".") return { reason: "there is no package.json in the repository" };
  }
}

function readScripts(text: string): ReadonlyMap<string, string> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  const scripts = "scripts" in json ? json.scripts : {};
  if (typeof scripts !== "object" || scripts === null) return undefined;
  return new Map(Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function packageScript(
  text: string,
  name: string,
  rest: readonly Field[],
  { path, text: json }: FoundPackage,
  { root }: FollowContext,
): FollowedScript {
  const place = json.indexOf(`${JSON.stringify(name)}:`, json.indexOf('"scripts"'));
  const folder = dirname(path);
  return {
    path,
    line: place < 0 ? 1 : json.slice(0, place).split("\n").length,
    dialect: "sh",
    options: NO_OPTIONS,
    script: parseValue(textOf([...literal(text).fragments, ...rest.flatMap(quoteField)])),
    positional: [],
    isProcess: true,
    directory: folder === "." ? root : `${root}/${folder}`,
    ignoresErrors: false,
  };
}

/** An argument that is put behind the script's text, in quotes as npm puts it. */
function quoteField({ value }: Field): readonly Fragment[] {
  const text = literalOf(value);
  if (text !== undefined) {
    const quoted = /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
    return [{ kind: "literal", text: ` ${quoted}` }];
  }
  const fragments: readonly Fragment[] =
    value.kind === "text"
      ? value.fragments
      : [{ kind: "unknown", reason: "an argument that has several possible values" }];
  const escaped = fragments.map((fragment) =>
    fragment.kind === "literal" ? { ...fragment, text: fragment.text.replace(/[\\"$`]/g, String.raw`\$&`) } : fragment,
  );
  return [{ kind: "literal", text: ' "' }, ...escaped, { kind: "literal", text: '"' }];
}
