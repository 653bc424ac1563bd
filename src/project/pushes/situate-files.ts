import { join } from "node:path";
import type { Catalog } from "../../actions/catalog.ts";
import { pinUses } from "../../actions/pin-uses.ts";
import type { AnalyzeOptions } from "../../credentials/analyze-file.ts";
import type { Config } from "../../define/define-config.ts";
import type { FileNode } from "../../ir/any-node.ts";
import { remember } from "../../ir/remember.ts";
import type { SourceFile } from "../../ir/span.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import { onceEach } from "../once-each.ts";
import { placeNodes } from "../place-nodes.ts";
import type { Project } from "../project.ts";
import { repositoryFiles, repositoryOf, type ReadRepositoryFile } from "../repository-files.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import type { ConvertedSource } from "../sources/convert-sources.ts";
import { emitSource } from "../sources/emit-source.ts";
import { openFileAnswers, type FileAnswers } from "./file-answers.ts";
import { placesInSources, type Places } from "./move-places.ts";

/** Where a file belongs, and what is known there. */
export interface Situated {
  /** Of the repository, from the root. */
  readonly folder: string;
  /** From there. */
  readonly path: string;
  /** Whether a source defines it. */
  readonly isDefined: boolean;
  readonly options: AnalyzeOptions;
}

export interface Analyzed extends Situated {
  readonly node: FileNode;
}

/** What is analysed of files, and what is known around each. */
export interface SituatedFiles {
  readonly situate: (file: CheckedFile) => Situated;
  /** Of what sources define, the pinned workflow with its places in the sources; undefined where nothing can be read. */
  readonly toAnalyze: (file: CheckedFile) => Analyzed | undefined;
  readonly inSources: Places;
  /** What was worked out of files before, and what that rests on. */
  readonly answers: FileAnswers;
}

/**
 * Finds what lies around files: the scripts, actions and reusable workflows of their repositories. What sources make of those goes
 * before what lies on disk.
 *
 * @param instead by path from the root: texts that go before both
 */
export function situateFiles(
  project: Project,
  catalog: Catalog,
  config: Config,
  compiled: CompiledSources | undefined,
  instead: ReadonlyMap<string, string>,
): SituatedFiles {
  const { root } = project;
  const sources = new Map(compiled?.converted.map((source) => [source.source.file, source]));
  const made = new Map(compiled?.converted.map((source) => [source.source.output, source]));
  const texts = compiled && textsOf(compiled);
  const emitted = onceEach((source: ConvertedSource) => compiled && emitSource(source, compiled.locked).file);
  const inSources = placesInSources(compiled?.load, texts, (path) => {
    const source = made.get(path);
    return source && emitted(source);
  });
  const folderOf = remember((path) => repositoryOf(root, path));
  const readers = new Map<string, ReadRepositoryFile>();
  const readerOf = (folder: string): ReadRepositoryFile => {
    const reader =
      readers.get(folder) ??
      repositoryFiles(join(root, folder), (path) => {
        const source = folder === "" ? made.get(path) : undefined;
        const own = instead.get(folder === "" ? path : `${folder}/${path}`);
        return own ?? (source && emitted(source)?.text);
      });
    readers.set(folder, reader);
    return reader;
  };
  const answers = openFileAnswers(project, ({ path }) => {
    const folder = folderOf(path);
    return { folder, read: readerOf(folder) };
  });
  const situate = (file: CheckedFile): Situated => {
    const source = file.kind === "defined" ? sources.get(file.path) : undefined;
    const path = source?.source.output ?? file.path;
    const folder = folderOf(path);
    const repository = folder === "" ? config.repository : undefined;
    const actions = config.pushActions;
    const read = readerOf(folder);
    const noting: ReadRepositoryFile = (path) => {
      answers.note(file, `text ${path}`);
      return read(path);
    };
    // No answer about a source is kept from run to run, so nobody asks what it came from; equal jobs are looked at once then.
    const readRepositoryFile = file.kind === "defined" ? read : noting;
    return {
      folder,
      path: folder === "" ? path : path.slice(folder.length + 1),
      isDefined: source !== undefined && folder === "",
      options: { catalog, actions, readRepositoryFile, intents: file.intents, repository },
    };
  };
  const toAnalyze = (file: CheckedFile): Analyzed | undefined => {
    const { node } = file;
    if (node === undefined) return undefined;
    const situated = situate(file);
    if (!situated.isDefined || compiled === undefined || texts === undefined) return { ...situated, node };
    const pinned = pinUses(node, compiled.locked.lock);
    return { ...situated, node: placeNodes(pinned, compiled.load, texts) };
  };
  return { situate, toAnalyze, inSources, answers };
}

const knownTexts = new WeakMap<CompiledSources, ReadonlyMap<string, SourceFile>>();

/** Every text of a project's sources and modules, by path. */
function textsOf(compiled: CompiledSources): ReadonlyMap<string, SourceFile> {
  const known = knownTexts.get(compiled);
  if (known !== undefined) return known;
  const found = new Map(compiled.files.flatMap((file) => file.texts.map((text) => [text.path, text] as const)));
  knownTexts.set(compiled, found);
  return found;
}
