import { EMPTY } from "../../shell/value.ts";
import { applyEffect } from "../apply-effect.ts";
import type { File, Files } from "../files.ts";
import { readConfigFile } from "../git/config-file.ts";
import { HOME, resolvePath } from "../paths.ts";
import { done, type Call, type Program } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import { readArguments } from "./options.ts";

type LineTest = (line: string) => boolean;

/** `sed -i SCRIPT file…`: deleted lines are followed, of a file that is edited otherwise nothing is known any more. */
export const editStream: Program = (call) => {
  if (!call.args.some((arg) => /^-[Enrs]*i|^--in-place/.test(arg))) return done(call.world, "likely");
  // BSD's `-i` takes a suffix of its own, which may be empty.
  const words = call.args.filter((arg) => arg !== "" && !/^-[Enrs]*i|^--in-place/.test(arg));
  const { operands, options } = readArguments(words, ["-e", "--expression", "-f", "--file", "-l"]);
  const script = options.get("-e") ?? options.get("--expression");
  const paths = script === undefined ? operands.slice(1) : operands;
  const test = deletionOf(script ?? operands[0] ?? "");
  let { files } = call.world;
  for (const path of paths) files = edit(files, fullPath(call, path), test);
  return done({ ...call.world, files }, true, EMPTY);
};

function fullPath({ world, variable }: Call, path: Text): Text {
  return resolvePath(world.shell.directory, path.replace(/^~(?=\/|$)/, variable("HOME") ?? HOME));
}

/** `/PATTERN/d`, where the pattern means the same to everybody; undefined for any other script. */
function deletionOf(script: Text): LineTest | undefined {
  const pattern = /^\s*\/((?:[\w .:=@"-]|\\[./]|\^|\$$)+)\/d\s*$/.exec(script)?.[1];
  if (pattern === undefined || hasSymbol(script)) return undefined;
  const expression = new RegExp(pattern);
  return (line) => expression.test(line);
}

function edit(files: Files, path: Text, test: LineTest | undefined): Files {
  const file = files.get(path);
  if (file === undefined || file.kind === "unknown" || file.kind === "directory") return files;
  const reason = "`sed` changes the file in a way that is not followed";
  const forget = (): Files => applyEffect(files, { kind: "forget", path, reason }).files;
  if (test === undefined) return forget();
  if (file.kind === "config")
    return namesSection(file, test)
      ? forget()
      : applyEffect(files, { kind: "config", file: path, change: { action: "delete-lines", test } }).files;
  const text = file.text
    .split("\n")
    .filter((line) => !test(line))
    .join("\n");
  return applyEffect(files, { kind: "write", path, text, append: false, by: file.by }).files;
}

/** Where a section's first line goes, its lines belong to the one before. */
function namesSection(file: File, test: LineTest): boolean {
  const read = readConfigFile(file);
  return (
    read.kind === "entries" &&
    read.entries.some(({ key: { section, subsection } }) =>
      test(subsection === undefined ? `[${section}]` : `[${section} "${subsection}"]`),
    )
  );
}
