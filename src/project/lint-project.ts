import { existsSync } from "node:fs";
import { join } from "node:path";
import { emptyLock } from "../actions/lock.ts";
import type { Config } from "../define/define-config.ts";
import { isGenerated } from "../emit/header.ts";
import { SOURCES_FOLDER } from "../load/find-sources.ts";
import { loadSources } from "../load/load-sources.ts";
import { pointAt } from "../load/source-errors.ts";
import { sortFindings, type Finding } from "../report/finding.ts";
import { ALL_RULES } from "../rules/all-rules.ts";
import { ruleContext } from "../rules/rule-context.ts";
import { askOfficial } from "./ask-official.ts";
import { applySettings, checkFiles } from "./check-files.ts";
import { actionsOfYaml, relateToSources, yamlToCheck } from "./check-yaml.ts";
import { compileSources, type CompiledSources } from "./compile-sources.ts";
import { findYaml } from "./find-yaml.ts";
import { errorFinding } from "./findings.ts";
import type { Project } from "./project.ts";
import { findConfig, isScript, readConfig, type ReadConfig } from "./read-config.ts";
import type { YamlFile } from "./read-yaml.ts";
import { siftFindings } from "./sift-findings.ts";

export interface LintOptions {
  /** Files and folders, from the root, with `/`; none: the sources and the repository's own YAML. */
  readonly paths: readonly string[];
  /** Whether sources and a config that is a script may be run. */
  readonly mayRun: boolean;
  /** Whether GitHub's own parser is asked, too. */
  readonly official?: boolean | undefined;
}

/** What the rules find in sources and YAML. */
export interface Linted {
  readonly findings: readonly Finding[];
  /** The files that were looked at. */
  readonly files: readonly string[];
  readonly config: Config;
  /** How many more findings the baseline knows. */
  readonly known: number;
  /** All that was found, also what the baseline knows. */
  readonly unsifted: readonly Finding[];
}

/** Lints sources, through the compiler, and YAML. Where only YAML is named, nothing is run, but a config that is named too. */
export async function lintProject(project: Project, { paths, mayRun, official = false }: LintOptions): Promise<Linted> {
  const { root } = project;
  const isWhole = paths.length === 0 || paths.includes("");
  const ofSources = paths.filter(isInSources);
  const hasSources = mayRun && (isWhole || ofSources.length > 0) && existsSync(join(root, SOURCES_FOLDER));
  const compiled = hasSources ? await compileSources(project) : undefined;
  const configured = compiled ?? (await readConfigAlone(project, mayRun && (isWhole || project.config !== undefined)));
  const ofYaml = paths.filter((path) => !isInSources(path));
  const yaml = paths.length > 0 && ofYaml.length === 0 ? [] : await findYaml(root, ofYaml);
  const isWanted = (file: string): boolean => isWhole || !isInSources(file) || isNamed(file, ofSources);
  return lintFiles(project, { compiled, configured, yaml, isWanted, official });
}

/** Lints a whole project whose sources are compiled already. */
export async function lintCompiled(project: Project, compiled: CompiledSources): Promise<Linted> {
  const yaml = await findYaml(project.root, []);
  return lintFiles(project, { compiled, configured: compiled, yaml, isWanted: () => true, official: false });
}

interface FilesToLint {
  readonly compiled: CompiledSources | undefined;
  readonly configured: Configured;
  readonly yaml: readonly YamlFile[];
  /** Whether findings in a file are wanted. */
  readonly isWanted: (file: string) => boolean;
  readonly official: boolean;
}

async function lintFiles({ root }: Project, to: FilesToLint): Promise<Linted> {
  const { compiled, configured, isWanted } = to;
  const { config, configFile } = configured;
  // What sources generate is linted as they define it.
  const outputs = new Set(compiled?.converted.map(({ source }) => source.output));
  const isOwn = (file: YamlFile): boolean => !outputs.has(file.path) || file.kind !== "text" || !isGenerated(file.text);
  const yaml = yamlToCheck(to.yaml.filter(isOwn));
  const all = [...(compiled?.files ?? []), ...yaml.files];
  const files = to.official ? await askOfficial(all, compiled) : all;
  const knownOf = await actionsOfYaml(root, yaml.files);
  const context = ruleContext({
    actionsOf: (file) => (file.kind === "defined" && compiled !== undefined ? compiled.locked.known : knownOf(file)),
    lock: compiled?.locked.lock ?? emptyLock,
  });
  const checked = checkFiles(files, {
    context,
    config,
    configFile,
    positions: compiled?.load,
    rules: to.official ? ALL_RULES : undefined,
  });
  const remarks = [...(compiled?.locked.remarks ?? []), ...yaml.unreadable];
  const found = [...remarks, ...(await relateToSources(root, checked))];
  const wanted = found.filter(({ span }) => span === undefined || isWanted(span.file));
  const lookedAt = new Set(files.map(({ path }) => path).filter(isWanted));
  const sifted = await siftFindings(root, wanted, lookedAt);
  const errors = [...configured.errors, ...sifted.errors].map(errorFinding);
  const rest = applySettings([...notRun(configured), ...sifted.findings], config.rules ?? {});
  return {
    findings: sortFindings([...errors, ...rest]),
    files: [...lookedAt, ...yaml.unreadable.flatMap(({ span }) => span?.file ?? [])],
    config,
    known: sifted.known,
    unsifted: wanted,
  };
}

/** What a config says, and whether it was run to know that. */
interface Configured extends ReadConfig {
  readonly configFile: string | undefined;
  readonly isRun?: boolean;
}

/** Without the sources: what of the config can be known without running it, or by running it alone. */
async function readConfigAlone(project: Project, mayRun: boolean): Promise<Configured> {
  const { root } = project;
  const configFile = await findConfig(project);
  if (!isScript(configFile)) return { ...(await readConfig(root, configFile, NOTHING)), configFile, isRun: true };
  if (!mayRun) return { config: {}, errors: [], configFile, isRun: false };
  const load = await loadSources([configFile], project);
  const { config, errors } = await readConfig(root, configFile, load);
  return { config, errors: [...load.failed.flatMap((source) => source.errors), ...errors], configFile, isRun: true };
}

const NOTHING = { loaded: [], failed: [] };

function notRun({ configFile, isRun = true }: Configured): readonly Finding[] {
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
