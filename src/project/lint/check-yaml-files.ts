import { GITHUB_LOCK_FILE } from "../../actions/github-lock/github-lock.ts";
import { openCatalog } from "../../actions/catalog.ts";
import { emptyLock } from "../../actions/lock.ts";
import { findUses } from "../../actions/pin-uses.ts";
import type { Consequences } from "../../consequences/consequences.ts";
import type { KnownActions } from "../../actions/resolve-interface.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Rule } from "../../rules/define-rule.ts";
import type { OwnFiles } from "../../rules/own-files.ts";
import { ruleContext } from "../../rules/rule-context.ts";
import { manifestPaths } from "../actions/local-actions.ts";
import { readGithubLock } from "../actions/read-github-lock.ts";
import type { Project } from "../project.ts";
import type { AnswerKind } from "../pushes/answer-cache.ts";
import { digest } from "../pushes/cache-file.ts";
import type { FileAnswers } from "../pushes/file-answers.ts";
import { isCallee } from "../pushes/is-callee.ts";
import type { PushAnalysis, PushConfig } from "../pushes/push-analysis.ts";
import { readText } from "../read-text.ts";
import { actionsOfFile, repositoryOfYaml } from "./check-yaml.ts";
import { findProblems, type FoundInFile } from "./find-problems.ts";
import { ownFiles } from "./own-files.ts";

/** What rules find in a YAML file, and what GitHub makes of its pushes: plain data, without what is tried to mend it. */
export interface CheckedYaml {
  readonly found: readonly FoundInFile[];
  /** Of its pushes, in their order. */
  readonly consequences: readonly Consequences[];
  /** Whether only others run it: an action, a workflow that is only called. */
  readonly isCallee: boolean;
}

/** Checks YAML files one by one, where no sources are compiled that could stand for any of them. */
export interface YamlChecker {
  readonly rules: readonly Rule[];
  readonly check: (file: CheckedFile) => Promise<CheckedYaml>;
  /** What is kept from another run. */
  readonly kept: (file: CheckedFile) => CheckedYaml | undefined;
  readonly keep: (file: CheckedFile, checked: CheckedYaml) => void;
}

const CHECKED: AnswerKind<CheckedYaml> = { name: "checked" };

interface CheckerOptions {
  readonly analysis: PushAnalysis;
  readonly configured: PushConfig;
  readonly rules: readonly Rule[];
  /** All files that are at hand. */
  readonly seen: readonly CheckedFile[];
}

export async function yamlChecker(
  { root }: Project,
  { analysis, configured: { config }, rules, seen }: CheckerOptions,
): Promise<YamlChecker> {
  const { answers, forRules, judge, of } = analysis;
  const catalog = await openCatalog();
  const known = new WeakMap<CheckedFile, KnownActions>();
  const context = ruleContext({
    ...forRules,
    actionsOf: (file) => known.get(file) ?? { catalog },
    lock: emptyLock,
    own: noted(ownFiles(root, undefined, seen), answers),
    ...(await readGithubLock(root)),
  });
  const about = stampOf(rules, config, analysis, await readText(root, GITHUB_LOCK_FILE));
  return {
    rules,
    async check(file) {
      known.set(file, await actionsOfFile(root, file, catalog));
      noteManifests(file, answers);
      const found = findProblems(file, { context, config, rules });
      return {
        found: found.map(({ finding: { mends, ...finding }, said }) => ({ finding, said })),
        consequences: of(file).pushes.map((push) => judge(push, file)),
        isCallee: isCallee(file),
      };
    },
    kept: (file) => (about === undefined ? undefined : answers.kept(CHECKED, file, about)),
    keep(file, checked) {
      if (about !== undefined) answers.keep(CHECKED, file, about, checked);
    },
  };
}

/**
 * Stands for all that decides what is found, beside the files of repositories. Undefined where a script's config holds what cannot
 * be written down.
 */
function stampOf(
  rules: readonly Rule[],
  { rulesets, ...config }: PushConfig["config"],
  analysis: PushAnalysis,
  githubLock: string | undefined,
): string | undefined {
  const { protections } = analysis.surroundings("action.yml");
  try {
    return digest(JSON.stringify([rules.map(({ id }) => id), config, protections ?? null, githubLock ?? null]));
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The same, and it is noted for each file what was asked. */
function noted(own: OwnFiles, { note }: FileAnswers): OwnFiles {
  return {
    hasFile(file, path) {
      note(file, `there ${path}`);
      return own.hasFile(file, path);
    },
    workflowAt(file, path) {
      note(file, `text ${path}`);
      return own.workflowAt(file, path);
    },
    workflowsOn(file, event) {
      note(file, "workflows");
      return own.workflowsOn(file, event);
    },
  };
}

function noteManifests(file: CheckedFile, { note }: FileAnswers): void {
  const repository = repositoryOfYaml(file.path);
  for (const { ref } of file.node === undefined ? [] : findUses(file.node))
    for (const path of manifestPaths(ref)) note(file, `file ${repository === "" ? path : `${repository}/${path}`}`);
}
