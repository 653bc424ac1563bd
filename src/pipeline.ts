import type { Config } from "./define/define-config.ts";
import type { Adopted, OutputFile } from "./emit/plan-writes.ts";
import { sourceMapText } from "./emit/source-map.ts";
import { writeFiles, type WrittenFiles } from "./emit/write-files.ts";
import { DefinitionError, UsageError } from "./ir/errors.ts";
import { findSources, SOURCES_FOLDER } from "./load/find-sources.ts";
import { loadSources } from "./load/load-sources.ts";
import { pointAt } from "./load/source-errors.ts";
import { adoptedTexts, importedFiles, placeFiles, supersededFiles } from "./project/adopt-imports.ts";
import { checkSource } from "./project/check-source.ts";
import { compareFiles, type Drift } from "./project/compare-files.ts";
import { convertSources } from "./project/convert-sources.ts";
import { emitSource, listUnpinned } from "./project/emit-source.ts";
import { findOrphans } from "./project/find-orphans.ts";
import { errorFinding } from "./project/findings.ts";
import type { Imports } from "./project/import-workflows.ts";
import { lockActions } from "./project/lock-actions.ts";
import { findNestedDefinitions } from "./project/nested-definitions.ts";
import { pickDefinitions } from "./project/pick-definitions.ts";
import { SOURCE_MAP_FILE, type Project } from "./project/project.ts";
import { findConfig, isScript, readConfig } from "./project/read-config.ts";
import { siftFindings } from "./project/sift-findings.ts";
import { sortFindings, type Finding } from "./report/finding.ts";

/** What a project's sources come to. */
export interface Generated {
  /** What is to be written; empty where an error is among the findings. */
  readonly files: readonly OutputFile[];
  /** Files with flowkeep's header that no source generates any more. */
  readonly orphans: readonly string[];
  readonly findings: readonly Finding[];
  /** How many findings the baseline keeps back. */
  readonly known: number;
  readonly config: Config;
  /** The files that were read, from the root: what `--watch` looks at. */
  readonly inputs: readonly string[];
}

export interface GenerateOptions {
  /** Files whose findings are taken into the baseline, because they were imported with them. */
  readonly accept?: (file: string) => boolean;
}

/** Compiles `workflows-src/`: sources → definitions → IR → checks → pins → YAML. Writes nothing. */
export async function generate(project: Project, { accept }: GenerateOptions = {}): Promise<Generated> {
  const { root } = project;
  const found = await findSources(root);
  const configFile = await findConfig(project);
  const files = found.sources.map(({ file }) => file);
  const load = await loadSources(isScript(configFile) ? [configFile, ...files] : files, project);
  const { config, errors: misconfigured } = await readConfig(root, configFile, load);
  const { defined, errors: undefinable } = pickDefinitions(found.sources, load);
  const { converted, errors: unconvertible } = convertSources(defined, load);
  const nested = await findNestedDefinitions(root, found.nested, load.imports);
  const locked = await lockActions(root, converted);
  const checked = converted.flatMap((source) => checkSource(source, locked.known, load));
  const sifted = await siftFindings(root, [...locked.remarks, ...checked], accept);

  const errors = [
    ...found.errors,
    ...load.failed.flatMap((source) => source.errors),
    ...misconfigured,
    ...undefinable,
    ...unconvertible,
    ...nested,
    ...locked.errors,
    ...sifted.errors,
  ];
  if (errors.length === 0 && converted.length === 0) errors.push(onlyHelpers());
  const findings = [...errors.map(errorFinding), ...sifted.findings];
  const rest = { config, known: sifted.known, inputs: [...load.imports.keys()] };
  if (findings.some(({ severity }) => severity === "error"))
    return { files: [], orphans: [], findings: sortFindings(findings), ...rest };

  const emitted = converted.map((source) => emitSource(source, locked));
  const yaml = emitted.map(({ file }) => file);
  const sourceMap = { path: SOURCE_MAP_FILE, text: sourceMapText(yaml, load.mapPlace) };
  return {
    files: [...yaml, sourceMap, ...locked.files, ...sifted.files],
    orphans: await findOrphans(root, new Set(yaml.map(({ path }) => path))),
    findings: sortFindings([...findings, ...listUnpinned(emitted, load)]),
    ...rest,
  };
}

function onlyHelpers(): DefinitionError {
  const message = `no file in ${SOURCES_FOLDER}/ has a workflow or an action as its default export: write \`export default workflow({ … })\` in one`;
  return new DefinitionError(message, pointAt({ file: SOURCES_FOLDER }));
}

/** What `check` reports. */
export interface Checked extends Generated {
  /** Where the files on disk are not what the sources come to. */
  readonly drift: readonly Drift[];
}

/** Compiles in memory and compares with what is on disk, byte for byte. */
export async function check(project: Project): Promise<Checked> {
  const generated = await generate(project);
  const { files, orphans, findings } = generated;
  try {
    return { ...generated, drift: compareFiles(project.root, files, orphans) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...generated, findings: [...findings, errorFinding(error)], drift: [] };
  }
}

/** What `gen` did. */
export interface GeneratedFiles extends Generated {
  /** Undefined where an error is among the findings: nothing was written. */
  readonly written: WrittenFiles | undefined;
}

/** Writes what the sources come to: all of it or nothing. Synchronous, so that a signal finds nothing half done. */
export function write(project: Project, generated: Generated, adopted?: Adopted): GeneratedFiles {
  const { files, orphans, findings } = generated;
  if (findings.some(({ severity }) => severity === "error")) return { ...generated, written: undefined };
  try {
    return { ...generated, written: writeFiles(project.root, files, orphans, adopted) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...generated, findings: [...findings, errorFinding(error)], written: undefined };
  }
}

export { importWorkflows, type Imports } from "./project/import-workflows.ts";

/**
 * Writes what was imported, with all that it comes to: the sources, the lock and the YAML in the place of that which was imported; all of
 * it or nothing. What the checks find in it goes into the baseline.
 */
export async function adopt(project: Project, imports: Imports): Promise<GeneratedFiles> {
  const placed = importedFiles(imports);
  const putBack = placeFiles(project.root, placed);
  let isDone = false;
  try {
    const generated = await generate(project, {
      // What is hand-written in .github, as an action that no source defines, is no newer than what was imported.
      accept: (file) => file.startsWith(".github/") || placed.some(({ path }) => path === file),
    });
    const orphans = [...generated.orphans, ...supersededFiles(imports)];
    const result = write(project, { ...generated, orphans }, adoptedTexts(imports));
    isDone = result.written !== undefined;
    return result;
  } finally {
    if (!isDone) putBack();
  }
}
