import type { FactId } from "../facts/facts.ts";
import type { Acceptance, Judgement, Reason } from "../judgement.ts";
import type { Pusher } from "../pusher.ts";
import type { Destination } from "./applies.ts";
import type { RuleCase } from "./judge-rule.ts";
import type { ActorList, ClassicProtection } from "./ruleset.ts";

type Truth = boolean | undefined;

/** What the classic protection of a branch makes of an update of one ref. */
export function judgeClassic(
  protection: ClassicProtection,
  pusher: Pusher,
  { update, commit }: RuleCase,
  { repository }: Destination,
): Judgement<Acceptance> {
  const { branch, source } = protection;
  const name = `the protection of ${branch}`;
  const nothing: Judgement<Acceptance> = { answer: "accepted", reasons: [] };
  const isElsewhere =
    source !== undefined && repository !== undefined && source.toLowerCase() !== repository.toLowerCase();
  if (update.kind === "tag" || isElsewhere || (update.name !== null && update.name !== branch)) return nothing;
  const admin = isAdmin(pusher);
  if (admin === true && !protection.bindsAdmins) return nothing;
  const found: { readonly answer: Truth; readonly reason: Reason }[] = [];
  const demand = (type: string, refused: Truth, text: string, ...facts: readonly FactId[]): void => {
    if (refused === false) return;
    // Admins, if the pusher is one, are not bound.
    const answer = admin === undefined && !protection.bindsAdmins ? undefined : refused;
    found.push({ answer, reason: { text, facts, rule: { type, ruleset: name } } });
  };
  if (update.isDeleted) demand("allow_deletions", !protection.allowsDeletion, "the branch may not be deleted");
  else {
    if (protection.pullRequests !== undefined)
      demand(
        "required_pull_request_reviews",
        not(isListed(pusher, protection.pullRequests.allowed)),
        "changes must be made through a pull request",
        "BP-002",
        "BP-006",
        ...(pusher.kind === "app" && protection.restrictions !== undefined ? (["BP-005"] as const) : []),
      );
    if (protection.checks > 0)
      demand("required_status_checks", commit === undefined ? undefined : true, "status checks are required", "BP-004");
    if (protection.restrictions !== undefined)
      demand(
        "restrictions",
        not(admin === true || isListed(pusher, protection.restrictions)),
        "pushing is restricted to those who are listed",
        "BP-003",
        ...(pusher.kind === "app" && protection.pullRequests !== undefined ? (["BP-005"] as const) : []),
      );
    if (protection.signatures)
      demand(
        "required_signatures",
        commit === undefined ? undefined : !commit.isSigned,
        "commits must be signed",
        "SG-002",
      );
    if (protection.linearHistory)
      demand("required_linear_history", commit === undefined ? undefined : false, "merge commits are refused");
    if (protection.isLocked) demand("lock_branch", true, "the branch is locked");
    if (update.isForced && !protection.allowsForce)
      demand("allow_force_pushes", undefined, "forced pushes are refused");
  }
  if (update.kind === "ref" || update.name === null) return weaken(found.map(({ reason }) => reason));
  const refused = found.filter(({ answer }) => answer === true);
  if (refused.length > 0) return { answer: "rejected", reasons: refused.map(({ reason }) => reason) };
  return weaken(found.map(({ reason }) => reason));
}

function weaken(reasons: readonly Reason[]): Judgement<Acceptance> {
  return { answer: reasons.length === 0 ? "accepted" : "unknown", reasons };
}

/** Admins are not bound where `enforce_admins` is off: BP-001, BP-007, BP-008. */
function isAdmin(pusher: Pusher): Truth {
  switch (pusher.kind) {
    case "deploy-key":
      return true;
    case "user": {
      const actsAs = pusher.facts?.actsAs;
      if (actsAs === undefined || !("role" in actsAs)) return undefined;
      return /admin|^owner$/i.test(actsAs.role);
    }
    case "github-token":
    case "app":
    case "nobody":
      return false;
    case "ssh":
    case "unknown":
      return undefined;
  }
}

function isListed(pusher: Pusher, { users, teams, apps }: ActorList): Truth {
  switch (pusher.kind) {
    case "github-token":
    case "nobody":
    case "deploy-key":
      return false;
    case "app":
      if (apps.length === 0) return false;
      return pusher.appId === undefined
        ? undefined
        : apps.some(({ id }) => id === pusher.appId)
          ? true
          : apps.every(({ id }) => id !== undefined)
            ? false
            : undefined;
    case "user": {
      const actsAs = pusher.facts?.actsAs;
      if (actsAs !== undefined && "user" in actsAs && users.includes(actsAs.user)) return true;
      if (actsAs !== undefined && "team" in actsAs && teams.includes(actsAs.team)) return true;
      return users.length === 0 && teams.length === 0 ? false : undefined;
    }
    case "ssh":
    case "unknown":
      return undefined;
  }
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
