import { describeIdentity } from "../../credentials/identity.ts";
import type { CheckoutTrace, JobTrace } from "../../credentials/traces/trace-job.ts";
import type { Step } from "../../ir/workflow.ts";
import type { CheckedFile } from "../checked-file.ts";
import { describeKept, isSurelyUnneeded, ownCheckouts, ownJobs } from "./checkout-facts.ts";
import { defineRule, type Told } from "../define-rule.ts";
import { keepNothing } from "./push-mends.ts";
import { fetchesAuthor, findAuthor, isForeignAction, mayRunRepository, runsForeignInstall } from "./foreign-code.ts";
import { carriesGitFolder } from "./carried-folders.ts";

const messages = {
  artifact:
    "this carries `.git/config` along, and with it {who} that the checkout keeps: whoever may read the artifact or cache has it. Leave `.git` out, or write `persist-credentials: false` at the checkout",
  head: "code of a pull request's author is checked out here, under a trigger that runs with secrets, and {kept} lies where that code can read it. Write `persist-credentials: false`",
  branch:
    "a pull request's branch is checked out here, under a trigger that runs with secrets, and {kept} lies where its code can read it: {limit}. Write `persist-credentials: false`",
  fetched:
    "a later step fetches the code of a pull request's author, under a trigger that runs with secrets, and {kept} lies where that code can read it. Write `persist-credentials: false`, and give the credential only to the step that needs it",
  foreign:
    "{kept} can be read by {steps} later in this job. Write `persist-credentials: false`, and give the credential only to the step that needs it",
} as const;

export const credentialReadableByLaterCode = defineRule({
  id: "credential-readable-by-later-code",
  severity: "warning",
  summary: "The credential that a checkout keeps lies where code of other people can read it.",
  why: `What a checkout keeps is a line in a file that every later step of the job may read. Three ways out of the job are looked for:

- an upload of an artifact, or a cache, that carries the checkout's \`.git/config\` along. \`actions/upload-artifact\` leaves hidden
  files out from 4.4 on, unless \`include-hidden-files\` is true; \`actions/checkout\` from 6 on keeps the token outside of the folder.
  An artifact can be read while the job still runs, and so while \`GITHUB_TOKEN\` is good;
- a checkout of a pull request's code under \`pull_request_target\`, \`workflow_run\` or \`issue_comment\`, which run with the
  repository's secrets and a token that may write: any script of it that a later step starts reads the token. It is an error,
  and a warning where a script fetches the code (\`gh pr checkout\`) or another checkout does.
  Where the code is not a fork's it is a note: a branch's name is looked for in the repository itself, and \`actions/checkout\` 7
  refuses a fork's commits, unless \`allow-unsafe-pr-checkout\` is true (so do 6.1, 5.1, 4.4, 3.7 and 2.8, and with them the tags
  \`v2\` to \`v6\` since July 2026). A condition that lets no fork in, like \`github.event.pull_request.head.repo.full_name ==
  github.repository\`, ends it;
- later actions of other owners, and installs that run scripts of packages, where the credential is a token or a key that the
  workflow gives to the checkout. The job's own \`GITHUB_TOKEN\` is not meant here: every action can ask for that anyway, by a
  default of its inputs.

Write \`persist-credentials: false\`, and give the credential to the one step that pushes.

Sources: [secure use](https://docs.github.com/en/actions/reference/security/secure-use), actions/upload-artifact 4.4.0,
actions/checkout 6.0.0 and 7.0.0, src/unsafe-pr-checkout-helper.ts.`,
  messages,
  *check(file, context) {
    for (const job of ownJobs(file, context))
      for (const checkout of ownCheckouts(job)) {
        if (checkout.keeps === "no") continue;
        const later = [...laterSteps(job, checkout)];
        yield* findUploads(checkout, later);
        yield* findHead(checkout, later, { file, job: job.job });
        yield* findFetched(checkout, job, file);
        yield* findForeign(checkout, later);
      }
  },
});

type Found = Told<typeof messages>;

