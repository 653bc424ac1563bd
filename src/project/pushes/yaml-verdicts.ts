import { join } from "node:path";
import type { Catalog } from "../../actions/catalog.ts";
import type { KnownAction } from "../../credentials/actions/action-table.ts";
import { analyzeFile, mayPush, type AnalyzeOptions, type FileVerdicts } from "../../credentials/analyze-file.ts";
import type { FileNode } from "../../ir/any-node.ts";
import type { PushSubject } from "./push-cache.ts";
import { repositoryOf, type ReadRepositoryFile } from "../repository-files.ts";

/** What the analysis of a YAML file is given beside the file. */
export interface YamlSurroundings {
  readonly root: string;
  /** Of the repository at the root. */
  readonly repository: string | undefined;
  readonly actions: readonly KnownAction[] | undefined;
  readonly catalog: Catalog;
  /** By folder from the root. */
  readonly readerOf: (folder: string) => ReadRepositoryFile;
}

/** A YAML file as the analysis of its repository sees it. */
export function subjectOf(
  path: string,
  text: string,
  { root, repository, actions, readerOf }: YamlSurroundings,
): PushSubject {
  const folder = repositoryOf(root, path);
  return {
    folder: join(root, folder),
    path: folder === "" ? path : path.slice(folder.length + 1),
    text,
    // Of another repository the config says nothing.
    repository: folder === "" ? repository : undefined,
    actions,
    readRepositoryFile: readerOf(folder),
  };
}

/**
 * Who the pushes of a YAML file authenticate as, with the repository's own paths. Most files hold no word of a push: those are
 * not even parsed.
 *
 * @param nodeOf parses the file
 * @returns undefined where it cannot be read
 */
export function verdictsOf(
  { path, text, repository, actions, readRepositoryFile }: PushSubject,
  { catalog }: YamlSurroundings,
  nodeOf: () => FileNode | undefined,
): FileVerdicts | undefined {
  const options: AnalyzeOptions = { catalog, actions, repository, readRepositoryFile, only: "pushes" };
  if (!mayPush(text, options)) return NO_PUSHES;
  const node = nodeOf();
  return node && analyzeFile(path, node, options);
}

const NO_PUSHES: FileVerdicts = { pushes: [], reads: [] };
