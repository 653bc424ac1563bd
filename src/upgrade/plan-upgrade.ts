import { describeIdentity, sameIdentity, type Identity } from "../credentials/identity.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { PlannedCredential, PlannedPush } from "../import/planned-push.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { Job, RunStep, Step, Workflow } from "../ir/workflow.ts";
import { parseScript } from "../shell/parse-script.ts";
import { findShells } from "../shell/which-shell.ts";
import { mayHaveCommitted, mayHaveStaged, mayUseGitBehind } from "./around-step.ts";
import { findDifferences } from "./find-differences.ts";
import { findAuthor } from "./find-author.ts";
import { notPlain } from "./not-plain.ts";
import type { PlainScript } from "./plain-script.ts";
import { planTarget } from "./plan-target.ts";
import { readPlainScript } from "./read-plain-script.ts";
import { scriptComments } from "./script-comments.ts";

/** `push({ … })` in the place of a script. */
export interface PlannedUpgrade {
  readonly push: PlannedPush;
  /** What is otherwise from then on, each a sentence. */
  readonly differences: readonly string[];
}

/**
 * What `push({ … })` would have to say to make a step's push.
 *
 * @param isOwn a checkout has led to the workflow's own repository
 * @throws NotPlain with the reason why the step stays as it is
 */
export function planUpgrade(verdict: PushVerdict, isOwn: boolean, job: Job, workflow: Workflow): PlannedUpgrade {
  const steps = job.steps?.items ?? [];
  const step = steps[verdict.step];
  if (step?.kind === "uses-step") return notPlain(`the action ${step.uses.text} pushes, and no script`);
  if (step?.kind !== "run-step") return notPlain("it is no script that pushes");
  const as = credentialOf(verdict, steps);
  const script = readScript(step, job, workflow);
  const { commit, push, guarded } = script;
  if (commit !== undefined) {
    if (mayHaveStaged(steps, verdict.step)) notPlain("an earlier script stages files, which the commit takes along");
    if (guarded.push && mayHaveCommitted(steps, verdict.step))
      notPlain("an earlier script commits, and where nothing else has changed this one does not push that");
  }
  const setsAuthor = script.author.name !== undefined || script.author.email !== undefined;
  if (setsAuthor && mayUseGitBehind(steps, verdict.step, "author"))
    notPlain("a later step may commit with the name and address that this one sets");
  if (script.urls.size > 0 && mayUseGitBehind(steps, verdict.step, "anything"))
    notPlain("a later step may use the URL that this one gives the remote");
  const author = commit && findAuthor(script.author, steps, verdict.step, job, workflow);
  const planned: PlannedPush = {
    as,
    ...planTarget(script, verdict, steps, verdict.step, workflow),
    repository: repositoryOf(script, verdict, isOwn),
    path: step.workingDirectory?.text,
    commit: commit &&
      author && {
        paths: script.paths,
        message: commit.message,
        author: as.kind === "github-token" && isBot(author) ? undefined : author,
        noVerify: commit.noVerify || undefined,
      },
    force: push.withLease ? "with-lease" : undefined,
    comments: scriptComments(step.run.text, commit?.message),
  };
  return { push: planned, differences: findDifferences(script, planned, step) };
}

function credentialOf(verdict: PushVerdict, steps: readonly Step[]): PlannedCredential {
  const { identity, alternatives } = verdict;
  const [other] = alternatives;
  if (other !== undefined)
    return notPlain(`GitHub sees ${describeIdentity(other.identity)} where ${other.when}: decide first who is to push`);
  if (verdict.verdict !== "as-intended" && verdict.verdict !== "undeclared") {
    const { intended } = verdict;
    if (intended !== null && sameIdentity(intended, identity))
      return notPlain(`whether GitHub sees ${describeIdentity(identity)} depends on what is not to be seen here`);
    const meant = intended === null ? "" : `, and ${describeIdentity(intended)} was meant`;
    return notPlain(`GitHub sees ${describeIdentity(identity)}${meant}: decide first who is to push`);
  }
  return toCredential(identity, steps);
}

function toCredential(identity: Identity, steps: readonly Step[]): PlannedCredential {
  switch (identity.kind) {
    case "github-token":
      return { kind: "github-token" };
    case "pat":
      return { kind: "pat", secret: identity.name };
    case "ssh":
      return { kind: "deploy-key", secret: identity.name };
    case "app": {
      const isHere = steps.some((step) => step.kind === "uses-step" && step.id?.text === identity.name);
      if (!isHere) return notPlain(`no step '${identity.name}' of the job mints the App's token`);
      return { kind: "app", step: identity.name };
    }
    default:
      return notPlain(`GitHub sees ${describeIdentity(identity)}`);
  }
}

function readScript(step: RunStep, job: Job, workflow: Workflow): PlainScript {
  const text = step.run.text;
  if (step.background !== undefined) return notPlain("it runs in the background");
  const shellOf = ({ defaults }: Job | Workflow) =>
    defaults?.run?.kind === "run-defaults" ? defaults.run.shell?.text : undefined;
  const labels = job.runsOn?.kind === "runner-group" ? [] : scalarsOf(job.runsOn).map(({ text }) => text);
  const shells = findShells({
    step: step.shell?.text,
    job: shellOf(job),
    workflow: shellOf(workflow),
    runsOn: labels,
    isInContainer: job.container !== undefined,
  });
  const [shell] = shells;
  if (shell?.kind === "sh" && job.container !== undefined)
    return notPlain("it runs in a container with `sh`, and a push needs bash there");
  if (shell?.kind !== "bash" && shell?.kind !== "sh") return notPlain("the script is not written for bash or sh");
  const script = parseScript(text);
  if (script.kind === "unreadable") return notPlain(script.reason);
  return readPlainScript(script, { own: step.env, around: [job.env, workflow.env] });
}

const OWN_REPOSITORY = "${{ github.repository }}";

/** `owner/name`, or undefined for the workflow's own. */
function repositoryOf({ push, urls }: PlainScript, verdict: PushVerdict, isOwn: boolean): string | undefined {
  const { remote = "origin" } = push;
  const url = urls.get(remote) ?? (remote.includes(":") ? remote : undefined);
  if (url !== undefined) {
    const named = /^https:\/\/(?:[^@]*@)?github\.com\/(.+?)(?:\.git)?\/?$/s.exec(url)?.[1];
    if (named === OWN_REPOSITORY) return undefined;
  } else if (isOwn) return undefined;
  const { repository } = verdict.target;
  return repository ?? notPlain("it is not to be seen to which repository it pushes");
}

function isBot({ name, email }: { readonly name: string; readonly email: string }): boolean {
  return name === "github-actions[bot]" && email === "41898282+github-actions[bot]@users.noreply.github.com";
}
