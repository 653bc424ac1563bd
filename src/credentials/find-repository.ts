import { isInTree, type Files } from "./files.ts";
import { parentOf, resolvePath } from "./paths.ts";
import { hasSymbol, type Text } from "./text.ts";

/** A repository as git finds it. */
export interface Repository {
  /** `.git`, or `.git/worktrees/<name>` of a linked worktree: what `includeIf.gitdir` is compared with. */
  readonly gitDir: Text;
  /** Where the configuration lies: for a linked worktree that of the repository it belongs to. */
  readonly commonDir: Text;
  /** The top of the working tree; undefined for a bare one. */
  readonly top: Text | undefined;
}

export type Found =
  | { readonly kind: "found"; readonly repository: Repository }
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly reason: string };

/** The repository of a directory: its own, or the nearest one above it. */
export function findRepository(files: Files, directory: Text): Found {
  if (mayBeAnywhere(files, directory))
    return { kind: "unknown", reason: "the directory that git runs in is computed when it runs" };
  let isMade = false;
  for (let at = directory; ; at = parentOf(at)) {
    const found = repositoryAt(files, at);
    if (found !== undefined)
      return at === directory || isMade ? found : (submoduleIn(files, found, directory) ?? found);
    isMade ||= files.get(at)?.kind === "directory";
    if (at === "/") return { kind: "none" };
  }
}

/** The repository whose git directory this is: `--git-dir`, `GIT_DIR`. */
export function openGitDir(files: Files, gitDir: Text): Found {
  const link = files.get(gitDir);
  if (link?.kind === "text") return repositoryAt(files, parentOf(gitDir)) ?? { kind: "none" };
  const config = files.get(`${gitDir}/config`);
  if (config?.kind === "unknown") return { kind: "unknown", reason: config.reason };
  if (config === undefined) return { kind: "none" };
  return { kind: "found", repository: { gitDir, commonDir: gitDir, top: parentOf(gitDir) } };
}

function repositoryAt(files: Files, directory: Text): Found | undefined {
  const gitDir = directory === "/" ? "/.git" : `${directory}/.git`;
  const config = files.get(`${gitDir}/config`);
  if (config?.kind === "unknown") return { kind: "unknown", reason: config.reason };
  if (config !== undefined) return { kind: "found", repository: { gitDir, commonDir: gitDir, top: directory } };
  const link = files.get(gitDir);
  if (link?.kind === "unknown") return { kind: "unknown", reason: link.reason };
  if (link?.kind === "text") {
    const target = resolvePath(directory, link.text.replace(/^gitdir: /, "").trim());
    const commonDir = target.replace(/\/worktrees\/[^/]+$/, "");
    const common = files.get(`${commonDir}/config`);
    if (common?.kind === "unknown") return { kind: "unknown", reason: common.reason };
    if (common !== undefined) return { kind: "found", repository: { gitDir: target, commonDir, top: directory } };
  }
  if (files.has(`${directory}/HEAD`) && files.has(`${directory}/config`))
    return { kind: "found", repository: { gitDir: directory, commonDir: directory, top: undefined } };
  return undefined;
}

/** Submodules whose places are not in sight: a directory in which git is started, and that nothing here made, is one. */
function submoduleIn(files: Files, found: Found, directory: Text): Found | undefined {
  if (found.kind !== "found") return undefined;
  const gitDir = `${found.repository.gitDir}/modules/${ANY_SUBMODULE}`;
  if (!files.has(`${gitDir}/config`)) return undefined;
  return { kind: "found", repository: { gitDir, commonDir: gitDir, top: directory } };
}

/** The name that stands for the submodules where `.gitmodules` is not in sight. */
export const ANY_SUBMODULE = "*";

/** Whether a path with something unknown in it might be in a repository other than the one above its known part. */
function mayBeAnywhere(files: Files, directory: Text): boolean {
  if (!hasSymbol(directory)) return false;
  const segments = directory.split("/");
  const firstUnknown = segments.findIndex((segment) => hasSymbol(segment));
  const known = segments.slice(0, firstUnknown).join("/");
  // A path that was made with this very symbol (`git clone … "$DIR"`, then `cd "$DIR"`) is the same path.
  for (let at = directory; at.length > known.length; at = parentOf(at)) if (repositoryAt(files, at)) return false;
  for (const path of files.keys()) {
    if (!isInTree(path, known === "" ? "/" : known)) continue;
    const isRepositoryBelow = /\/\.git(?:\/config)?$/.test(path) && !isDirectlyIn(path, known);
    if (isRepositoryBelow && !hasSymbol(path)) return true;
  }
  return known === "";
}

function isDirectlyIn(path: Text, directory: Text): boolean {
  return path === `${directory}/.git` || path === `${directory}/.git/config`;
}
