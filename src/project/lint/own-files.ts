import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import type { FileNode } from "../../ir/any-node.ts";
import type { Workflow } from "../../ir/workflow.ts";
import { readFile } from "../../read/read-file.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { OwnFiles } from "../../rules/own-files.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { repositoryFiles, type ReadRepositoryFile } from "../repository-files.ts";

/**
 * The files of the repositories that workflows belong to: as they lie on disk, or as sources make them. Each is read when a rule
 * first asks for it, and once.
 *
 * @param files those that are looked at anyway
 */
export function ownFiles(
  root: string,
  compiled: Pick<CompiledSources, "converted" | "errors"> | undefined,
  files: readonly CheckedFile[] = [],
): OwnFiles {
  const read = new Map(files.map((file) => [file.path, file]));
  const repositories = new Map<string, OwnRepository>();
  const repositoryOf = (file: CheckedFile): OwnRepository | undefined => {
    const folder = file.kind === "defined" ? "" : folderOf(file.path);
    if (folder === undefined) return undefined;
    let known = repositories.get(folder);
    if (known === undefined) {
      known = new OwnRepository(root, folder, { compiled: folder === "" ? compiled : undefined, read });
      repositories.set(folder, known);
    }
    return known;
  };
  return {
    hasFile: (file, path) => repositoryOf(file)?.has(path),
    workflowAt: (file, path) => repositoryOf(file)?.workflowAt(path),
    workflowsOn: (file, event) => repositoryOf(file)?.workflowsOn(event) ?? new Map(),
  };
}

/** The folder, from the root, that holds a file's `.github`; undefined where nobody can tell. */
function folderOf(path: string): string | undefined {
  const found = /^(?:(.*)\/)?\.github\//.exec(path);
  return found === null ? undefined : (found[1] ?? "");
}

interface Known {
  readonly compiled: Parameters<typeof ownFiles>[1];
  readonly read: ReadonlyMap<string, CheckedFile>;
}

class OwnRepository {
  readonly #folder: string;
  /** From where the command runs: places are told from there. */
  readonly #prefix: string;
  readonly #compiled: Known["compiled"];
  readonly #known: Known["read"];
  readonly #read: ReadRepositoryFile;
  #submodules: readonly string[] | undefined;
  readonly #workflows = new Map<string, ReadonlyMap<string, Workflow>>();

  constructor(root: string, folder: string, { compiled, read }: Known) {
    this.#folder = join(root, folder);
    this.#prefix = folder === "" ? "" : `${folder}/`;
    this.#compiled = compiled;
    this.#known = read;
    this.#read = repositoryFiles(this.#folder, () => undefined);
  }

  has(given: string): boolean | undefined {
    const path = posix.normalize(given).replace(/\/$/, "");
    if (path.startsWith("..") || posix.isAbsolute(path)) return undefined;
    if (this.#sourceOf(path) !== undefined || existsSync(join(this.#folder, path))) return true;
    // What a source that fails would have made, nobody knows; what lies in a submodule may not be checked out here.
    if (this.#compiled !== undefined && this.#compiled.errors.length > 0) return undefined;
    this.#submodules ??= submodulesIn(this.#read(".gitmodules") ?? "");
    return this.#submodules.some((module) => path === module || path.startsWith(`${module}/`)) ? undefined : false;
  }

  workflowAt(path: string): Workflow | undefined {
    const source = this.#sourceOf(path);
    if (source !== undefined) return source.node.kind === "workflow" ? source.node : undefined;
    const node = this.#nodeAt(path);
    return node?.kind === "workflow" ? node : undefined;
  }

  workflowsOn(event: string): ReadonlyMap<string, Workflow> {
    const known = this.#workflows.get(event) ?? this.#readWorkflows(event);
    this.#workflows.set(event, known);
    return known;
  }

  /** What does not hold the event's name need not be parsed; an escape may hide it. */
  #readWorkflows(event: string): ReadonlyMap<string, Workflow> {
    const folder = ".github/workflows";
    const made = this.#compiled?.converted.map(({ source }) => source.output) ?? [];
    const there = existsSync(join(this.#folder, folder)) ? readdirSync(join(this.#folder, folder)) : [];
    const paths = new Set([...there.map((name) => `${folder}/${name}`), ...made].filter(isWorkflow).sort());
    const names = new RegExp(String.raw`(?<![\w-])${event}(?![\w-])|\\[xuU]`);
    const found = [...paths].flatMap((path) => {
      if (this.#sourceOf(path) === undefined && !names.test(this.#textAt(path))) return [];
      const workflow = this.workflowAt(path);
      return workflow === undefined ? [] : [[path, workflow] as const];
    });
    return new Map(found);
  }

  #textAt(path: string): string {
    return this.#known.get(this.#prefix + path)?.texts[0]?.text ?? this.#read(path) ?? "";
  }

  #nodeAt(path: string): FileNode | undefined {
    const place = this.#prefix + path;
    const known = this.#known.get(place);
    if (known?.kind === "read") return known.node;
    const text = this.#read(path);
    return text === undefined ? undefined : readFile(place, text).node;
  }

  /** A source makes a file; and by that the folder of an action. */
  #sourceOf(path: string) {
    return this.#compiled?.converted.find(({ source: { output } }) => output === path || output.startsWith(`${path}/`));
  }
}

function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

function submodulesIn(gitmodules: string): readonly string[] {
  return [...gitmodules.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map(([, path = ""]) => path);
}
