import type { PatFacts } from "../../define/credential-facts.ts";
import type { FactId } from "../facts/facts.ts";
import { judge, type Judgement } from "../judgement.ts";
import type { Pusher } from "../pusher.ts";
import type { BypassActor, Ruleset } from "./ruleset.ts";

/** RepositoryRole's ids: RS-005. */
export const ROLES: Readonly<Record<string, number>> = { maintain: 2, write: 4, admin: 5 };
/** GitHub's own App, which GITHUB_TOKEN belongs to. */
export const ACTIONS_APP = 15368;
/** github-actions[bot] */
export const ACTIONS_BOT = 41898282;

/** Whether the pusher may bypass a ruleset's rules on a direct push. */
export function judgeBypass(pusher: Pusher, { name, bypassActors }: Ruleset): Judgement {
  if (bypassActors === undefined) return judge("unknown", `${name} was exported without its bypass list`, "RS-041");
  const listed = bypassActors.map((actor) => ({ actor, is: isActor(pusher, actor) }));
  const direct = listed.filter(({ actor }) => isDirect(actor));
  const yes = direct.find(({ is }) => is.answer === "yes");
  if (yes !== undefined) return yes.is;
  const unknown = direct.find(({ is }) => is.answer === "unknown");
  if (unknown !== undefined) return unknown.is;
  const odd = listed.find(({ actor, is }) => !MODES.has(actor.mode) && is.answer !== "no");
  if (odd !== undefined)
    return judge(
      "unknown",
      `${describe(odd.actor)} may bypass ${name} in the mode '${odd.actor.mode}', which is not known`,
    );
  if (pusher.kind === "github-token") return judge("no", "GITHUB_TOKEN can be on no bypass list", "RS-010", "RS-014");
  const late = listed.find(({ actor, is }) => actor.mode === "pull_request" && is.answer === "yes");
  if (late !== undefined)
    return judge("no", `${describe(late.actor)} may bypass ${name} on a pull request only`, "RS-006", "RS-021");
  // Each ruleset needs an entry of its own, and who wrote the commits does not count.
  const facts = ["RS-001", "RS-037", pusher.kind === "app" ? "RS-020" : "SG-004"] as const;
  return judge("no", `${describePusher(pusher)} is not on the bypass list of ${name}`, ...facts);
}

const MODES: ReadonlySet<string> = new Set(["always", "exempt", "pull_request"]);

function isDirect({ mode }: BypassActor): boolean {
  return mode === "always" || mode === "exempt";
}

/** The entry that lets the pusher through, if one does for sure. */
export function bypassEntry(pusher: Pusher, { bypassActors = [] }: Ruleset): BypassActor | undefined {
  return bypassActors.find((actor) => isDirect(actor) && isActor(pusher, actor).answer === "yes");
}

/** Whether a bypass actor is the pusher. */
export function isActor(pusher: Pusher, actor: BypassActor): Judgement {
  const { type, id } = actor;
  switch (pusher.kind) {
    case "github-token":
      if (type === "Integration" && id === ACTIONS_APP)
        return judge(
          "unknown",
          "the list names GitHub's own Actions App, which GitHub itself refuses to list",
          "RS-010",
          "RS-012",
        );
      if (type === "User" && id === ACTIONS_BOT)
        return judge(
          "unknown",
          "the list names the account github-actions[bot], and whether that helps is disputed",
          "RS-015",
        );
      return judge("no", "GITHUB_TOKEN can be on no bypass list", "RS-010", "RS-014");
    case "app":
      if (type !== "Integration") return judge("no", `an App is no ${type}`);
      if (pusher.appId === undefined)
        return judge(
          "unknown",
          `whether App ${String(id)} is the one of step '${pusher.step}' is not declared`,
          "RS-005",
        );
      return judge(pusher.appId === id ? "yes" : "no", `App ${String(id)} may bypass it`, "RS-016");
    case "deploy-key":
      return type === "DeployKey"
        ? judge("yes", "deploy keys may bypass it", "RS-029", "RS-030", "RS-031")
        : judge("no", `a deploy key is no ${type}`);
    case "ssh":
      return type === "Integration"
        ? judge("no", "an SSH key is no App")
        : judge("unknown", `whether ${pusher.secret} is a deploy key or a person's is not declared`);
    case "user":
      return isUser(pusher.secret, pusher.facts, actor);
    case "nobody":
      return judge("no", pusher.why);
    case "unknown":
      return judge("unknown", pusher.why);
  }
}

