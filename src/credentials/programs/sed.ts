import { editValues, type Edit } from "../../shell/edit-text.ts";
import { readSed, TEXT_PROGRAMS } from "../../shell/text-programs.ts";
import { EMPTY, literalOf, unknown, type Value } from "../../shell/value.ts";
import { applyEffect } from "../apply-effect.ts";
import type { By } from "../evidence.ts";
import type { File } from "../files.ts";
import type { Entry } from "../git/config-entries.ts";
import { readConfigFile } from "../git/config-file.ts";
import { parseConfig } from "../git/parse-config.ts";
import { printConfig } from "../git/print-config.ts";
import { HOME, resolvePath } from "../paths.ts";
import { readText } from "../script/scope-of.ts";
import { byCommand, done, type Call, type Program } from "../script/walk.ts";
import type { Symbols, Text } from "../text.ts";

/** `sed SCRIPT` prints; `sed -i SCRIPT file…` edits files: of one that is edited in a way that is not followed nothing is known. */
export const editStream: Program = (call) => {
  const { walk, world, input, args } = call;
  if (!args.some((arg) => IN_PLACE.test(arg))) {
    const file = (path: Value): Value =>
      readText(walk, world, walk.analysis.symbols.encode(path)) ?? unknown(`what ${literalOf(path) ?? "a file"} holds`);
    const variable = (): undefined => undefined;
    const output = TEXT_PROGRAMS["sed"]?.({ args: call.fields.slice(1), input, file, variable });
    return done(world, "likely", output);
  }
  // BSD's `-i` takes a suffix of its own, which may be empty.
  const fields = call.fields.slice(1).filter(({ value }) => literalOf(value) !== "");
  const sed = readSed(fields);
  const paths = sed?.paths ?? fields;
  let { files } = world;
  for (const { value } of paths) {
    const path = fullPath(call, walk.analysis.symbols.encode(value));
    const file = files.get(path);
    if (file === undefined || file.kind === "unknown" || file.kind === "directory") continue;
    const by = byCommand(call, "sed edits it here");
    const edited = sed === undefined ? undefined : editFile(file, sed, by, walk.analysis.symbols);
    if (edited === undefined)
      files = applyEffect(files, {
        kind: "forget",
        path,
        reason: "`sed` changes the file in a way that is not followed",
      }).files;
    else if (edited !== file) files = new Map(files).set(path, edited);
  }
  return done({ ...world, files }, true, EMPTY);
};

const IN_PLACE = /^-[Enrs]*i|^--in-place/;

function fullPath({ world, variable }: Call, path: Text): Text {
  return resolvePath(world.shell.directory, path.replace(/^~(?=\/|$)/, variable("HOME") ?? HOME));
}

interface Sed {
  readonly script: Value;
  readonly edit: Edit;
}

function editFile(
  file: Extract<File, { kind: "text" | "config" }>,
  { script, edit }: Sed,
  by: By,
  symbols: Symbols,
): File | undefined {
  const text = file.kind === "text" ? file.text : printConfig(file.entries);
  const made = editValues([script, symbols.decode(text)], edit);
  if (made === undefined) return undefined;
  const edited = symbols.encode(made);
  if (edited === text) return file;
  if (file.kind === "text") return { kind: "text", text: edited, by };
  const entries = parseConfig(edited, by);
  if (entries === undefined) return undefined;
  // What was there before is still its author's.
  const before = readConfigFile(file);
  const known = new Map(
    before.kind === "entries" ? before.entries.map((entry) => [printConfig([entry]), entry] as const) : [],
  );
  return { kind: "config", entries: entries.map((entry) => known.get(printConfig([entry])) ?? moved(entry, before)) };
}

/** A value under a section that was edited, `[http "https://github.com/"]`, is still its author's. */
function moved(entry: Entry<By>, before: ReturnType<typeof readConfigFile>): Entry<By> {
  if (before.kind !== "entries" || entry.key.section !== "http") return entry;
  const { name } = entry.key;
  const was = before.entries.find(
    ({ key, value }) => key.section === "http" && key.name === name && value === entry.value,
  );
  return was === undefined ? entry : { ...entry, by: was.by };
}
