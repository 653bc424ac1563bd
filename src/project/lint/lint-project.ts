import { emptyLock } from "../../actions/lock.ts";
import type { Config } from "../../define/define-config.ts";
import { sortFindings, type Finding } from "../../report/finding.ts";
import { ALL_RULES } from "../../rules/all-rules.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Rule } from "../../rules/define-rule.ts";
import { ruleContext } from "../../rules/rule-context.ts";
import { askOfficial } from "./ask-official.ts";
import { applySettings, checkFiles } from "./check-files.ts";
import { actionsOfYaml, relateToSources } from "./check-yaml.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { filesOfCompiled, filesToCheck, notRun, type FilesToCheck, type WhichFiles } from "./files-to-check.ts";
import { errorFinding } from "./findings.ts";
import { ownFiles } from "./own-files.ts";
import type { Project } from "../project.ts";
import { readGithubLock } from "../actions/read-github-lock.ts";
import { pushAnalysis, type PushAnalysis } from "../pushes/push-analysis.ts";
import { siftFindings } from "./sift-findings.ts";

export interface LintOptions extends WhichFiles {
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
export async function lintProject(project: Project, { official = false, ...which }: LintOptions): Promise<Linted> {
  return lintFiles(project, await filesToCheck(project, which), { official });
}

/** Lints a whole project whose sources are compiled already. */
export async function lintCompiled(project: Project, compiled: CompiledSources): Promise<Linted> {
  return lintFiles(project, await filesOfCompiled(project, compiled));
}

interface LintWith {
  /** Whether GitHub's own parser is asked, too. */
  readonly official?: boolean;
  /** The rules that look; all that usually do, where nobody says. */
  readonly rules?: readonly Rule[];
  /** All files that are at hand, where those to lint are only some of them. */
  readonly seen?: readonly CheckedFile[];
  /** Where the pushes were worked out already. */
  readonly analysis?: PushAnalysis;
}

/** Lints files that are read and compiled already. */
export async function lintFiles(project: Project, to: FilesToCheck, lintWith: LintWith = {}): Promise<Linted> {
  const { root } = project;
  const { compiled, configured, isWanted } = to;
  const { config, configFile } = configured;
  const { official: isOfficial = false } = lintWith;
  const files = isOfficial ? await askOfficial(to.files, compiled) : to.files;
  const knownOf = await actionsOfYaml(
    root,
    files.filter(({ kind }) => kind === "read"),
  );
  const analysis = lintWith.analysis ?? (await pushAnalysis(project, compiled, configured));
  const context = ruleContext({
    ...analysis.forRules,
    actionsOf: (file) => (file.kind === "defined" && compiled !== undefined ? compiled.locked.known : knownOf(file)),
    lock: compiled?.locked.lock ?? emptyLock,
    own: ownFiles(root, compiled, lintWith.seen ?? files),
    ...(await readGithubLock(root)),
  });
  const checked = checkFiles(files, {
    context,
    config,
    configFile,
    positions: compiled?.load,
    rules: isOfficial ? ALL_RULES : lintWith.rules,
  });
  const remarks = [...(compiled?.remarks ?? []), ...to.unreadable];
  const found = [...remarks, ...(await relateToSources(root, checked))];
  const wanted = found.filter(({ span }) => span === undefined || isWanted(span.file));
  const lookedAt = new Set(files.map(({ path }) => path).filter(isWanted));
  const sifted = await siftFindings(root, wanted, lookedAt);
  const errors = [...configured.errors, ...analysis.errors, ...sifted.errors].map(errorFinding);
  const rest = applySettings([...notRun(configured), ...sifted.findings], config.rules ?? {});
  return {
    findings: sortFindings([...errors, ...rest]),
    files: [...lookedAt, ...to.unreadable.flatMap(({ span }) => span?.file ?? [])],
    config,
    known: sifted.known,
    unsifted: wanted,
  };
}
