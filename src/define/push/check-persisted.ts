import type { Job, Step, UsesStep } from "../../ir/workflow.ts";
import type { Mapping, Scalar } from "../../ir/node.ts";
import type { Origin } from "../../ir/origin.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import type { PushIntent, StepIntent } from "../model.ts";

/** A push that would meet somebody else's credential in the repository it pushes from. */
export interface PersistedProblem {
  readonly message: string;
  readonly push: Step;
  readonly checkout: UsesStep;
}

/** Whose token a checkout left in its repository's git configuration. */
interface Kept {
  /** The token's expression; undefined where it cannot be known. */
  readonly token: string | undefined;
  readonly checkout: UsesStep;
}

/** By checkout path: everything that may lie there. */
type State = ReadonlyMap<string, readonly Kept[]>;

/**
 * The walk that the types make (`credential-state.ts`), on what was really defined: widened booleans and spread steps are
 * known here. It refuses at least what the types refuse; what cannot be known passes.
 */
export function findPersisted(
  job: Pick<Job, "steps">,
  intents: ReadonlyMap<Origin, StepIntent>,
): readonly PersistedProblem[] {
  const problems: PersistedProblem[] = [];
  let state: State = new Map();
  for (const step of inOrder(job.steps?.items ?? [])) {
    if (step.kind === "uses-step" && isCheckout(step)) {
      const after = checkOut(state, step);
      // An `if` leaves both: what was there before, and what the checkout leaves.
      state = step.if === undefined ? after : join(state, after);
      continue;
    }
    const intent = step.origin && intents.get(step.origin);
    if (intent?.kind !== "push" || intent.allowPersisted !== undefined || intent.as.kind === "deploy-key") continue;
    for (const kept of keptWhereGitLooks(state, normalPath(intent.path) ?? ".")) {
      if (kept.token === undefined || kept.token === normalToken(intent.token)) continue;
      problems.push({ message: sentence(kept, intent), push: step, checkout: kept.checkout });
    }
  }
  return problems;
}

function* inOrder(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    if (step.kind === "parallel-step") yield* inOrder(step.parallel.items);
    else yield step;
  }
}

function isCheckout(step: UsesStep): boolean {
  const ref = parseUses(step.uses.text);
  return (
    ref.kind === "repository" && `${ref.owner}/${ref.name}`.toLowerCase() === "actions/checkout" && ref.path === ""
  );
}

function checkOut(before: State, step: UsesStep): State {
  const path = normalPath(input(step, "path")?.text ?? ".");
  if (path === undefined) return before;
  const kept = keptBy(step);
  // A checkout of the root deletes what lay inside it, unless `clean` is false: it empties a folder that is no repository of its own.
  const after = new Map(path === "." && input(step, "clean")?.text.toLowerCase() !== "false" ? [] : before);
  return after.set(path, kept === undefined ? [] : [kept]);
}

/** What stays, or undefined for nothing. Versions before v2 keep nothing, but for v1.1.0. */
function keptBy(step: UsesStep): Kept | undefined {
  if (/@v1(\.0.*|\.2.*)?$/.test(step.uses.text)) return undefined;
  const persist = input(step, "persist-credentials");
  const token = tokenOf(step);
  if (persist === undefined) return { token, checkout: step };
  // Given but empty means false: the action compares the upper-cased text with TRUE.
  if (persist.text.includes("${{")) return { token: undefined, checkout: step };
  return persist.text.toUpperCase() === "TRUE" ? { token, checkout: step } : undefined;
}

function tokenOf(step: UsesStep): string | undefined {
  const token = input(step, "token");
  if (token === undefined) return "github.token";
  const inner = /^\s*\$\{\{\s*(.*?)\s*\}\}\s*$/s.exec(token.text)?.[1];
  return inner === undefined ? undefined : normalToken(inner);
}

/** One name for one credential; undefined where an expression could be any. */
function normalToken(expression: string): string | undefined {
  const text = expression.trim();
  if (/^(github\.token|secrets\.github_token)$/i.test(text)) return "github.token";
  if (/^secrets\.[\w-]+$/i.test(text)) return text.toLowerCase();
  return /^steps\.[\w-]+\.outputs\.[\w-]+$/i.test(text) ? text : undefined;
}

function keptWhereGitLooks(state: State, path: string): readonly Kept[] {
  const own = state.get(path);
  if (own !== undefined) return own;
  return path === "." ? [] : keptWhereGitLooks(state, path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".");
}

function join(a: State, b: State): State {
  const both = new Map(a);
  for (const [path, kept] of b) both.set(path, [...new Set([...(a.get(path) ?? []), ...kept])]);
  return both;
}

function normalPath(path: string): string | undefined {
  if (path.includes("${{") || path.startsWith("/")) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.includes("..") ? undefined : parts.join("/") || ".";
}

function input(step: UsesStep, name: string): Scalar | undefined {
  return inputsOf(step)?.entries.find(({ key }) => key.text.toLowerCase() === name)?.value;
}

function inputsOf(step: UsesStep): Mapping<Scalar> | undefined {
  return step.with?.kind === "mapping" ? step.with : undefined;
}

function sentence(kept: Kept, intent: PushIntent): string {
  const path = normalPath(input(kept.checkout, "path")?.text ?? ".") ?? ".";
  const may = kept.checkout.if === undefined ? "keeps" : "may keep";
  return (
    `the checkout of '${path}' ${may} ${nameOf(kept.token)} as an extraheader, and a push as ${nameOf(normalToken(intent.token), intent)} ` +
    "must not meet one: write 'persist-credentials': false there"
  );
}

function nameOf(token: string | undefined, intent?: PushIntent): string {
  if (intent?.as.kind === "pat") return `PAT ${intent.as.secret}`;
  if (token === "github.token") return "GITHUB_TOKEN";
  const secret = token?.match(/^secrets\.([\w-]+)$/)?.[1];
  return secret === undefined ? "the App's token" : `PAT ${secret.toUpperCase()}`;
}
