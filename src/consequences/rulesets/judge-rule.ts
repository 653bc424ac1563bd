import type { RefUpdate } from "../../credentials/programs/ref-updates.ts";
import type { FactId } from "../facts/facts.ts";
import { COMPUTED, type PushedCommit } from "../../credentials/work.ts";
import { isList } from "./json-shape.ts";
import { describePattern, fulfilsPattern } from "./metadata-pattern.ts";
import { matchesPattern } from "./ref-pattern.ts";
import type { Rule } from "./ruleset.ts";

/** What a rule makes of an update of one ref, by somebody who may not bypass it. */
export interface RuleAnswer {
  readonly answer: "passes" | "rejects" | "unknown";
  readonly text: string;
  readonly facts: readonly FactId[];
}

/** What a rule looks at. */
export interface RuleCase {
  readonly update: RefUpdate;
  readonly commit: PushedCommit | undefined;
  /** Whether the ref is there already; undefined where nobody can tell. */
  readonly exists: boolean | undefined;
}

type Judge = (parameters: Rule["parameters"], at: RuleCase) => RuleAnswer;

/**
 * Judges a rule. Source: docs.github.com, "Available rules for rulesets"; which rules stop a direct push by themselves, which by
 * the state of the commits, and which only a forced or deleting one.
 */
export function judgeRule({ type, parameters }: Rule, at: RuleCase): RuleAnswer {
  const own = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
  if (own === undefined) return unknown(`the rule ${type} is not known`);
  // What asks for something of new commits has nothing to ask of a ref that goes.
  if (at.update.isDeleted && type !== "deletion") return passes("nothing is written to a ref that is deleted");
  return own(parameters, at);
}

const RULES: Readonly<Record<string, Judge>> = {
  creation: (_, { exists }) =>
    exists === true
      ? passes("the ref is there already")
      : exists === false
        ? rejects("only bypass actors may create the ref", "RS-009")
        : unknown("only bypass actors may create the ref, and whether it is there already is not known", "RS-009"),
  update: (_, { exists }) =>
    exists === false
      ? passes("the ref is new")
      : exists === true
        ? rejects("only bypass actors may update the ref", "RS-009")
        : unknown("only bypass actors may update the ref, and whether it is there already is not known", "RS-009"),
  deletion: (_, { update }) =>
    update.isDeleted ? rejects("only bypass actors may delete the ref", "RS-009") : passes("nothing is deleted"),
  non_fast_forward: (_, { update }) =>
    update.isForced
      ? unknown("forced pushes are refused, unless the new commit follows the old one")
      : passes("the push is not forced"),
  pull_request: (_, { exists }) =>
    exists === false
      ? unknown("changes need a pull request, and whether that holds for a new branch is not known", "RS-008")
      : rejects("changes must be made through a pull request", "RS-008"),
  merge_queue: (_, { exists }) =>
    exists === false
      ? unknown("changes go through the merge queue, and whether that holds for a new branch is not known")
      : rejects("changes must be made through the merge queue", "RS-045"),
  required_status_checks: (parameters, at) => needsGreen("status checks", "required_status_checks", parameters, at),
  required_deployments: (parameters, at) =>
    needsGreen("deployments", "required_deployment_environments", parameters, at),
  workflows: (parameters, at) => needsGreen("required workflows", "workflows", parameters, at),
  code_scanning: (parameters, at) => needsGreen("results of code scanning", "code_scanning_tools", parameters, at),
  required_signatures: (_, { commit, exists }) => {
    if (commit === undefined)
      return exists === false
        ? unknown("commits must be signed that no other branch has, and which those are is not known", "SG-007")
        : unknown("commits must be signed, and whether those that are pushed are is not known");
    return commit.isSigned
      ? passes("the job signs its commit")
      : rejects("commits must be signed, and what `git commit` makes in a job is not", "SG-002", "SG-001");
  },
  required_linear_history: (_, { commit }) =>
    commit === undefined
      ? unknown("merge commits are refused, and whether one is pushed is not known")
      : passes("the job's commit has one parent"),
  commit_message_pattern: (parameters, { commit }) => byPattern("the commit's message", commit?.message, parameters),
  commit_author_email_pattern: (parameters) => byPattern("the author's address", undefined, parameters, "SG-005"),
  committer_email_pattern: (parameters) => byPattern("the committer's address", undefined, parameters, "SG-005"),
  branch_name_pattern: byName,
  tag_name_pattern: byName,
  file_path_restriction: (parameters, { commit }) =>
    byFiles(commit, "restricted paths", (path) => {
      const patterns = listOf(parameters, "restricted_file_paths");
      return some(patterns?.map((each) => (typeof each === "string" ? matchesPattern(each, path) : undefined)));
    }),
  file_extension_restriction: (parameters, { commit }) =>
    byFiles(commit, "restricted extensions", (path) => {
      const extensions = listOf(parameters, "restricted_file_extensions");
      return some(extensions?.map((each) => (typeof each === "string" ? hasExtension(path, each) : undefined)));
    }),
  max_file_path_length: (parameters, { commit }) =>
    byFiles(commit, "paths that are too long", (path) => {
      const most = parameters["max_file_path_length"];
      return typeof most === "number" ? path.length > most : undefined;
    }),
  max_file_size: ({ max_file_size: most }) =>
    unknown(
      `files may have ${typeof most === "number" ? most : "some"} MB, and how large those are that are pushed is not known`,
      "RS-039",
    ),
  copilot_code_review: () => passes("a review by Copilot stops no push"),
  copilot_code_review_analysis_tools: () => passes("a review by Copilot stops no push"),
};

