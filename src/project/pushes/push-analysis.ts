import { openCatalog } from "../../actions/catalog.ts";
import {
  analyzeFile,
  mayMeetPush,
  mayPush,
  type AnalyzeOptions,
  type FileVerdicts,
} from "../../credentials/analyze-file.ts";
import { credentialLives, type CredentialLife } from "../../credentials/lives/credential-lives.ts";
import { mayHoldCredentials } from "../../credentials/traces/may-hold-credentials.ts";
import type { JobTrace } from "../../credentials/traces/trace-job.ts";
import { traceFile, type FileTraces } from "../../credentials/traces/trace-file.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import { judgePush, NOTHING_DECLARED, type Consequences, type Surroundings } from "../../consequences/consequences.ts";
import type { Config } from "../../define/define-config.ts";
import type { FileNode } from "../../ir/any-node.ts";
import type { UserError } from "../../ir/errors.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { inFolder, moveTrace, moveVerdicts } from "./move-places.ts";
import { onceEach } from "../once-each.ts";
import type { Project } from "../project.ts";
import type { FileAnswers } from "./file-answers.ts";
import { credentialFacts } from "./credential-facts.ts";
import { readRulesets } from "./read-rulesets.ts";
import { repositoryOf } from "../repository-files.ts";
import { situateFiles } from "./situate-files.ts";
import { yamlAnalysis, type YamlAnalysis, type YamlVerdicts } from "./yaml-analysis.ts";

/** Who the pushes of files authenticate as: the one way in which commands and rules ask. */
export interface PushAnalysis {
  /** The pushes of a file, worked out once. Of what sources define, places are those of the sources. */
  readonly of: (file: CheckedFile) => FileVerdicts;
  /** Whether a file pushes, as far as can be told: one that speaks of a push and cannot be read may. */
  readonly mayPush: (file: CheckedFile) => boolean;
  /** What a file's jobs do with credentials besides pushing, and all that they clone and fetch. Worked out once. */
  readonly traced: (file: CheckedFile) => FileTraces;
  /** Where a file's credentials lie, from which step to which; with the file as it was analysed. Worked out once. */
  readonly lives: (file: CheckedFile) => FileLives | undefined;
  /** The same, as rules ask for it. */
  readonly forRules: Pick<RuleContext, "pushesOf" | "jobsOf" | "consequencesOf">;
  /** What GitHub makes of a file's push, as far as the config tells of rulesets and credentials. */
  readonly judge: (push: PushVerdict, file: CheckedFile) => Consequences;
  /** What the config tells of the repository that a file belongs to. */
  readonly surroundings: (path: string) => Surroundings;
  /** What is wrong with the rulesets that the config names. */
  readonly errors: readonly UserError[];
  /** The verdicts of YAML alone. */
  readonly yaml: YamlAnalysis;
  /** What is kept of YAML files from run to run, where the project has a place for it. */
  readonly answers: FileAnswers;
}

