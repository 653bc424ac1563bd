import { join } from "node:path";
import { pinUses } from "../actions/pin-uses.ts";
import { openCatalog } from "../actions/catalog.ts";
import { analyzeFile, type AnalyzeOptions, type FileVerdicts } from "../credentials/analyze-file.ts";
import { credentialLives, type CredentialLife } from "../credentials/lives/credential-lives.ts";
import type { JobTrace } from "../credentials/traces/trace-job.ts";
import { traceFile } from "../credentials/traces/trace-file.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { FileNode } from "../ir/any-node.ts";
import type { Location, SourceFile } from "../ir/span.ts";
import type { CheckedFile } from "../rules/checked-file.ts";
import type { RuleContext } from "../rules/rule-context.ts";
import type { CompiledSources } from "./compile-sources.ts";
import type { ConvertedSource } from "./convert-sources.ts";
import { emitSource } from "./emit-source.ts";
import { placeNodes } from "./place-nodes.ts";
import type { Project } from "./project.ts";
import { repositoryFiles, repositoryOf, type ReadRepositoryFile } from "./repository-files.ts";

/** Who the pushes of files authenticate as: the one way in which commands and rules ask. */
export interface PushAnalysis {
  /** The pushes of a file, worked out once. Of what sources define, places are those of the sources. */
  readonly of: (file: CheckedFile) => FileVerdicts;
  /** What a file's jobs do with credentials besides pushing, worked out once. */
  readonly traces: (file: CheckedFile) => readonly JobTrace[];
  /** Where a file's credentials lie, from which step to which; with the file as it was analysed. Worked out once. */
  readonly lives: (file: CheckedFile) => FileLives | undefined;
  /** The same, as rules ask for it. */
  readonly forRules: Pick<RuleContext, "pushesOf" | "jobsOf">;
}

export interface FileLives {
  /** The YAML file, from the root. */
  readonly path: string;
  /** Of sources, the pinned workflow with its places in them. */
  readonly node: FileNode;
  readonly lives: readonly CredentialLife[];
}

/**
 * Puts together what the analysis needs to know beside a file: the catalogue, the repository's scripts, actions and reusable
 * workflows (what sources make of them goes before what lies on disk), the commits that sources are pinned to.
 *
 * @param compiled the project's sources, where they were run
 */
export async function pushAnalysis({ root }: Project, compiled?: CompiledSources): Promise<PushAnalysis> {
  const catalog = await openCatalog();
  const sources = new Map(compiled?.converted.map((source) => [source.source.file, source]));
  const made = new Map(compiled?.converted.map((source) => [source.source.output, source]));
  const readers = new Map<string, ReadRepositoryFile>();
  const readerOf = (folder: string): ReadRepositoryFile => {
    const reader =
      readers.get(folder) ??
      repositoryFiles(join(root, folder), (path) => {
        const source = folder === "" ? made.get(path) : undefined;
        return source && compiled && emitSource(source, compiled.locked).file.text;
      });
    readers.set(folder, reader);
    return reader;
  };
  /** What is analysed of a file: of what sources define, the pinned workflow with its places in the sources. */
  const toAnalyze = (file: CheckedFile): Analyzed | undefined => {
    const { node, intents, kind } = file;
    if (node === undefined) return undefined;
    const source = kind === "defined" ? sources.get(file.path) : undefined;
    const path = source?.source.output ?? file.path;
    const folder = repositoryOf(root, path);
    const options: AnalyzeOptions = { catalog, readRepositoryFile: readerOf(folder), intents };
    if (folder !== "") return { folder, path: path.slice(folder.length + 1), node, options };
    if (source === undefined || compiled === undefined) return { folder, path, node, options };
    const pinned = pinUses(node, compiled.locked.lock, catalog).file;
    return { folder, path, node: placeNodes(pinned, compiled.load, textsOf(compiled)), options };
  };
  const of = onceEach((file): FileVerdicts => {
    const analyzed = toAnalyze(file);
    if (analyzed === undefined) return NO_PUSHES;
    const { folder, path, node, options } = analyzed;
    const verdicts = analyzeFile(path, node, options);
    return folder === "" ? verdicts : inFolder(folder, file, verdicts);
  });
  const traces = onceEach((file): readonly JobTrace[] => {
    const analyzed = toAnalyze(file);
    return analyzed === undefined ? [] : traceFile(analyzed.path, analyzed.node, analyzed.options).jobs;
  });
  const lives = onceEach((file): FileLives | undefined => {
    const analyzed = toAnalyze(file);
    if (analyzed === undefined) return undefined;
    const { folder, path, node, options } = analyzed;
    const lives = credentialLives(path, node, options);
    if (folder === "") return { path, node, lives };
    const place = placeIn(folder, file);
    const moved = lives.map((life) => ({
      ...life,
      origin: life.origin && { ...life.origin, span: place(life.origin.span) },
    }));
    return { path: `${folder}/${path}`, node, lives: moved };
  });
  return { of, traces, lives, forRules: { pushesOf: (file) => of(file).pushes, jobsOf: traces } };
}

interface Analyzed {
  /** Of the repository, from the root. */
  readonly folder: string;
  /** From there. */
  readonly path: string;
  readonly node: FileNode;
  readonly options: AnalyzeOptions;
}

function onceEach<T>(find: (file: CheckedFile) => T): (file: CheckedFile) => T {
  const known = new WeakMap<CheckedFile, { readonly found: T }>();
  return (file) => {
    const { found } = known.get(file) ?? { found: find(file) };
    known.set(file, { found });
    return found;
  };
}

/** Of a repository in a folder: the paths that the analysis found in it, from where the command runs. */
function inFolder(folder: string, file: CheckedFile, { pushes, reads }: FileVerdicts): FileVerdicts {
  const { path } = file;
  const place = placeIn(folder, file);
  const move = (push: PushVerdict): PushVerdict => ({
    ...push,
    workflow: path,
    span: place(push.span),
    evidence: push.evidence.map((hop) => ({ ...hop, span: place(hop.span) })),
  });
  return { pushes: pushes.map(move), reads: reads.map(move) };
}

function placeIn(folder: string, { texts }: CheckedFile): (span: Location | undefined) => Location | undefined {
  const own = new Set(texts.map((text) => text.path));
  return (span) => (span === undefined || own.has(span.file) ? span : { ...span, file: `${folder}/${span.file}` });
}

const NO_PUSHES: FileVerdicts = { pushes: [], reads: [] };

const texts = new WeakMap<CompiledSources, ReadonlyMap<string, SourceFile>>();

/** Every text of a project's sources and modules, by path. */
function textsOf(compiled: CompiledSources): ReadonlyMap<string, SourceFile> {
  const known = texts.get(compiled);
  if (known !== undefined) return known;
  const found = new Map(compiled.files.flatMap((file) => file.texts.map((text) => [text.path, text] as const)));
  texts.set(compiled, found);
  return found;
}
