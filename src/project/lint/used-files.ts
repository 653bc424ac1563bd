import { findUses } from "../../actions/pin-uses.ts";
import { isGenerated } from "../../emit/header.ts";
import { readFile, type ReadResult } from "../../read/read-file.ts";
import { readYamlFiles, type YamlFile } from "../read-yaml.ts";

/** The files, and the workflows and composite actions of the same repository that they use, and those use, and so on. */
export function withUsedFiles(root: string, files: readonly YamlFile[]): readonly YamlFile[] {
  const all = new Map(files.map((file) => [file.path, file]));
  const pending = [...files];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    // Elsewhere `./` is not the repository that this is.
    if (file.kind !== "text" || !file.path.startsWith(".github/")) continue;
    for (const path of usedPaths(readFile(file.path, file.text))) {
      const used = all.has(path) ? undefined : findUsed(root, path);
      if (used === undefined) continue;
      all.set(path, used);
      pending.push(used);
    }
  }
  return [...all.values()];
}

/** Where the files lie that a workflow or action uses: those that flowkeep has a place for. */
function usedPaths({ node }: ReadResult): readonly string[] {
  if (node === undefined) return [];
  return findUses(node).flatMap(({ ref }) => {
    if (/^\.\/\.github\/workflows\/[^/]+\.ya?ml$/.test(ref)) return [ref.slice(2)];
    const action = /^\.\/(\.github\/actions\/[^/]+)$/.exec(ref)?.[1];
    return action === undefined ? [] : [`${action}/action.yml`, `${action}/action.yaml`];
  });
}

function findUsed(root: string, path: string): YamlFile | undefined {
  const [file] = readYamlFiles(root, [path]);
  if (file?.kind !== "text" || isGenerated(file.text)) return undefined;
  const { node } = readFile(path, file.text);
  return node?.kind === "action-file" && node.runs?.kind !== "composite-runs" ? undefined : file;
}