/** The steps that find the credential where the checkout put it. */
function* laterSteps({ steps }: JobTrace, { place, lastSeen }: CheckoutTrace): Iterable<Step> {
  for (const step of steps.slice(place.step + 1, lastSeen + 2)) {
    if (step === undefined) continue;
    if (step.kind === "parallel-step") yield* step.parallel.items;
    else yield step;
  }
}

function* findUploads(checkout: CheckoutTrace, later: readonly Step[]): Iterable<Found> {
  const { identity, layouts, directory, step: from } = checkout;
  // From version 6 on nothing of it lies in the folder.
  if (layouts.some(({ place }) => place !== "local")) return;
  for (const step of later) {
    if (step.kind !== "uses-step" || !carriesGitFolder(step, directory)) continue;
    yield {
      message: "artifact",
      data: { who: describeIdentity(identity) },
      severity: identity.kind === "github-token" ? "warning" : "error",
      at: step.uses,
      related: [{ at: from.uses, text: "the checkout" }],
      mends: mendsFor(checkout),
    };
  }
}

interface JobPlace {
  readonly file: CheckedFile;
  readonly job: string;
}

function* findHead(checkout: CheckoutTrace, later: readonly Step[], { file, job }: JobPlace): Iterable<Found> {
  const author = findAuthor(checkout, job, file);
  if (author === undefined) return;
  const runs = later.filter(mayRunRepository);
  if (runs.length === 0) return;
  const kept = describeKept(checkout);
  const place = {
    at: checkout.step.uses,
    related: runs.slice(0, MOST).map((step) => ({ at: step, text: "this may run it" })),
    mends: mendsFor(checkout),
  };
  if (author === "outsider") yield { message: "head", data: { kept }, severity: "error", ...place };
  else yield { message: "branch", data: { kept, limit: LIMIT }, severity: "note", ...place };
}

/** The author's code comes with a script, or with another checkout that keeps nothing itself. */
function* findFetched(checkout: CheckoutTrace, job: JobTrace, file: CheckedFile): Iterable<Found> {
  if (findAuthor(checkout, job.job, file) !== undefined) return;
  const { place, lastSeen, step: from } = checkout;
  const steps = job.steps.slice(0, lastSeen + 2);
  const fetching = steps.findIndex((step, at) => at > place.step && bringsAuthor(step, job, file));
  const [fetch, ...later] = fetching < 0 ? [] : steps.slice(fetching);
  if (fetch === undefined) return;
  const runs = [fetch, ...later].filter(mayRunRepository);
  if (runs.length === 0) return;
  yield {
    message: "fetched",
    data: { kept: describeKept(checkout) },
    at: from.uses,
    related: [
      { at: fetch, text: "this fetches it" },
      ...runs.slice(0, MOST).map((step) => ({ at: step, text: "this may run it" })),
    ],
    mends: mendsFor(checkout),
  };
}

function bringsAuthor(step: Step, job: JobTrace, file: CheckedFile): boolean {
  if (fetchesAuthor(step, job.job, file)) return true;
  const checkout = ownCheckouts(job).find((each) => each.step === step);
  return checkout !== undefined && findAuthor(checkout, job.job, file) === "outsider";
}

function* findForeign(checkout: CheckoutTrace, later: readonly Step[]): Iterable<Found> {
  const { identity, hasSshKey } = checkout;
  if (identity.kind !== "pat" && identity.kind !== "app" && !hasSshKey) return;
  const foreign = later.filter((step) => isForeignAction(step, identity) || runsForeignInstall(step));
  if (foreign.length === 0) return;
  yield {
    message: "foreign",
    data: {
      kept: describeKept(checkout),
      steps:
        foreign.length === 1
          ? "a step that runs code of other people"
          : `${foreign.length} steps that run code of other people`,
    },
    at: checkout.step.uses,
    related: foreign.slice(0, MOST).map((step) => ({ at: step, text: "this can read it" })),
    mends: mendsFor(checkout),
  };
}

const LIMIT = "a fork's is not checked out here, so this is about those who may push a branch";

/** Nobody reads more places of one finding. */
const MOST = 5;

function mendsFor(checkout: CheckoutTrace) {
  return isSurelyUnneeded(checkout) ? [keepNothing(checkout)] : [];
}
