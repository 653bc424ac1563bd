import { applyEffect } from "../apply-effect.ts";
import { isInTree, type Files } from "../files.ts";
import { HOME, resolvePath } from "../paths.ts";
import { done, type Call, type Result } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";

/** Where what is in an archive stands meanwhile: no path of a runner's. */
const ARCHIVES = "/\0archives";

/** Options of tar(1) that take a value, beside `-f` and `-C`. */
const WITH_VALUE = new Set([
  "--exclude",
  "--exclude-from",
  "-X",
  "-T",
  "--files-from",
  "--transform",
  "--strip-components",
  "--owner",
  "--group",
  "--mode",
  "-b",
]);

interface Told {
  readonly action: "create" | "extract" | undefined;
  /** `-`: a pipe. */
  readonly archive: Text;
  /** What it is made of, and from where each is taken; with `-C` for what comes behind it. */
  readonly members: readonly { readonly directory: Text; readonly path: Text }[];
  readonly directory: Text;
  readonly leavesGit: boolean;
  /** `--strip-components` and the like. */
  readonly renames: boolean;
}

/** `tar -cf a.tar -C app .`, `tar xf a.tar -C there`, `tar -C app -c . | tar -C there -x`: a repository goes along with all that is in it. */
export function runTar(call: Call): readonly Result[] {
  const told = readTar(call);
  const { files } = call.world;
  if (told.renames || hasSymbol(told.archive)) return done(call.world, "likely");
  const place =
    told.archive === "-" ? `${ARCHIVES}/-` : `${ARCHIVES}${at(call, call.world.shell.directory, told.archive)}`;
  if (told.action === "create") return done({ ...call.world, files: pack(call, told, place) }, "likely");
  if (told.action !== "extract") return done(call.world, "likely");
  let made: Files = files;
  for (const name of topsIn(files, place))
    made = applyEffect(made, { kind: "copy", from: `${place}/${name}`, to: resolvePath(told.directory, name) }).files;
  return done({ ...call.world, files: made }, "likely");
}

function pack(call: Call, { members, leavesGit }: Told, place: Text): Files {
  let { files } = applyEffect(call.world.files, { kind: "remove", path: place });
  for (const { directory, path } of members) {
    // `*` leaves out `.git`.
    if (/[*?[]/.test(path) || hasSymbol(path)) continue;
    const from = at(call, directory, path);
    for (const name of call.world.files.keys()) {
      if (!isInTree(name, from) || name.startsWith(ARCHIVES) || (leavesGit && /\/\.git(?:\/|$)/.test(name))) continue;
      const goal = resolvePath(place, `${path.replace(/^\/+/, "")}${name.slice(from.length)}`);
      const file = call.world.files.get(name);
      if (file !== undefined) files = new Map(files).set(goal, file);
    }
  }
  return files;
}

function topsIn(files: Files, place: Text): readonly Text[] {
  const names = [...files.keys()].filter((name) => name.startsWith(`${place}/`));
  return [...new Set(names.map((name) => name.slice(place.length + 1).split("/")[0] ?? ""))];
}

function readTar(call: Call): Told {
  let action: Told["action"];
  let archive: Text = "-";
  let { directory } = call.world.shell;
  const members: { directory: Text; path: Text }[] = [];
  let [leavesGit, renames] = [false, false];
  const { args } = call;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    const value = (): Text => args[++index] ?? "";
    const isOld = index === 0 && /^[A-Za-z]+$/.test(arg);
    if (isOld || /^-[A-Za-z]+$/.test(arg)) {
      for (const letter of arg.replace(/^-/, "")) {
        if (letter === "c") action = "create";
        else if (letter === "x") action = "extract";
        else if (letter === "f") archive = value();
        else if (letter === "C") directory = at(call, directory, value());
        else if ("bXT".includes(letter)) value();
      }
    } else if (arg === "--create") action = "create";
    else if (arg === "--extract" || arg === "--get") action = "extract";
    else if (arg.startsWith("--file=")) archive = arg.slice("--file=".length);
    else if (arg === "--file") archive = value();
    else if (arg.startsWith("--directory=")) directory = at(call, directory, arg.slice("--directory=".length));
    else if (arg === "--directory") directory = at(call, directory, value());
    else if (/^--(?:exclude-vcs|exclude(?:=|$).*)/.test(arg)) {
      const pattern = arg === "--exclude" ? value() : arg;
      leavesGit ||= /exclude-vcs$|\.git(?:$|\/|["'])/.test(pattern);
    } else if (/^--(?:strip|transform|xform)/.test(arg)) {
      renames = true;
      if (!arg.includes("=")) value();
    } else if (WITH_VALUE.has(arg)) value();
    else if (!arg.startsWith("-")) members.push({ directory, path: arg });
  }
  return { action, archive, members, directory, leavesGit, renames };
}

function at(call: Call, directory: Text, path: Text): Text {
  return resolvePath(directory, path.replace(/^~(?=\/|$)/, call.variable("HOME") ?? HOME));
}
