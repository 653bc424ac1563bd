import { emptyLock } from "../../actions/lock.ts";
import type { Config } from "../../define/define-config.ts";
import { sortFindings, type Finding } from "../../report/finding.ts";
import { ALL_RULES, USUAL_RULES } from "../../rules/all-rules.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Rule } from "../../rules/define-rule.ts";
import { ruleContext } from "../../rules/rule-context.ts";
import { askOfficial } from "./ask-official.ts";
import { applySettings, settleFindings } from "./check-files.ts";
import { yamlChecker, type CheckedYaml } from "./check-yaml-files.ts";
import { actionsOfYaml, relateToSources } from "./check-yaml.ts";
import type { CompiledSources } from "../sources/compile-sources.ts";
import { filesOfCompiled, filesToCheck, notRun, type FilesToCheck, type WhichFiles } from "./files-to-check.ts";
import { errorFinding } from "./findings.ts";
import type { Task } from "./file-work.ts";
import { findProblems } from "./find-problems.ts";
import { ownFiles } from "./own-files.ts";
import type { Project } from "../project.ts";
import { readGithubLock } from "../actions/read-github-lock.ts";
import { pushAnalysis, type PushAnalysis } from "../pushes/push-analysis.ts";
import { workOutYaml } from "./work-out-yaml.ts";
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
  /** What was found already. */
  readonly checkedOf?: CheckedOf;
}

type CheckedOf = (file: CheckedFile) => CheckedYaml | undefined;

/**
 * Checks the YAML among files, with what is kept from another run, and on two threads. Where sources were compiled, or GitHub's own
 * parser has a say, the answers come from more than the files, and are worked out as they are asked for.
 */
export async function checkYaml(
  project: Project,
  { files, compiled, configured }: FilesToCheck,
  { task, analysis, rules, seen }: Required<Pick<LintWith, "analysis" | "rules" | "seen">> & { readonly task: Task },
): Promise<CheckedOf> {
  if (compiled !== undefined) return () => undefined;
  const checker = await yamlChecker(project, { analysis, configured, rules, seen });
  return workOutYaml(project, files, { task, analysis, checker, configured });
}

const NOTHING: CheckedOf = () => undefined;

/** Lints files that are read and compiled already. */
export async function lintFiles(project: Project, to: FilesToCheck, lintWith: LintWith = {}): Promise<Linted> {
  const { root } = project;
  const { compiled, configured, isWanted } = to;
  const { config, configFile } = configured;
  const { official: isOfficial = false } = lintWith;
  const files = isOfficial ? await askOfficial(to.files, compiled) : to.files;
  const { rules = isOfficial ? ALL_RULES : USUAL_RULES, seen = files } = lintWith;
  const analysis = lintWith.analysis ?? (await pushAnalysis(project, compiled, configured));
  const checkedOf =
    lintWith.checkedOf ??
    (isOfficial ? NOTHING : await checkYaml(project, to, { task: "rules", analysis, rules, seen }));
  const knownOf = await actionsOfYaml(
    root,
    files.filter((file) => file.kind === "read" && checkedOf(file) === undefined),
  );
  const context = ruleContext({
    ...analysis.forRules,
    actionsOf: (file) => (file.kind === "defined" && compiled !== undefined ? compiled.locked.known : knownOf(file)),
    lock: compiled?.locked.lock ?? emptyLock,
    own: ownFiles(root, compiled, seen),
    ...(await readGithubLock(root)),
  });
  const options = { context, config, configFile, positions: compiled?.load, rules };
  const checked = settleFindings(files, (file) => checkedOf(file)?.found ?? findProblems(file, options), options);
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
