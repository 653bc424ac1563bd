import type { File } from "../files.ts";
import { HOME, resolvePath } from "../paths.ts";
import { MOST_LEVELS, type Result } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import { runShell } from "./git-alias.ts";
import { configOf, type GitCall } from "./git-call.ts";

/** Runs a hook behind git's own work, where the job wrote one or the repository has it: githooks(5). */
export function withHook(call: GitCall, results: readonly Result[], name: string): readonly Result[] {
  const isOff = call.walk.depth >= MOST_LEVELS || call.rest.includes("--dry-run");
  const text = isOff ? undefined : hookText(call, name);
  if (text === undefined) return results;
  // How the hook ends does not count any more.
  return results.flatMap((result) =>
    result.status === false
      ? [result]
      : runShell({ ...call, world: result.world }, text, []).map(({ world }) => ({ ...result, world })),
  );
}

function hookText(call: GitCall, name: string): Text | undefined {
  const folder = hooksFolder(call);
  const file = folder === undefined ? undefined : fileAt(call, `${folder}/${name}`);
  return file?.kind === "text" ? shellOf(file.text) : undefined;
}

/** A shell's hook without its first line; those in other languages are not read. */
export function shellOf(hook: Text): Text | undefined {
  const [, program, body] = /^(?:#!([^\n]*)\n)?([^]*)$/.exec(hook) ?? [];
  return body === undefined || body === "" || (program !== undefined && !/\b(?:ba|da)?sh\b/.test(program))
    ? undefined
    : body;
}

/** Absolute; undefined where there is no repository with a working tree. */
export function hooksFolder(call: GitCall): Text | undefined {
  const { found } = call;
  if (found.kind !== "found" || found.repository.top === undefined) return undefined;
  const { top, gitDir } = found.repository;
  const folder = configOf(call).findLast(
    ({ key }) => key.section === "core" && key.subsection === undefined && key.name === "hookspath",
  )?.value;
  return resolvePath(top, folder?.replace(/^~(?=\/)/, HOME) ?? `${gitDir}/hooks`);
}

/** What the job wrote there, or the repository has; undefined where there is nothing. */
export function fileAt({ world, walk }: GitCall, path: Text): FileThere | undefined {
  if (hasSymbol(path)) return undefined;
  const written = world.files.get(path);
  if (written !== undefined) return written;
  const root = `${walk.root}/`;
  const text = path.startsWith(root) ? walk.analysis.readRepositoryFile(path.slice(root.length)) : undefined;
  return text === undefined ? undefined : { kind: "text", text };
}

type FileThere = Exclude<File, { kind: "text" }> | { readonly kind: "text"; readonly text: Text };
