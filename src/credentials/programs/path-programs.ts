import { literal } from "../../shell/value.ts";
import { baseName, parentOf, resolvePath } from "../paths.ts";
import { done, type Call, type Program, type Result } from "../script/walk.ts";
import type { Text } from "../text.ts";
import { readArguments } from "./options.ts";

export const printParent: Program = (call) => {
  const [path = ""] = readArguments(call.args).operands;
  const plain = path.replace(/\/+$/, "");
  return printed(call, plain.includes("/") ? parentOf(plain) : ".");
};

/** `basename path [suffix]` */
export const printName: Program = (call) => {
  const [path = "", suffix = ""] = readArguments(call.args, ["-s", "--suffix"]).operands;
  const name = baseName(path.replace(/\/+$/, ""));
  return printed(
    call,
    suffix !== "" && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name,
  );
};

/** `realpath`, `readlink -f`: links are not known. */
export const printFullPath: Program = (call) => {
  const { operands, options } = readArguments(call.args);
  const [path] = operands;
  const isFull =
    call.fields[0] !== undefined && !(nameOf(call) === "readlink" && !options.has("-f") && !options.has("-e"));
  if (path === undefined || !isFull) return done(call.world, "likely");
  return printed(call, resolvePath(call.world.shell.directory, path));
};

function nameOf({ walk, fields }: Call): Text {
  return fields[0] === undefined ? "" : walk.analysis.symbols.encode(fields[0].value);
}

function printed({ world, walk }: Call, text: Text): readonly Result[] {
  const value = walk.analysis.symbols.decode(`${text}\n`);
  return done(world, true, value.fragments.length === 0 ? literal("\n") : value);
}
