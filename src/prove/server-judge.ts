import type { Surroundings } from "../consequences/consequences.ts";
import { judgeEditing } from "../consequences/edit-workflows.ts";
import { findMintingInputs } from "../consequences/minting-step.ts";
import { pusherOf, type Pusher } from "../consequences/pusher.ts";
import { judgeApplying, type Destination } from "../consequences/rulesets/applies.ts";
import { bypassEntry, judgeBypass } from "../consequences/rulesets/bypass.ts";
import { judgeClassic } from "../consequences/rulesets/judge-classic.ts";
import { judgeRule } from "../consequences/rulesets/judge-rule.ts";
import type { ClassicProtection, Ruleset } from "../consequences/rulesets/ruleset.ts";
import type { RefUpdate as JudgedUpdate } from "../credentials/programs/ref-updates.ts";
import type { Workflow } from "../ir/workflow.ts";
import type { FakeCredentials } from "./fake-credentials.ts";
import { NO_OBJECT, type RefUpdate } from "./server/receive-commands.ts";
import type { Judge, Refusal } from "./server/refusal.ts";
import type { RefusalCondition } from "./server/update-hook.ts";

export interface JudgeOptions {
  readonly around: Surroundings;
  readonly repository: string;
  /** The job that runs, and the workflow that it stands in. */
  readonly running: () => { readonly workflow: Workflow; readonly job: string };
  readonly credentials: FakeCredentials;
}

/**
 * What GitHub would refuse of a push, in its words: the rules of rulesets and of classic protection, as the analysis reads them, on what is
 * really pushed; and changes of workflow files. Who may bypass is taken from what is declared. Where that does not say it, nobody may,
 * and a note says so.
 */
export function serverJudge({ around, repository, running, credentials }: JudgeOptions): Judge {
  return ({ account, repository: target, defaultBranch, updates }) => {
    const identity = credentials.identityOf(account.name);
    if (identity === undefined) return [];
    const { workflow, job } = running();
    const minting = identity.kind === "app" ? findMintingInputs(workflow, job, identity.name) : undefined;
    const pusher = pusherOf(identity, around.credentials, minting);
    const isOwn = target.toLowerCase() === repository.toLowerCase();
    const { rulesets = [], classic = [] } = (isOwn ? around.protections : undefined) ?? {};
    const destination = { repository: target, defaultBranch: around.defaultBranch ?? defaultBranch };
    return updates.flatMap((update) => [
      ...editingRefusal(update, pusher),
      ...rulesets.flatMap((ruleset) => ofRuleset(ruleset, update, pusher, destination)),
      ...classic.flatMap((protection) => ofClassic(protection, update, pusher, destination)),
    ]);
  };
}

/** push-acceptance facts ER-006, ER-007: GitHub calls GITHUB_TOKEN a GitHub App, too. */
function editingRefusal({ ref }: RefUpdate, pusher: Pusher): readonly Refusal[] {
  if (judgeEditing(pusher).answer !== "no") return [];
  const [who, what] =
    pusher.kind === "user"
      ? ["a Personal Access Token", "`workflow` scope"]
      : ["a GitHub App", "`workflows` permission"];
  const reason = `refusing to allow ${who} to create or update workflow \`{found}\` without ${what}`;
  return [{ ref, condition: "workflows", heading: "", says: [], reason }];
}

