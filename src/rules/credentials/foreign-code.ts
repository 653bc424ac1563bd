import type { Identity } from "../../credentials/identity.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import { scalarsOf } from "../../ir/walk.ts";
import type { RunStep, Step, UsesStep, Workflow } from "../../ir/workflow.ts";
import { guardsOf } from "../../expressions/guards.ts";
import type { CheckoutTrace } from "../../credentials/traces/trace-job.ts";
import type { CheckedFile } from "../checked-file.ts";
import { findJob } from "./push-place.ts";

/** Triggers that run with the repository's secrets whoever set them off, and at which a pull request's code may be fetched. */
const WITH_SECRETS = ["pull_request_target", "workflow_run", "issue_comment"];

const HEAD =
  /github\.event\.pull_request\.head\.|github\.head_ref\b|refs\/pull\/|github\.event\.workflow_run\.head_|github\.event\.pull_request\.merge_commit_sha/;

/** A branch's name alone: it is looked for in the repository itself, where a fork's branch is not. */
const BRANCH =
  /github\.event\.pull_request\.head\.(?:ref|label)\b|github\.head_ref\b|github\.event\.workflow_run\.head_branch\b/g;

/** Whose code a checkout fetches under a trigger that runs with secrets. */
export type Author =
  /** Anybody's who opens a pull request. */
  | "outsider"
  /** Of those who may push a branch to the repository. */
  | "writer";

/** Whether a checkout fetches what a pull request's author wrote, under a trigger that runs with secrets. */
export function findAuthor({ step, layouts }: CheckoutTrace, jobId: string, { node }: CheckedFile): Author | undefined {
  if (node?.kind !== "workflow") return undefined;
  const job = findJob(node, jobId);
  const envs = [step.env, job?.kind === "job" ? job.env : undefined, node.env];
  const [ref, repository] = [inputOf(step, "ref"), inputOf(step, "repository")].map((text) =>
    withEnv(text ?? "", envs),
  );
  if (ref === undefined || repository === undefined || (!HEAD.test(ref) && !HEAD.test(repository))) return undefined;
  const open = openTriggers(step, jobId, node);
  if (open.length === 0) return undefined;
  const isOfFork = HEAD.test(repository) || HEAD.test(ref.replace(BRANCH, ""));
  const allows = inputOf(step, "allow-unsafe-pr-checkout") ?? "false";
  const refuses = layouts.every(({ refusesForks }) => refusesForks) && /^\s*(?:false)?\s*$/i.test(allows);
  return isOfFork && open.some((event) => event === "issue_comment" || !refuses) ? "outsider" : "writer";
}

/** Whether a script fetches a pull request's code and goes on with it, under a trigger that runs with secrets. */
export function fetchesAuthor(step: Step, jobId: string, { node }: CheckedFile): step is RunStep {
  if (node?.kind !== "workflow" || step.kind !== "run-step") return false;
  return FETCHES_HEAD.test(step.run.text) && openTriggers(step, jobId, node).length > 0;
}

/** `gh pr checkout 7`, `git pull origin pull/7/head`, `git fetch origin pull/7/head` with a `git checkout` behind it. */
const FETCHES_HEAD =
  /\bgh\s+(?:pr\s+checkout|co)\b|\bgit\s+pull\b[^\n]*\bpull\/[^\n]*\/(?:head|merge)\b|\bgit\s+fetch\b[^\n]*\bpull\/[^\n]*\/(?:head|merge)\b[^]*\bgit\s+(?:checkout|switch|merge|reset)\b/;

/** The triggers of a workflow that run with secrets and let a stranger's pull request come to a step. */
function openTriggers(step: UsesStep | RunStep, jobId: string, workflow: Workflow): readonly string[] {
  const job = findJob(workflow, jobId);
  const guards = guardsOf([job?.if, step.if]);
  // Whoever wrote the code of a run that another workflow started, no condition on that run's own context says.
  const events = triggersOf(workflow).filter((event) => WITH_SECRETS.includes(event));
  return events.filter((event) => guards.lets(event, "author"));
}