/** What must have succeeded for a commit before it may be pushed; a new one has nothing to show. */
function needsGreen(
  what: string,
  key: string,
  parameters: Rule["parameters"],
  { exists, commit }: RuleCase,
): RuleAnswer {
  const wanted = listOf(parameters, key);
  if (wanted === undefined) return unknown(`${what} are required, and which is not told: \`${key}\` is no list`);
  if (wanted.length === 0) return passes(`no ${what} are required`);
  if (parameters["do_not_enforce_on_create"] === true) {
    if (exists === false) return passes("it does not hold for a new ref");
    if (exists === undefined) return unknown(`${what} are required, unless the ref is new`, "RS-045");
  }
  return commit === undefined
    ? unknown(`${what} are required, and whether the commit has passed them is not known`, "RS-045")
    : rejects(`${what} are required, and a commit that the job makes has passed none`, "RS-045");
}

function byName(parameters: Rule["parameters"], { update, exists }: RuleCase): RuleAnswer {
  if (exists === true) return passes("the name was taken when the ref was made");
  const answer = byPattern("the name", update.name ?? undefined, parameters);
  return answer.answer === "rejects" && exists === undefined ? unknown(answer.text) : answer;
}

function byPattern(
  what: string,
  text: string | undefined,
  parameters: Rule["parameters"],
  ...facts: readonly FactId[]
): RuleAnswer {
  const must = `${what} must ${parameters["negate"] === true ? "not " : ""}${describePattern(parameters)}`;
  if (text === undefined || text.includes(COMPUTED)) return unknown(`${must}, and it is not known`, ...facts);
  const fulfils = fulfilsPattern(parameters, text);
  if (fulfils === undefined) return unknown(`${must}, which is not tried here`, ...facts);
  if (fulfils) return passes(`${must}, and does so`, ...facts);
  return rejects(`${must}, and ${parameters["negate"] === true ? "does" : "does not"}`, ...facts);
}

function byFiles(
  commit: PushedCommit | undefined,
  what: string,
  isRestricted: (path: string) => boolean | undefined,
): RuleAnswer {
  const paths = commit?.paths;
  if (paths === undefined) return unknown(`${what} are refused, and which files are pushed is not known`, "RS-039");
  const answers = paths.map((path) => (/[*?[]/.test(path) ? undefined : isRestricted(path)));
  const at = answers.indexOf(true);
  const path = at < 0 ? undefined : paths[at];
  if (path !== undefined)
    return rejects(
      `${what} are refused: ${path}`,
      "RS-039",
      ...(path.startsWith(".github/workflows/") ? (["WF-010"] as const) : []),
    );
  // A path may be a folder, with files that nobody sees here.
  const isClear = paths.every((path, index) => answers[index] === false && /\.[\w-]+$/.test(path));
  return isClear
    ? passes(`none of ${what} is committed`, "RS-039")
    : unknown(`${what} are refused, and which files are pushed is not known`, "RS-039");
}

function some(answers: readonly (boolean | undefined)[] | undefined): boolean | undefined {
  if (answers === undefined) return undefined;
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function hasExtension(path: string, extension: string): boolean {
  return path.toLowerCase().endsWith(extension.toLowerCase().replace(/^\*?\.?/, "."));
}

/** Undefined where a parameter is missing, or is no list: what the rule asks for is not known then. */
function listOf(parameters: Rule["parameters"], key: string): readonly unknown[] | undefined {
  const value = parameters[key];
  return isList(value) ? value : undefined;
}

function passes(text: string, ...facts: readonly FactId[]): RuleAnswer {
  return { answer: "passes", text, facts };
}

function rejects(text: string, ...facts: readonly FactId[]): RuleAnswer {
  return { answer: "rejects", text, facts };
}

function unknown(text: string, ...facts: readonly FactId[]): RuleAnswer {
  return { answer: "unknown", text, facts };
}
