import { GITHUB_LOCK_FILE } from "../../actions/github-lock/github-lock.ts";
import { parseGithubLock } from "../../actions/github-lock/parse-github-lock.ts";
import { pinOf } from "../../actions/github-lock/pin-of.ts";
import type { RuleContext } from "../../rules/rule-context.ts";
import { readText } from "../read-text.ts";

/** Tells which refs of workflows GitHub takes from its own lock; none, where there is no such lock, or it cannot be read. */
export async function readGithubLock(root: string): Promise<Pick<RuleContext, "isInGithubLock">> {
  const text = await readText(root, GITHUB_LOCK_FILE);
  const read = text === undefined ? undefined : await parseGithubLock(text, GITHUB_LOCK_FILE);
  if (read?.kind !== "github-lock") return { isInGithubLock: () => false };
  const { workflows, dependencies } = read.lock;
  return {
    isInGithubLock({ path }, ref) {
      const pin = pinOf(ref);
      return pin !== undefined && workflows.get(path)?.includes(pin) === true && dependencies.has(pin);
    },
  };
}
