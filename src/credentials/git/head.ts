import type { By } from "../evidence.ts";
import { withFile, type Files } from "../files.ts";
import type { Text } from "../text.ts";

/** `.git/HEAD`: the branch that is checked out, where it is known. */
export function withHead(files: Files, gitDir: Text, branch: Text | undefined, by: By): Files {
  const text = branch === undefined ? "" : `ref: refs/heads/${branch}`;
  return withFile(files, `${gitDir}/HEAD`, { kind: "text", text, by });
}

export function headBranch(files: Files, gitDir: Text): Text | undefined {
  const head = files.get(`${gitDir}/HEAD`);
  if (head?.kind !== "text") return undefined;
  return /^ref: refs\/heads\/([^]+)$/.exec(head.text)?.[1];
}
