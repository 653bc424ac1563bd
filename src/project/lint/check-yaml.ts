import { openCatalog, emptyCatalog, type Catalog } from "../../actions/catalog.ts";
import { findUses } from "../../actions/pin-uses.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import { findSource, readSourceMap, type SourceMap } from "../../emit/source-map.ts";
import { ReadError } from "../../ir/errors.ts";
import { pointAt } from "../../load/source-errors.ts";
import { readFile } from "../../read/read-file.ts";
import type { Finding } from "../../report/finding.ts";
import { laterToCheck, type CheckedFile } from "../../rules/checked-file.ts";
import { readLocalActions } from "../actions/local-actions.ts";
import { SOURCE_MAP_FILE } from "../project.ts";
import { readText } from "../read-text.ts";
import type { YamlFile } from "../read-yaml.ts";
import { join } from "node:path";

/** YAML files for rules, and what could not be read. */
export interface YamlToCheck {
  readonly files: readonly CheckedFile[];
  readonly unreadable: readonly Finding[];
}

export function yamlToCheck(files: readonly YamlFile[]): YamlToCheck {
  return {
    files: files.flatMap((file) =>
      file.kind === "text" ? [laterToCheck(file.path, file.text, () => readFile(file.path, file.text))] : [],
    ),
    unreadable: files.flatMap(({ path, ...file }) => {
      if (file.kind === "text") return [];
      const span = pointAt({ file: path });
      return [{ ruleId: "unreadable", severity: "error", message: file.reason, span, related: [] }];
    }),
  };
}

/** What is known of the actions of YAML files: the catalogue, and the manifests of each file's own repository. */
export async function actionsOfYaml(
  root: string,
  files: readonly CheckedFile[],
): Promise<(file: CheckedFile) => KnownActions> {
  const refs = new Map<string, Set<string>>();
  for (const { path, node } of files) {
    const repository = repositoryOfYaml(path);
    const known = refs.get(repository) ?? new Set();
    for (const { ref } of node === undefined ? [] : findUses(node)) known.add(ref);
    refs.set(repository, known);
  }
  const catalog = [...refs.values()].some(({ size }) => size > 0) ? await openCatalog() : emptyCatalog;
  const known = new Map<string, KnownActions>();
  for (const [repository, used] of refs) {
    const { interfaces } = await readLocalActions(join(root, repository), [...used], []);
    known.set(repository, { catalog, given: interfaces });
  }
  return ({ path }) => known.get(repositoryOfYaml(path)) ?? { catalog };
}

/** The same for one file. */
export async function actionsOfFile(
  root: string,
  { path, node }: CheckedFile,
  catalog: Catalog,
): Promise<KnownActions> {
  const used = node === undefined ? [] : findUses(node).map(({ ref }) => ref);
  const { interfaces } = await readLocalActions(join(root, repositoryOfYaml(path)), used, []);
  return { catalog, given: interfaces };
}

/** The folder, from the root, that holds a workflow's `.github`; `""` where nobody can tell. */
export function repositoryOfYaml(path: string): string {
  const [, folder = ""] = /^(.*)\/\.github\//.exec(path) ?? [];
  return folder;
}

/** Where the source map knows the line of a generated file, the place in the source is told beside. */
export async function relateToSources(root: string, findings: readonly Finding[]): Promise<readonly Finding[]> {
  const map = await readMap(root);
  if (map === undefined) return findings;
  return findings.map((finding) => {
    const { span, related } = finding;
    const place = span && findSource(map, span.file, span.startLine);
    if (place === undefined) return finding;
    return { ...finding, related: [...related, { span: pointAt(place), text: "defined here" }] };
  });
}

/** A map that cannot be read leads nowhere; `check` says so. */
export async function readMap(root: string): Promise<SourceMap | undefined> {
  const text = await readText(root, SOURCE_MAP_FILE);
  try {
    return text === undefined ? undefined : readSourceMap(SOURCE_MAP_FILE, text);
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}
