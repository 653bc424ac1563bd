import { existsSync } from "node:fs";
import { join } from "node:path";
import { isGenerated, sourceOf } from "../../emit/header.ts";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";
import { loadSources } from "../../load/load-sources.ts";
import { pointAt } from "../../load/source-errors.ts";
import { takeStrays } from "../../load/source-observer.ts";
import type { Finding } from "../../report/finding.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import { yamlToCheck } from "./check-yaml.ts";
import { compileSources, type CompiledSources } from "../sources/compile-sources.ts";
import { findYaml } from "../find-yaml.ts";
import type { Project } from "../project.ts";
import { findConfig, isScript } from "../config/find-config.ts";
import { readConfig, type ReadConfig } from "../config/read-config.ts";
import type { YamlFile } from "../read-yaml.ts";

/** What a command is asked to look at. */
export interface WhichFiles {
  /** Files and folders, from the root, with `/`; none: the sources and the repository's own YAML. */
  readonly paths: readonly string[];
  /** Whether sources and a config that is a script may be run. */
  readonly mayRun: boolean;
}

/** Workflows and actions as they are to be looked at: what sources define, and the YAML that people wrote. */
export interface FilesToCheck {
  /** Undefined where no sources were run. */
  readonly compiled: CompiledSources | undefined;
  readonly configured: Configured;
  readonly files: readonly CheckedFile[];
  /** What could not be read. */
  readonly unreadable: readonly Finding[];
  /** Whether somebody asked for a file: sources are compiled all or none. */
  readonly isWanted: (file: string) => boolean;
}

/** What a config says, and whether it was run to know that. */
export interface Configured extends ReadConfig {
  readonly configFile: string | undefined;
  readonly isRun?: boolean;
}

/** Finds and reads what a command is asked to look at. Where only YAML is named, nothing is run, but a config that is named too. */
export async function filesToCheck(project: Project, { paths, mayRun }: WhichFiles): Promise<FilesToCheck> {
  const { root } = project;
  const isWhole = paths.length === 0 || paths.includes("");
  const ofSources = paths.filter(isInSources);
  const hasSources = mayRun && (isWhole || ofSources.length > 0) && existsSync(join(root, SOURCES_FOLDER));
  const compiled = hasSources ? await compileSources(project) : undefined;
  const configured = compiled ?? (await readConfigAlone(project, mayRun && (isWhole || project.config !== undefined)));
  const ofYaml = paths.filter((path) => !isInSources(path));
  const yaml = paths.length > 0 && ofYaml.length === 0 ? [] : findYaml(root, ofYaml, true);
  const isWanted = (file: string): boolean => isWhole || !isInSources(file) || isNamed(file, ofSources);
  return together({
    compiled,
    configured,
    yaml: yaml.filter((file) => !isGeneratedBy(root, compiled, file)),
    isWanted,
  });
}

/**
 * Whether a source stands for this file, and is looked at in its place. A generated file without one is still run by GitHub. Of a
 * source that is there and cannot be compiled, its own errors tell enough.
 */
function isGeneratedBy(root: string, compiled: CompiledSources | undefined, file: YamlFile): boolean {
  const source = compiled !== undefined && file.kind === "text" ? sourceOf(file.text) : undefined;
  if (source === undefined || !isInSources(source) || compiled === undefined) return false;
  const isCompiled = compiled.converted.some((converted) => converted.source.file === source);
  return !isCompiled && existsSync(join(root, source));
}

/** The files of a whole project whose sources are compiled already. */
export async function filesOfCompiled(project: Project, compiled: CompiledSources): Promise<FilesToCheck> {
  const yaml = findYaml(project.root, []);
  return together({ compiled, configured: compiled, yaml, isWanted: () => true });
}

function together({
  yaml,
  ...rest
}: Pick<FilesToCheck, "compiled" | "configured" | "isWanted"> & { readonly yaml: readonly YamlFile[] }): FilesToCheck {
  // What sources generate is looked at as they define it.
  const outputs = new Set(rest.compiled?.converted.map(({ source }) => source.output));
  const isOwn = (file: YamlFile): boolean => !outputs.has(file.path) || file.kind !== "text" || !isGenerated(file.text);
  const read = yamlToCheck(yaml.filter(isOwn));
  return { ...rest, files: [...(rest.compiled?.files ?? []), ...read.files], unreadable: read.unreadable };
}

/** Without the sources: what of the config can be known without running it, or by running it alone. */
async function readConfigAlone(project: Project, mayRun: boolean): Promise<Configured> {
  const { root } = project;
  const configFile = await findConfig(project);
  if (!isScript(configFile)) return { ...(await readConfig(root, configFile, NOTHING)), configFile, isRun: true };
  if (!mayRun) return { config: {}, errors: [], configFile, isRun: false };
  const load = await loadSources([configFile], project);
  const { config, errors } = await readConfig(root, configFile, load);
  const strays = takeStrays(project, [configFile], load.explain);
  const failed = load.failed.flatMap((source) => source.errors);
  return { config, errors: [...failed, ...errors, ...strays], configFile, isRun: true };
}

const NOTHING = { loaded: [], failed: [] };

/** Says that a config was not asked. */
export function notRun({ configFile, isRun = true }: Configured): readonly Finding[] {
  if (isRun || configFile === undefined) return [];
  const message = `${configFile} is a script, and reading YAML runs none: name it (--config ${configFile}), or write flowkeep.config.json`;
  return [{ ruleId: "config-not-run", severity: "note", message, span: pointAt({ file: configFile }), related: [] }];
}

function isInSources(path: string): boolean {
  return path === SOURCES_FOLDER || path.startsWith(`${SOURCES_FOLDER}/`);
}

/** What is named itself, or lies in a folder that is. */
function isNamed(file: string, paths: readonly string[]): boolean {
  return paths.some((path) => file === path || file.startsWith(`${path}/`));
}
