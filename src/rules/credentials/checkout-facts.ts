import { describeIdentity, sameIdentity, type Identity } from "../../credentials/identity.ts";
import type { CheckoutTrace, CredentialUse, JobTrace } from "../../credentials/traces/trace-job.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import type { Workflow } from "../../ir/workflow.ts";
import { locate } from "../../ir/span.ts";
import type { CheckedFile } from "../checked-file.ts";
import type { RuleContext } from "../rule-context.ts";
import { findJob } from "./push-place.ts";

/** The jobs that stand in a file itself: those of the workflows that it calls are looked at there. */
export function ownJobs(file: CheckedFile, context: RuleContext): readonly JobTrace[] {
  return context.jobsOf(file).filter(({ job }) => !job.includes(" / "));
}

/** The checkouts that are steps of the job itself. */
export function ownCheckouts({ checkouts, steps }: JobTrace): readonly CheckoutTrace[] {
  return checkouts.filter(({ step }) => steps.includes(step));
}

/** The checkouts of its job whose credential a push sends. */
export function sendersOf(push: PushVerdict, file: CheckedFile, context: RuleContext): readonly CheckoutTrace[] {
  return checkoutsFor(push, file, context, ({ uses }) => uses);
}

/** The checkouts of its job that could have left a credential for a push that finds none. */
export function missingFor(push: PushVerdict, file: CheckedFile, context: RuleContext): readonly CheckoutTrace[] {
  return checkoutsFor(push, file, context, ({ missed }) => missed);
}

function checkoutsFor(
  push: PushVerdict,
  file: CheckedFile,
  context: RuleContext,
  usesOf: (checkout: CheckoutTrace) => readonly CredentialUse[],
): readonly CheckoutTrace[] {
  const job = ownJobs(file, context).find(({ job }) => job === push.job);
  return job === undefined ? [] : ownCheckouts(job).filter((each) => usesOf(each).some((use) => isUse(use, push)));
}

/** Whether a use is this push. */
export function isUse({ span, place, isRead }: CredentialUse, push: PushVerdict): boolean {
  if (isRead || place.step !== push.step) return false;
  if (span === undefined || push.span === undefined) return span === push.span;
  const { startLine, startColumn } = locate(span);
  return startLine === push.span.startLine && startColumn === push.span.startColumn;
}

/** Whether something sends the checkout's credential and is meant to. */
export function isNeeded({ uses }: CheckoutTrace): boolean {
  return uses.some(({ identity, intended }) => intended === undefined || sameIdentity(identity, intended));
}

/** Nothing needs it, as far as anybody can see: all that runs is in sight. */
export function isSurelyUnneeded(checkout: CheckoutTrace): boolean {
  return !isNeeded(checkout) && checkout.mayUse.length === 0;
}

/** "GITHUB_TOKEN in .git/config", "the secret PAT in a file under RUNNER_TEMP". */
export function describeKept({ identity, layouts, hasSshKey }: CheckoutTrace): string {
  const places = layouts.map(({ place }) => (place === "included" ? "in a file under RUNNER_TEMP" : "in .git/config"));
  return `${describeIdentity(identity)}${hasSshKey ? " and the ssh-key" : ""} ${[...new Set(places)].join(" or ")}`;
}

/** What a job's `GITHUB_TOKEN` may do with a scope; undefined where the repository's settings decide. */
export function tokenAccess(file: CheckedFile, jobId: string, scope: string): "write" | "read" | "none" | undefined {
  const { node } = file;
  if (node?.kind !== "workflow") return undefined;
  const job = findJob(node, jobId);
  return accessOf(job?.permissions ?? node.permissions, scope);
}

export function accessOf(permissions: Workflow["permissions"], scope: string): "write" | "read" | "none" | undefined {
  if (permissions === undefined) return undefined;
  if (permissions.kind === "scalar") {
    if (permissions.text === "write-all") return "write";
    return permissions.text === "read-all" ? "read" : undefined;
  }
  const level = permissions.entries.find(({ key }) => key.text === scope)?.value.text;
  if (level?.includes("${{") === true) return undefined;
  // Whoever lists some takes all others away.
  return level === "write" || level === "read" ? level : "none";
}

/** The expression that gives an identity's token; undefined where none does, or not yet at that step. */
export function tokenExpression(identity: Identity, { steps }: JobTrace, before: number): string | undefined {
  if (identity.kind === "pat") return `\${{ secrets.${identity.name} }}`;
  if (identity.kind !== "app") return undefined;
  const minted = steps.findIndex((step) => "id" in step && step.id?.text === identity.name);
  return minted >= 0 && minted < before ? `\${{ steps.${identity.name}.outputs.token }}` : undefined;
}
