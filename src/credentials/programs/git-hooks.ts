import { resolvePath } from "../paths.ts";
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

/** A shell's hook; those in other languages are not read. */
function hookText(call: GitCall, name: string): Text | undefined {
  const { found, world, walk } = call;
  if (found.kind !== "found" || found.repository.top === undefined) return undefined;
  const { top, gitDir } = found.repository;
  const folder = configOf(call).findLast(
    ({ key }) => key.section === "core" && key.subsection === undefined && key.name === "hookspath",
  )?.value;
  const path = resolvePath(top, `${folder ?? `${gitDir}/hooks`}/${name}`);
  if (hasSymbol(path)) return undefined;
  const written = world.files.get(path);
  const root = `${walk.root}/`;
  const text =
    written?.kind === "text"
      ? written.text
      : path.startsWith(root)
        ? walk.analysis.readRepositoryFile(path.slice(root.length))
        : undefined;
  const [, program, body] = /^(?:#!([^\n]*)\n)?([^]*)$/.exec(text ?? "") ?? [];
  return body === undefined || body === "" || (program !== undefined && !/\b(?:ba|da)?sh\b/.test(program))
    ? undefined
    : body;
}
