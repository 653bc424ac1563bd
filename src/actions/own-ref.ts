import { parseUses } from "../ir/uses-ref.ts";

/**
 * `$/path` in an action or workflow is its own repository at its own commit; so is `./path` in a workflow's job (`isJob`), while in
 * a step that is the caller's. Everything else stays as it is.
 *
 * @example
 * ownRef("$/setup", "octo/deploy@v1", "8f4b…"); // "octo/deploy/setup@8f4b…"
 */
export function ownRef(ref: string, user: string, commit: string, isJob = false): string {
  const [uses, by] = [parseUses(ref), parseUses(user)];
  if (by.kind !== "repository" || (uses.kind !== "self" && (uses.kind !== "local" || !isJob))) return ref;
  const path = uses.path.replace(/^\.\//, "");
  return `${by.owner}/${by.name}${path === "" ? "" : `/${path}`}@${commit}`;
}
