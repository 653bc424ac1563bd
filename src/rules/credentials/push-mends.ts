import { locate } from "../../ir/span.ts";
import type { CheckoutTrace, JobTrace } from "../../credentials/traces/trace-job.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import { describeIdentity } from "../../credentials/identity.ts";
import type { CheckedFile } from "../checked-file.ts";
import { isSurelyUnneeded, isUse, ownJobs, sendersOf, tokenExpression } from "./checkout-facts.ts";
import type { Aim, Mend } from "../mend.ts";
import type { RuleContext } from "../rule-context.ts";

/** What would send the credential that a push was meant to send, the best first. */
export function mendSender(push: PushVerdict, file: CheckedFile, context: RuleContext): readonly Mend[] {
  const [sender] = sendersOf(push, file, context);
  const job = ownJobs(file, context).find(({ job }) => job === push.job);
  if (sender === undefined || job === undefined) return [];
  const aim: Aim = { push, verdicts: ["as-intended"] };
  return [
    ...(isSurelyUnneeded(sender) ? [keepNothing(sender, aim)] : []),
    // This touches one command. A token at the checkout lies there for every later step to read, and goes out with their pushes.
    ...clearHeader(push, sender, job, aim),
    ...giveToken(push, sender, job, aim),
  ];
}

/** `persist-credentials: false` */
export function keepNothing({ step, place }: CheckoutTrace, aim?: Aim): Mend {
  return {
    description: `write \`persist-credentials: false\` at ${nameCheckout({ step, place }, aim?.push)}`,
    change: { kind: "set-input", step, name: "persist-credentials", value: false },
    aim,
  };
}

/** `token: ${{ secrets.PAT }}` */
function giveToken(push: PushVerdict, { step, place }: CheckoutTrace, job: JobTrace, aim: Aim): readonly Mend[] {
  if (push.intended === null) return [];
  const token = tokenExpression(push.intended, job, place.step);
  if (token === undefined) return [];
  return [
    {
      description: `give ${nameCheckout({ step, place }, push)} the token that is meant: \`token: ${token}\``,
      change: { kind: "set-input", step, name: "token", value: token },
      aim,
    },
  ];
}

/** `git -c http.https://github.com/.extraheader= push …`: for this one command the header is out of the way. */
function clearHeader(push: PushVerdict, { uses }: CheckoutTrace, { steps }: JobTrace, aim: Aim): readonly Mend[] {
  const step = steps[push.step];
  const { span, command = "" } = uses.find((use) => isUse(use, push)) ?? {};
  const [start] = /^git\s+push\b/.exec(command) ?? [];
  if (step?.kind !== "run-step" || start === undefined || span?.file !== step.run.span?.file) return [];
  const option = " -c http.https://github.com/.extraheader=";
  const description = `leave the persisted header out of this push: \`git${option} push …\``;
  // In a source all stands where the builder is called.
  if (step.origin !== undefined && push.command.startsWith("git"))
    return [{ description, change: { kind: "insert-in-command", step, command: push.command, text: option }, aim }];
  // What is written with escapes does not stand there letter by letter.
  if (!span?.file.text.startsWith(start, span.start)) return [];
  const at = span.start + "git".length;
  const change = { kind: "insert-in-script", at: { file: span.file, start: at, end: at }, text: option } as const;
  return [{ description, change, aim }];
}

/** The finding stands at the push, which may be in an action that the job uses. */
function nameCheckout({ step: { uses }, place }: Pick<CheckoutTrace, "step" | "place">, push?: PushVerdict): string {
  if (uses.span === undefined) return `the checkout (step ${place.step + 1})`;
  const { file, startLine } = locate(uses.span);
  return push?.span === undefined || push.span.file === file
    ? `the checkout in line ${startLine}`
    : `the checkout in line ${startLine} of ${file}`;
}

/** For the end of a message: what to write instead. */
export function advise(mends: readonly Mend[], otherwise: string): string {
  return mends[0]?.description ?? otherwise;
}

/** "the secret PAT, which this push is given" */
export function describeMeant({ intended }: PushVerdict): string {
  return intended === null ? "whoever was meant" : describeIdentity(intended);
}
