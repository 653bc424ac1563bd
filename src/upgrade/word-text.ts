import type { Env, Step } from "../ir/workflow.ts";
import type { Part, VariablePart, Word } from "../shell/word.ts";
import { notPlain } from "./not-plain.ts";

/** The variables that a step's script sees and that an option of `push` can say. */
export interface StepVariables {
  /** The step's own, whose values can be written out. */
  readonly own: Env | undefined;
  /** Those of the workflow and the job, which the `env` context has. */
  readonly around: readonly (Env | undefined)[];
}

// docs.github.com, "Variables reference", default environment variables.
const RUNNERS: Readonly<Record<string, string>> = {
  GITHUB_ACTOR: "github.actor",
  GITHUB_ACTOR_ID: "github.actor_id",
  GITHUB_BASE_REF: "github.base_ref",
  GITHUB_EVENT_NAME: "github.event_name",
  GITHUB_HEAD_REF: "github.head_ref",
  GITHUB_JOB: "github.job",
  GITHUB_REF: "github.ref",
  GITHUB_REF_NAME: "github.ref_name",
  GITHUB_REPOSITORY: "github.repository",
  GITHUB_REPOSITORY_OWNER: "github.repository_owner",
  GITHUB_RUN_ATTEMPT: "github.run_attempt",
  GITHUB_RUN_ID: "github.run_id",
  GITHUB_RUN_NUMBER: "github.run_number",
  GITHUB_SHA: "github.sha",
  GITHUB_TRIGGERING_ACTOR: "github.triggering_actor",
  GITHUB_WORKFLOW: "github.workflow",
};

/**
 * A word of a script as the text that it is, with `${{ }}` for what is known when the job runs.
 *
 * @param isName of a ref, or a URL: it holds nothing that would make the shell split it
 * @throws NotPlain
 */
export function textOfWord(word: Word, variables: StepVariables, isName = false): string {
  return word.parts.map((part) => textOfPart(part, variables, isName)).join("");
}

function textOfPart(part: Part, variables: StepVariables, isName: boolean): string {
  switch (part.kind) {
    case "literal":
      return part.text;
    case "expression":
      if (!part.quoted && !isName && !Object.values(RUNNERS).includes(part.text))
        notPlain(`\`\${{ ${part.text} }}\` stands without quotes, so that the shell may make several words of it`);
      return `\${{ ${part.text} }}`;
    case "variable":
      return textOfVariable(part, variables, isName);
    case "substitution":
      return notPlain("the script works out a text with `$(…)`");
    case "glob":
      return notPlain(`the shell looks for files that match \`${part.text}\`, and git takes patterns in another way`);
    default:
      return notPlain("the script works out a text");
  }
}

function textOfVariable(part: VariablePart, variables: StepVariables, isName: boolean): string {
  const { name, index, operation, quoted } = part;
  if (index !== undefined || operation !== undefined) return notPlain(`the script works out a text from \`$${name}\``);
  const own = find(variables.own, name);
  const runners = RUNNERS[name];
  if (!quoted && !isName && (own !== undefined || runners === undefined))
    return notPlain(`\`$${name}\` stands without quotes, so that the shell may make several words of it`);
  if (own !== undefined) return own;
  if (runners !== undefined) return `\${{ ${runners} }}`;
  if (variables.around.some((env) => find(env, name) !== undefined)) return `\${{ env.${name} }}`;
  return notPlain(`\`$${name}\` is set by the script or by an earlier step`);
}

function find(env: Env | undefined, name: string): string | undefined {
  return env?.kind === "mapping" ? env.entries.find(({ key }) => key.text === name)?.value.text : undefined;
}

/** The `env` of a step that can have one. */
export function envOf(step: Step | undefined): Env | undefined {
  return step?.kind === "run-step" || step?.kind === "uses-step" ? step.env : undefined;
}