/** What a config tells of the repository that its workflows belong to. */
export interface PushConfig {
  readonly config: Config;
  readonly configFile?: string | undefined;
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
 * @param configured its config, where that was read without them
 * @param instead by path from the root: texts that go before what lies on disk
 */
export async function pushAnalysis(
  project: Project,
  compiled?: CompiledSources,
  { config, configFile }: PushConfig = compiled ?? { config: {} },
  instead: ReadonlyMap<string, string> = new Map(),
): Promise<PushAnalysis> {
  const { root } = project;
  const catalog = await openCatalog();
  const { protections, errors } = await readRulesets(root, config, configFile);
  const credentials = credentialFacts(config, compiled);
  const { situate, toAnalyze, inSources, answers } = situateFiles(project, catalog, config, compiled, instead);
  const ofSource = (file: CheckedFile): FileVerdicts => {
    if (file.node !== undefined && !mayMeetPush(file.node, situate(file).options)) return NO_PUSHES;
    const analyzed = toAnalyze(file);
    return analyzed === undefined ? UNREADABLE : analyzeFile(analyzed.path, analyzed.node, analyzed.options);
  };
  const ofYaml = (file: CheckedFile): YamlVerdicts => {
    const { folder, path, options } = situate(file);
    const verdicts = verdictsOf(file, path, { ...options, only: "pushes" });
    if (folder === "" || verdicts === null) return verdicts;
    return moveVerdicts(verdicts, inFolder(folder, file).place, file.path);
  };
  // Of another repository the config does not say the name.
  const deciding = (file: CheckedFile): unknown => {
    const { actions, repository } = situate(file).options;
    return { actions, repository };
  };
  const yaml = yamlAnalysis(answers, deciding, ofYaml);
  const traces = new WeakMap<CheckedFile, FileTraces>();
  const of = onceEach((file: CheckedFile): FileVerdicts => {
    if (file.kind === "read") return traces.get(file) ?? yaml.of(file) ?? UNREADABLE;
    const verdicts = ofSource(file);
    return verdicts === UNREADABLE ? verdicts : moveVerdicts(verdicts, inSources.place);
  });
  const mayPushIn = (file: CheckedFile): boolean => {
    const verdicts = of(file);
    return verdicts === UNREADABLE || verdicts.pushes.length > 0;
  };
  const trace = (file: CheckedFile): FileTraces => {
    const analyzed = toAnalyze(file);
    if (analyzed === undefined) return NO_TRACES;
    const { folder, path, node, options } = analyzed;
    const { jobs, ...verdicts } = traceFile(path, node, options);
    if (folder === "" && file.kind === "read") return { jobs, ...verdicts };
    const { place, placeSpan } = folder === "" ? inSources : inFolder(folder, file);
    const moved = moveVerdicts(verdicts, place, folder === "" ? undefined : file.path);
    return { ...moved, jobs: jobs.map((job) => moveTrace(job, placeSpan)) };
  };
  const traced = (file: CheckedFile): FileTraces => {
    const known = traces.get(file) ?? trace(file);
    if (file.node !== undefined) traces.set(file, known);
    return known;
  };
  const lives = onceEach((file: CheckedFile): FileLives | undefined => {
    const analyzed = toAnalyze(file);
    if (analyzed === undefined) return undefined;
    const { folder, path, node, options } = analyzed;
    const lives = credentialLives(path, node, options);
    if (folder === "") return { path, node, lives };
    const { place } = inFolder(folder, file);
    const moved = lives.map((life) => ({
      ...life,
      origin: life.origin && { ...life.origin, span: life.origin.span && place(life.origin.span) },
    }));
    return { path: `${folder}/${path}`, node, lives: moved };
  });
  const surroundings = (path: string): Surroundings => {
    // Of another repository the config says nothing.
    if (repositoryOf(root, path) !== "") return NOTHING_DECLARED;
    const { repository, defaultBranch } = config;
    return { repository, defaultBranch, protections, credentials };
  };
  const judge = (push: PushVerdict, { node = NO_WORKFLOW, path }: CheckedFile): Consequences => {
    return judgePush(push, node, surroundings(path));
  };
  const forRules = {
    pushesOf: (file: CheckedFile) => of(file).pushes,
    jobsOf: onceEach((file: CheckedFile): readonly JobTrace[] => {
      const { node } = file;
      return node !== undefined && mayHoldCredentials(node, situate(file).options) ? traced(file).jobs : [];
    }),
    consequencesOf: judge,
  };
  return { of, mayPush: mayPushIn, traced, lives, judge, surroundings, forRules, errors, yaml, answers };
}

/**
 * Who the pushes of a YAML file authenticate as, with the repository's own paths. Most files hold no word of a push: those are
 * not even parsed.
 *
 * @returns null where it cannot be read
 */
function verdictsOf(file: CheckedFile, path: string, options: AnalyzeOptions): YamlVerdicts {
  if (!file.texts.some(({ text }) => mayPush(text, options))) return NO_PUSHES;
  const { node } = file;
  return node === undefined ? null : analyzeFile(path, node, options);
}

const NO_WORKFLOW: FileNode = { kind: "workflow", keys: [], unknown: [] };

const NO_TRACES: FileTraces = { pushes: [], reads: [], jobs: [] };

const NO_PUSHES: FileVerdicts = { pushes: [], reads: [] };
const UNREADABLE: FileVerdicts = { pushes: [], reads: [] };