/** By rule: what GitHub says (facts ER-002, ER-004, others in its manner), and what of the commits decides where the ref alone does not. */
const RULES: Readonly<Record<string, { readonly says: string; readonly condition?: RefusalCondition }>> = {
  pull_request: { says: "Changes must be made through a pull request." },
  merge_queue: { says: "Changes must be made through the merge queue" },
  creation: { says: "Cannot create ref due to creations being restricted." },
  update: { says: "Cannot update this protected ref." },
  deletion: { says: "Cannot delete this protected ref." },
  non_fast_forward: { says: "Cannot force-push to this branch", condition: "forced" },
  required_linear_history: { says: "This branch must not contain merge commits.", condition: "merges" },
  required_signatures: { says: "Commits must have verified signatures.", condition: "unsigned" },
  required_status_checks: { says: "Required status checks are expected.", condition: "commits" },
  required_deployments: { says: "Required deployments are expected.", condition: "commits" },
  workflows: { says: "Required workflows are expected.", condition: "commits" },
  code_scanning: { says: "Code scanning results are expected.", condition: "commits" },
  required_pull_request_reviews: { says: "Changes must be made through a pull request." },
  restrictions: { says: "You're not authorized to push to this branch." },
  allow_force_pushes: { says: "Cannot force-push to this branch", condition: "forced" },
  allow_deletions: { says: "Cannot delete this branch" },
  lock_branch: { says: "This branch is locked." },
};

function ofRuleset(ruleset: Ruleset, update: RefUpdate, pusher: Pusher, destination: Destination): readonly Refusal[] {
  const judged = asJudged(update);
  if (judgeApplying(ruleset, judged, destination).answer === "no") return [];
  const exists = !NO_OBJECT.test(update.old);
  const found = ruleset.rules.flatMap((rule) => {
    const { answer, text } = judgeRule(rule, { update: judged, commit: undefined, exists });
    const known = RULES[rule.type];
    const condition = answer === "rejects" ? "always" : answer === "unknown" ? known?.condition : undefined;
    return condition === undefined ? [] : [{ condition, says: known?.says ?? text }];
  });
  const bypass = judgeBypass(pusher, ruleset);
  if (bypass.answer === "yes") {
    if (bypassEntry(pusher, ruleset)?.mode === "exempt") return [];
    return found.map(({ condition, says }) => ({
      ref: update.ref,
      condition,
      action: "tell",
      heading: `Bypassed rule violations for ${update.ref}:`,
      says: ["", `- ${says}`, ""],
      reason: "",
    }));
  }
  return found.map(({ condition, says }) => ({
    ref: update.ref,
    condition,
    heading: `error: GH013: Repository rule violations found for ${update.ref}.`,
    says: ["", `- ${says}`, ""],
    reason: "push declined due to repository rule violations",
    note: bypass.answer === "unknown" ? bypass.reasons[0]?.text : undefined,
  }));
}

function ofClassic(
  protection: ClassicProtection,
  update: RefUpdate,
  pusher: Pusher,
  destination: Destination,
): readonly Refusal[] {
  const exists = !NO_OBJECT.test(update.old);
  const at = { update: asJudged(update), commit: undefined, exists };
  const { answer, reasons } = judgeClassic(protection, pusher, at, destination);
  return reasons.flatMap(({ text, rule }) => {
    const known = RULES[rule?.type ?? ""];
    const isOpen = answer === "unknown";
    const condition = isOpen ? (known?.condition ?? "always") : answer === "rejected" ? "always" : undefined;
    if (condition === undefined) return [];
    return [
      {
        ref: update.ref,
        condition,
        heading: `error: GH006: Protected branch update failed for ${update.ref}.`,
        says: [`error: ${known?.says ?? text}`],
        reason: "protected branch hook declined",
        note: isOpen && condition === "always" ? "whether the pusher is exempt is not declared" : undefined,
      },
    ];
  });
}

/** Whether it is forced the hook finds out, so both are asked about. */
function asJudged(update: RefUpdate): JudgedUpdate {
  const [, place, name = update.ref] = /^refs\/(heads|tags)\/(.+)$/.exec(update.ref) ?? [];
  const kind = place === "heads" ? "branch" : place === "tags" ? "tag" : "ref";
  return {
    kind,
    name,
    shown: name,
    isCurrent: false,
    isDeleted: NO_OBJECT.test(update.new),
    isHead: false,
    isForced: true,
  };
}
