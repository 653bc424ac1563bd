import type { PushVerdict } from "../../credentials/verdicts.ts";
import type { Config } from "../../define/define-config.ts";
import { sortFindings, type Finding } from "../../report/finding.ts";
import type { ListedPush } from "../../report/listed-push.ts";
import { findRule } from "../../rules/all-rules.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { StepOfPush } from "../../rules/define-rule.ts";
import { BASIC_RULES, PUSH_RULES } from "../../rules/credentials/push-rules.ts";
import { filesToCheck, type FilesToCheck, type WhichFiles } from "../lint/files-to-check.ts";
import type { CheckedYaml } from "../lint/check-yaml-files.ts";
import { checkYaml, lintFiles, type Linted } from "../lint/lint-project.ts";
import type { Project } from "../project.ts";
import { isCallee } from "./is-callee.ts";
import { pushAnalysis, type PushAnalysis } from "./push-analysis.ts";

/** Every push of a project, or of the files that were asked for. */
export interface PushList {
  readonly pushes: readonly ListedPush[];
  /** The files that were looked at. */
  readonly files: readonly string[];
  /** What the rules about pushes find, and what could not be read, compiled or understood. */
  readonly findings: readonly Finding[];
  readonly config: Config;
}

/** Lists the pushes of sources, through the compiler, and of YAML; in the order of the files. */
export async function listPushes(project: Project, which: WhichFiles): Promise<PushList> {
  return listPushesIn(project, await filesToCheck(project, which), which.paths);
}

/**
 * The same, of files that were found already.
 *
 * @param named what was asked for by its path
 */
export async function listPushesIn(
  project: Project,
  found: FilesToCheck,
  named: readonly string[] = [],
): Promise<PushList> {
  const { compiled, configured, isWanted, unreadable } = found;
  const analysis = await pushAnalysis(project, compiled, configured);
  const files = found.files.filter(({ path }) => isWanted(path));
  const rules = [...BASIC_RULES, ...PUSH_RULES];
  const checkedOf = await checkYaml(
    project,
    { ...found, files },
    { task: "pushes", analysis, rules, seen: found.files },
  );
  const pushing = files.filter((file) => analysis.mayPush(file));
  const listed = pushesIn(pushing, analysis, checkedOf);
  analysis.answers.save();
  const lint = (files: readonly CheckedFile[]): Promise<Linted> =>
    lintFiles(project, { ...found, files }, { rules, analysis, checkedOf, seen: found.files });
  const linted = await lint(pushing);
  // Files that hold no word of a push are not even parsed; but "nothing here pushes" is true only of what can be read, and so is the silence about a file by name.
  const isAsked = ({ path }: CheckedFile): boolean => listed.length === 0 || named.includes(path);
  const silent = files.filter((file) => isAsked(file) && !pushing.includes(file));
  const broken = silent.length === 0 ? [] : (await lint(silent)).findings.filter(isUnread);
  const findings = sortFindings([...linted.findings.filter(isAboutPushes), ...broken]);
  const aboutPush = findingsAbout(findings);
  return {
    pushes: listed.map((each) => ({ ...each, findings: aboutPush(each.push) })),
    files: [...files.map(({ path }) => path), ...unreadable.flatMap(({ span }) => span?.file ?? [])],
    findings,
    config: configured.config,
  };
}

/**
 * The pushes of files, before any rule has looked at them.
 *
 * @param checkedOf what was worked out of a file already
 */
export function pushesIn(
  files: readonly CheckedFile[],
  analysis: PushAnalysis,
  checkedOf: (file: CheckedFile) => CheckedYaml | undefined = () => undefined,
): readonly ListedPush[] {
  const found = files.flatMap((file) => {
    const { pushes } = analysis.of(file);
    const checked = checkedOf(file);
    const isCalled = pushes.length > 0 && (checked?.isCallee ?? isCallee(file));
    return pushes.map((push, at) => {
      const consequences = checked?.consequences[at] ?? analysis.judge(push, file);
      return { push, isCalled, consequences, findings: [] };
    });
  });
  return markAnswered(found);
}

const ABOUT: ReadonlySet<string> = new Set([...PUSH_RULES.map(({ id }) => id), "config-not-run"]);

/** What another command looks for is not said here. */
function isAboutPushes({ ruleId }: Finding): boolean {
  return ABOUT.has(ruleId) || findRule(ruleId)?.isBasic === true;
}

function isUnread({ ruleId }: Finding): boolean {
  return ruleId === "invalid-yaml" || ruleId === "unreadable";
}

/** A finding stands at its push, or at the step that runs the script with the push. Gives the findings about a push. */
function findingsAbout(findings: readonly Finding[]): (push: PushVerdict) => readonly Finding[] {
  const byPlace = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (!ABOUT.has(finding.ruleId)) continue;
    const spans = [finding.span, ...finding.related.map(({ span }) => span)];
    for (const place of new Set(spans.map((span) => JSON.stringify(span)))) {
      const there = byPlace.get(place);
      if (there === undefined) byPlace.set(place, [finding]);
      else there.push(finding);
    }
  }
  return (push) => {
    const there = push.span === undefined ? [] : (byPlace.get(JSON.stringify(push.span)) ?? []);
    return there.filter(({ pushes }) => pushes === undefined || pushes.some((each) => isAbout(each, push)));
  };
}

/** What is found in a called workflow or an action by itself is said there, for all who use it. */
function isAbout({ workflow, job, step }: StepOfPush, push: PushVerdict): boolean {
  if (workflow !== push.workflow) return workflow === push.span?.file;
  return job === push.job && step === push.step;
}

type Found = Omit<ListedPush, "isAnswered"> & { readonly isCalled: boolean };

/** A push in an action or a called workflow is answered by those who use it, where they are in sight. */
function markAnswered(found: readonly Found[]): readonly ListedPush[] {
  const callers = new Set(found.filter(({ isCalled }) => !isCalled).map(({ push }) => placeOf(push)));
  return found.map(({ isCalled, ...listed }) => ({
    ...listed,
    isAnswered: isCalled && callers.has(placeOf(listed.push)),
  }));
}

function placeOf({ span, command }: PushVerdict): string {
  return span === undefined ? command : `${span.file}:${span.startLine}:${span.startColumn}`;
}
