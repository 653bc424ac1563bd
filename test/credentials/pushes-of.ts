import { emptyCatalog } from "../../src/actions/catalog.ts";
import { analyzeFile, type AnalyzeOptions } from "../../src/credentials/analyze-file.ts";
import type { Identity } from "../../src/credentials/identity.ts";
import type { PushVerdict } from "../../src/credentials/verdicts.ts";
import { readFile } from "../../src/read/read-file.ts";

export const PATH = ".github/workflows/push.yml";

/** The pushes of a workflow, in a repository of these files. */
export function pushesOf(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: Partial<AnalyzeOptions> = {},
): readonly PushVerdict[] {
  const { node } = readFile(PATH, text);
  if (node === undefined) throw new Error("the workflow cannot be read");
  return analyzeFile(PATH, node, { catalog: emptyCatalog, readRepositoryFile: (path) => files[path], ...options })
    .pushes;
}

/** `github-token`, `pat PAT`, `none`. */
export function nameOf(identity: Identity): string {
  return "name" in identity ? `${identity.kind} ${identity.name}` : identity.kind;
}

/** Who is seen, push by push; alternatives stand behind a bar. */
export function identitiesOf(pushes: readonly PushVerdict[]): readonly string[] {
  return pushes.map(({ identity, alternatives }) =>
    [identity, ...alternatives.map((alternative) => alternative.identity)].map(nameOf).join(" | "),
  );
}
