import { concatenate, EMPTY, literal, unknown } from "../../shell/value.ts";
import { matchesGlob, readGlob } from "../../shell/glob.ts";
import { applyEffect } from "../apply-effect.ts";
import type { Effect } from "../effects.ts";
import { isInTree } from "../files.ts";
import { HOME, baseName, resolvePath } from "../paths.ts";
import { writeText } from "../script/redirect.ts";
import { readText } from "../script/scope-of.ts";
import { byCommand, done, type Call, type Program, type Result } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import type { World } from "../world.ts";
import { hasOption, readArguments } from "./options.ts";

/** `mkdir`: of use only where it tells a new directory from a submodule. */
export const makeDirectory: Program = (call) => {
  const { operands } = readArguments(call.args, ["-m", "--mode"]);
  let { files } = call.world;
  const hasSubmodules = [...files.keys()].some((path) => path.endsWith("/modules/*/config"));
  if (hasSubmodules)
    for (const path of operands) files = applyEffect(files, { kind: "directory", path: at(call, path) }).files;
  return done({ ...call.world, files }, true, EMPTY);
};

export const copyFiles: Program = (call) => transfer(call, "copy");
export const moveFiles: Program = (call) => transfer(call, "move");

/** `cp -r a b`, `mv a b`: into `b` where that is a directory, else to it. */
function transfer(call: Call, kind: "copy" | "move"): readonly Result[] {
  const args = readArguments(call.args, ["-t", "--target-directory", "-S", "--suffix"]);
  const given = args.options.get("-t") ?? args.options.get("--target-directory");
  const sources = (given === undefined ? args.operands.slice(0, -1) : args.operands).flatMap((source) =>
    filesOf(call, source),
  );
  const target = given ?? args.operands.at(-1);
  if (
    target === undefined ||
    (kind === "copy" && !hasOption(args, "-r", "-R", "-a", "--recursive", "--archive") && !isPlainFile(call, sources))
  )
    return done(call.world, "likely");
  let { files } = call.world;
  for (const source of sources) {
    // `a/.` and `a/*` are what is in it; `*` leaves out `.git`.
    if (/(?:^|\/)\*$/.test(source) || hasSymbol(baseName(source))) continue;
    const from = at(call, source);
    const isContent = /(?:^|\/)\.$/.test(source) && source !== ".";
    const to = at(call, target);
    const isInto =
      !isContent && (target.endsWith("/") || sources.length > 1 || isDirectory(call, to)) && source !== ".";
    const goal = isInto ? `${to}/${baseName(from)}` : to;
    files = applyEffect(files, { kind, from, to: goal }).files;
  }
  return done({ ...call.world, files }, "likely", EMPTY);
}

