import type { Config } from "../define/define-config.ts";
import type { ListedPush } from "./listed-push.ts";

export interface PushesSoFar {
  readonly config: Config;
  readonly isExplained: boolean;
  /** Whether the project has sources. */
  readonly isSetUp: boolean;
}

const LONGEST = 44;

/** What somebody may want to do next, as commands. */
export function printNext(pushes: readonly ListedPush[], { config, isExplained, isSetUp }: PushesSoFar): string {
  const findings = pushes.flatMap((push) => push.findings);
  const [rule] = findings.filter(({ severity }) => severity !== "note").map(({ ruleId }) => ruleId);
  const isFixable = findings.some(({ fixes = [], mends = [] }) => fixes.length > 0 || mends.length > 0);
  const asksRules =
    config.rulesets === undefined &&
    pushes.some(({ push }) => push.identity.kind !== "unknown" && push.identity.kind !== "none");
  const steps: (readonly [string, string])[] = [];
  if (isFixable) steps.push(["npx flowkeep lint --fix", "mends what it can, and no more"]);
  if (rule !== undefined) steps.push([`npx flowkeep explain ${rule}`, "what it is, what to write"]);
  if (!isExplained) steps.push(["npx flowkeep pushes --explain", "how each comes, what follows"]);
  if (asksRules && isExplained)
    steps.push(["npx flowkeep explain push-rejected-by-ruleset", "what your rulesets reject"]);
  if (rule === undefined && !isSetUp)
    steps.push(["npx flowkeep init", "typed workflows, where a wrong push does not compile"]);
  // The longest one would push the others' sentences over the edge.
  const width = Math.max(...steps.map(([command]) => command.length).filter((length) => length <= LONGEST), 0);
  return steps.map(([command, does]) => `  ${command.padEnd(width)}  ${does}\n`).join("");
}