/** A text with what `${{ env.NAME }}` stands for, where that is written out in the workflow. */
function withEnv(text: string, envs: readonly UsesStep["env"][]): string {
  return text.replace(/\$\{\{\s*env\.([\w-]+)\s*\}\}/g, (whole, name: string) => {
    for (const env of envs) {
      const entry = env?.kind === "mapping" ? env.entries.find(({ key }) => key.text === name) : undefined;
      if (entry !== undefined) return entry.value.text;
    }
    return whole;
  });
}

function triggersOf({ on }: Workflow): readonly string[] {
  if (on === undefined) return [];
  if (on.kind === "mapping") return on.entries.map(({ key }) => key.text);
  return scalarsOf(on).map(({ text }) => text);
}

/** Whether a step may run something that lies in the checked-out folder: a script, or an action of the repository. */
export function mayRunRepository(step: Step): boolean {
  if (step.kind === "run-step") return runsPrograms(step.run.text);
  if (step.kind !== "uses-step") return false;
  const { kind } = parseUses(step.uses.text);
  return kind === "local";
}

/** Whether a script starts anything but git, gh and what every shell has: those run nothing of the checked-out folder. */
export function runsPrograms(script: string): boolean {
  const commands = script.replace(/\\\r?\n/g, " ").split(/[\n;]|&&|\|\||\|/);
  return commands.some((command) => !HARMLESS.test(command.trim()));
}

const HARMLESS =
  /^(?:$|#|\}|\{|(?:if |elif |while |! |then |else |do )*\s*(?:(?:git|gh|echo|printf|cd|exit|set|export|test|true|false|sleep|cat|grep|date|ls|mkdir|jq|then|else|fi|do|done|esac|exec >)(?:\s|$)|\[|[A-Za-z_]\w*=[^$`]*$))/;

/** Whether a step is an action of somebody else's that is not given the credential anyway. */
export function isForeignAction(step: Step, identity: Identity): boolean {
  if (step.kind !== "uses-step") return false;
  const ref = parseUses(step.uses.text);
  if (ref.kind === "docker") return true;
  if (ref.kind !== "repository" || ["actions", "github"].includes(ref.owner.toLowerCase())) return false;
  const name =
    identity.kind === "pat" ? `secrets.${identity.name}` : identity.kind === "app" ? `steps.${identity.name}.` : "";
  return name === "" || !givenTexts(step).some((text) => text.toLowerCase().includes(name.toLowerCase()));
}

function givenTexts({ with: inputs, env }: UsesStep): readonly string[] {
  const values = [inputs, env].flatMap((mapping) => (mapping?.kind === "mapping" ? mapping.entries : []));
  return values.map(({ value }) => value.text);
}

/** Installs that run scripts of the packages: `npm ci`, `pip install`, `curl … | sh`. */
const INSTALLS =
  /\b(?:npm\s+(?:ci|i|install)|yarn(?:\s+install)?(?=\s*$|\s*&&|\s+--)|pnpm\s+(?:i|install)|bun\s+install|pip3?\s+install|bundle\s+install|composer\s+install|gem\s+install)\b(?![^\n]*--(?:ignore-scripts|no-scripts|only-binary))|\b(?:curl|wget)\b[^\n;&]*\|\s*(?:sudo\s+)?(?:ba|z)?sh\b/m;

export function runsForeignInstall(step: Step): boolean {
  return step.kind === "run-step" && INSTALLS.test(step.run.text);
}

/** What stands in a step's `with`. */
export function inputOf(step: UsesStep, name: string): string | undefined {
  if (step.with?.kind !== "mapping") return undefined;
  return step.with.entries.find(({ key }) => key.text.toLowerCase() === name)?.value.text;
}