/** The files that a pattern means; any other path is itself. */
function filesOf(call: Call, path: Text): readonly Text[] {
  if (!/[*?[]/.test(path) || /(?:^|\/)\*$/.test(path)) return [path];
  const pattern = readGlob(at(call, path));
  if (pattern === undefined) return [path];
  return [...call.world.files.keys()].filter((name) => matchesGlob(pattern, name));
}

function isPlainFile(call: Call, sources: readonly Text[]): boolean {
  return sources.every(
    (source) =>
      call.world.files.get(at(call, source))?.kind === "text" ||
      call.world.files.get(at(call, source))?.kind === "config",
  );
}

function isDirectory({ world }: Call, path: Text): boolean {
  if (world.files.get(path)?.kind === "directory") return true;
  for (const name of world.files.keys()) if (name !== path && isInTree(name, path)) return true;
  return false;
}

/** `rsync -a src/ dst/`: copies what is in `src`, `.git` too unless that is excluded. */
export const synchronize: Program = (call) => {
  const args = readArguments(call.args, ["--exclude", "--include", "-e", "--rsh", "--filter", "--files-from"]);
  const [from, to] = args.operands;
  if (
    from === undefined ||
    to === undefined ||
    call.args.some((arg) => /\.git\b/.test(arg) && !args.operands.includes(arg)) ||
    from.includes(":") ||
    to.includes(":")
  )
    return done(call.world, "likely");
  const target = from.endsWith("/") ? at(call, to) : `${at(call, to)}/${baseName(at(call, from))}`;
  return apply(call, { kind: "copy", from: at(call, from), to: target }, "likely");
};

/** `rm`: a directory only with `-r`. An empty name is none. */
export const removeFiles: Program = (call) => {
  const args = readArguments(call.args);
  const isRecursive = hasOption(args, "-r", "-R", "--recursive");
  let { files } = call.world;
  const remove = (path: Text): void => {
    if (isRecursive || files.has(path)) files = applyEffect(files, { kind: "remove", path }).files;
  };
  for (const operand of args.operands) {
    if (operand === "") continue;
    const path = at(call, operand);
    const pattern = /[*?[]/.test(operand) ? readGlob(path) : undefined;
    if (pattern === undefined) {
      if (!hasSymbol(path) || files.has(path)) remove(path);
      continue;
    }
    // `*` matches no name that begins with a dot.
    for (const name of call.world.files.keys()) {
      const top = name.split("/").slice(0, path.split("/").length).join("/");
      const isHidden = baseName(top).startsWith(".") && !baseName(path).startsWith(".");
      if (!isHidden && matchesGlob(pattern, top)) remove(top);
    }
  }
  return done({ ...call.world, files }, true, EMPTY);
};

/** `tee file`: writes what it reads. */
export const tee: Program = (call) => {
  const args = readArguments(call.args);
  const value = call.input ?? unknown("what `tee` reads");
  let world: World = call.world;
  for (const path of args.operands)
    world = writeText(
      world,
      path,
      value,
      hasOption(args, "-a", "--append"),
      byCommand(call, `${path} is written here`),
      call.walk,
    );
  return done(world, true, value);
};

/** What a file holds that was written in sight; a runner's own file is not known. */
export const catenate: Program = (call) => {
  const { operands } = readArguments(call.args);
  const input = call.input ?? unknown("what the step reads");
  const parts = operands.map((path) =>
    path === "-"
      ? input
      : (readText(call.walk, call.world, path) ?? unknown(`what the file ${hasSymbol(path) ? "" : path} holds`)),
  );
  return done(call.world, "likely", operands.length === 0 ? input : concatenate(parts));
};

/** A directory or file that nothing else is called: where it was made tells it apart. */
export const makeTemporary: Program = (call) => {
  const start = call.fields[0]?.start ?? 0;
  const path = `/tmp/mktemp.${call.walk.depth > 0 ? "i" : "o"}${start}.${sizeOf(call)}`;
  return done(call.world, true, literal(`${path}\n`));
};

/** Two scripts have their commands at the same offsets; their lengths differ. */
function sizeOf({ walk }: Call): number {
  return walk.source.text.length;
}

export const changeMode: Program = ({ world }) => done(world, true, EMPTY);

/** `install -m 600 /dev/null file` makes it empty; else it copies. */
export const install: Program = (call) => {
  const args = readArguments(call.args, ["-m", "--mode", "-o", "-g", "--owner", "--group"]);
  const [from, to] = args.operands;
  const path = from === undefined ? undefined : call.world.files.get(at(call, from));
  if (to === undefined || path?.kind !== "text") return done(call.world, "likely");
  return apply(call, { kind: "write", path: at(call, to), text: path.text, append: false, by: path.by }, true);
};

function at(call: Call, path: Text): Text {
  return resolvePath(call.world.shell.directory, path.replace(/^~(?=\/|$)/, call.variable("HOME") ?? HOME));
}

function apply(call: Call, effect: Effect, status: Result["status"]): readonly Result[] {
  return done({ ...call.world, files: applyEffect(call.world.files, effect).files }, status, EMPTY);
}