/** Those whose members people can be. The list is open: RS-003. */
const KINDS: ReadonlySet<string> = new Set(["OrganizationAdmin", "RepositoryRole", "Team", "User"]);

function isUser(secret: string, facts: PatFacts | undefined, actor: BypassActor): Judgement {
  const { type, id } = actor;
  if (type === "Integration" || type === "DeployKey") return judge("no", `a person is no ${type}`);
  const actsAs = facts?.actsAs;
  const unknown = judge(
    "unknown",
    `whether the owner of ${secret} is ${describe(actor)} is not declared`,
    ...(type === "EnterpriseOwner" ? (["RS-004"] as const) : KINDS.has(type) ? [] : (["RS-003"] as const)),
  );
  if (actsAs === undefined) return unknown;
  if ("role" in actsAs) return hasRole(secret, actsAs.role, actor);
  const named = "team" in actsAs ? { type: "Team", is: actsAs.team } : { type: "User", is: actsAs.user };
  if (type !== named.type) return unknown;
  // Lists have numbers, people know names.
  if (!/^\d+$/.test(named.is))
    return judge("unknown", `whether ${named.is} is ${describe(actor)} is not known: declare it by its number`);
  return Number(named.is) === id
    ? judge("yes", `${describe(actor)} may bypass it, and ${secret} acts as that`)
    : unknown;
}

function hasRole(secret: string, role: string, actor: BypassActor): Judgement {
  const { type, id } = actor;
  const yes = (...facts: readonly FactId[]): Judgement =>
    judge("yes", `${describe(actor)} may bypass it, and ${secret} acts as one`, ...facts);
  const isOwner = /^organi[sz]ation[-_ ]?admin$|^owner$/i.test(role);
  if (type === "OrganizationAdmin") return isOwner ? yes("RS-022") : judge("no", `${secret} is declared as ${role}`);
  if (type === "RepositoryRole") {
    // An organization's owners are admins of its repositories: docs.github.com, "Roles in an organization".
    const own = isOwner ? ROLES["admin"] : (ROLES[role.toLowerCase().replace(/^repository/, "")] ?? Number(role));
    // Two repositories said otherwise; one found the persisted header to blame, the other showed nothing of who was seen.
    if (own === id) return yes("RS-023", "RS-024", "RS-027", "RS-025");
    return own === ROLES["admin"]
      ? judge("unknown", `whether an admin counts as ${describe(actor)} is not known`, "RS-027")
      : judge("no", `${secret} is declared as ${role}`, "RS-027");
  }
  return judge("unknown", `whether the owner of ${secret} is ${describe(actor)}, too, is not declared`);
}

/** For sentences: "the role admin", "App 12345". */
export function describe({ type, id }: BypassActor): string {
  switch (type) {
    case "Integration":
      return `App ${String(id)}`;
    case "RepositoryRole":
      return `the role ${Object.entries(ROLES).find(([, role]) => role === id)?.[0] ?? String(id)}`;
    case "OrganizationAdmin":
      return "an owner of the organization";
    case "DeployKey":
      return "a deploy key";
    default:
      return id === null ? type : `${type} ${String(id)}`;
  }
}

/** For sentences: "GITHUB_TOKEN", "the owner of RELEASE_PAT". */
export function describePusher(pusher: Pusher): string {
  switch (pusher.kind) {
    case "github-token":
      return "GITHUB_TOKEN";
    case "app":
      return `the App of step '${pusher.step}'`;
    case "deploy-key":
      return `the deploy key ${pusher.secret}`;
    case "ssh":
      return `the SSH key ${pusher.secret}`;
    case "user":
      return `the owner of ${pusher.secret}`;
    default:
      return "whoever pushes";
  }
}
