import type { Files } from "../files.ts";
import { HOME, resolvePath } from "../paths.ts";
import type { Call } from "../script/walk.ts";
import { hasSymbol } from "../text.ts";

/** Programs that only read the files they are given, or change nothing of what is in them. */
const READERS: ReadonlySet<string> = new Set(
  "basename cat chgrp chmod chown cksum cmp cut diff dirname du egrep fgrep file find grep head jq less ls md5sum more nl od realpath rg sha1sum sha256sum sort ssh-keygen stat strings tail test touch tree wc xxd zip".split(
    " ",
  ),
);

/** Git's and ssh's own files: who knows them by name may change them. */
const OWN = /\/\.git(?:\/|$)|\/\.(?:gitconfig|netrc|git-credentials)$|\/\.ssh\//;

/** What a program that is not known may do to the files it is given: `perl -pi -e … .git/config`. */
export function forgetTouched({ world, args, variable, walk, fields }: Call): Files {
  const [program] = fields;
  const name = program === undefined ? "" : walk.analysis.symbols.encode(program.value).replace(/^.*\//, "");
  if (READERS.has(name)) return world.files;
  let { files } = world;
  for (const arg of args) {
    if (arg === "" || arg.startsWith("-") || hasSymbol(arg)) continue;
    const path = resolvePath(world.shell.directory, arg.replace(/^~(?=\/|$)/, variable("HOME") ?? HOME));
    const file = files.get(path);
    if (file === undefined || file.kind === "directory" || (file.kind === "text" && !OWN.test(path))) continue;
    const reason = `\`${name}\` may change the file in a way that is not followed`;
    files = new Map(files).set(path, { kind: "unknown", reason });
  }
  return files;
}
