import { withFile, type Files } from "../files.ts";
import { HOME, resolvePath } from "../paths.ts";
import type { Call } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";

/** Programs that only read the files they are given, or change nothing of what is in them. */
const READERS: ReadonlySet<string> = new Set(
  "basename cat chgrp chmod chown cksum cmp cut diff dirname du egrep fgrep file find grep head jq less ls md5sum more nl od realpath rg sha1sum sha256sum sort ssh-keygen stat strings tail test touch tree wc xxd zip".split(
    " ",
  ),
);

/** Git's and ssh's own files: who knows them by name may change them. */
const OWN = /\/\.git(?:\/|$)|\/\.(?:gitconfig|netrc|git-credentials)$|\/\.ssh\//;

/** Of `~/.ssh` what may be a private key. */
const SSH_KEY = /\/\.ssh\/(?!config$|known_hosts|authorized_keys|environment$)[^/]+(?<!\.pub)$/;

/** What a program that is not known may do to the files it is given: `perl -pi -e … .git/config`. */
export function forgetTouched({ world, args, variable, walk, fields }: Call): Files {
  const [program] = fields;
  const name = program === undefined ? "" : walk.analysis.symbols.encode(program.value).replace(/^.*\//, "");
  if (READERS.has(name)) return world.files;
  const pathOf = (arg: Text): Text =>
    resolvePath(world.shell.directory, arg.replace(/^~(?=\/|$)/, variable("HOME") ?? HOME));
  let { files } = world;
  for (const arg of args) {
    if (arg === "" || arg.startsWith("-") || hasSymbol(arg)) continue;
    const path = pathOf(arg);
    const file = files.get(path);
    // A key that a program puts there: `aws s3 cp s3://… ~/.ssh/id_rsa`.
    if (file === undefined && SSH_KEY.test(path)) files = withWritten(files, path, name);
    if (file === undefined || file.kind === "directory" || (file.kind === "text" && !OWN.test(path))) continue;
    const reason = `\`${name}\` may change the file in a way that is not followed`;
    files = new Map(files).set(path, { kind: "unknown", reason });
  }
  for (const output of outputsOf(args)) {
    if (output === "" || hasSymbol(output)) continue;
    const path = pathOf(output);
    if (files.get(path)?.kind !== "directory") files = withWritten(files, path, name);
  }
  return files;
}

/** `openssl -out FILE`, `gpg --output FILE`, `age -o FILE`, `curl --output=FILE`. */
function outputsOf(args: readonly Text[]): readonly Text[] {
  return args.flatMap((arg, at) => {
    if (/^(?:-o|--?out|--output(?:-file|-document)?|-keyout)$/.test(arg)) return args[at + 1] ?? [];
    return /^--out(?:put(?:-file|-document)?)?=(.*)$/.exec(arg)?.[1] ?? [];
  });
}

function withWritten(files: Files, path: Text, program: Text): Files {
  return withFile(files, path, { kind: "unknown", reason: `\`${program}\` may have written this file, out of sight` });
}
