import type { Path } from "../../ir/origin.ts";
import { isList, isObject, type JsonObject } from "./json-shape.ts";
import type { ActorList, ClassicProtection } from "./ruleset.ts";

/** Classic protection, as `GET /repos/OWNER/NAME/branches/BRANCH/protection` answers. */
export function readClassic(
  value: JsonObject,
  path: Path,
  wrong: (path: Path, message: string) => undefined,
): ClassicProtection | undefined {
  const [, source, branch] = /\/repos\/([^/]+\/[^/]+)\/branches\/(.+?)\/protection/.exec(String(value["url"])) ?? [];
  if (source === undefined || branch === undefined)
    return wrong(
      [...path, "url"],
      "the protection's `url` tells which branch it is of, and there is none: write it as the API answers it",
    );
  const { required_pull_request_reviews: reviews, required_status_checks: checks, restrictions } = value;
  return {
    branch: decodeURIComponent(branch),
    source,
    bindsAdmins: isEnabled(value["enforce_admins"]),
    pullRequests: isObject(reviews) ? { allowed: readActors(reviews["bypass_pull_request_allowances"]) } : undefined,
    checks: isObject(checks) ? countChecks(checks) : 0,
    restrictions: isObject(restrictions) ? readActors(restrictions) : undefined,
    signatures: isEnabled(value["required_signatures"]),
    linearHistory: isEnabled(value["required_linear_history"]),
    isLocked: isEnabled(value["lock_branch"]),
    allowsForce: isEnabled(value["allow_force_pushes"]),
    allowsDeletion: isEnabled(value["allow_deletions"]),
  };
}

/** `{ "enabled": true }`, or `true` as one sends it. */
function isEnabled(value: unknown): boolean {
  return value === true || (isObject(value) && value["enabled"] === true);
}

function countChecks({ contexts, checks }: JsonObject): number {
  return Math.max(isList(contexts) ? contexts.length : 0, isList(checks) ? checks.length : 0);
}

/** The API answers with objects, and takes names. */
function readActors(value: unknown): ActorList {
  const list = (key: string): readonly unknown[] => {
    const found = isObject(value) ? value[key] : undefined;
    return isList(found) ? found : [];
  };
  const names = (key: string, name: string): readonly string[] =>
    list(key).map((one) => String(isObject(one) ? one[name] : one));
  return {
    users: names("users", "login"),
    teams: names("teams", "slug"),
    apps: list("apps").map((one) => ({
      slug: String(isObject(one) ? one["slug"] : one),
      id: isObject(one) && typeof one["id"] === "number" ? one["id"] : undefined,
    })),
  };
}
