import type { SmokeBranch } from "./choose-branch.ts";
import { baseName } from "./write-smoke.ts";

export interface NextCommands {
  readonly run: readonly string[];
  readonly remove: readonly string[];
}

/**
 * What to type when a smoke test is written. GitHub starts a workflow by hand only where the default branch has its file:
 * docs.github.com, "Events that trigger workflows", workflow_dispatch.
 *
 * @param written the files that are to be committed
 */
export function nextCommands(
  { file, branch }: { readonly file: string; readonly branch: SmokeBranch },
  written: readonly string[],
): NextCommands {
  const name = baseName(file);
  const topic = name.replace(/\.\w+$/, "");
  const files = written.map(quoted).join(" ");
  return {
    run: [
      `git switch -c ${topic} && git add -- ${files} && git commit -m ${quoted(`Smoke test: ${topic}`)} && git push -u origin HEAD`,
      "gh pr create --fill && gh pr merge --squash",
      `gh workflow run ${quoted(name)}${branch.name === undefined ? " --ref BRANCH" : ""}`,
      `gh run list --workflow ${quoted(name)} --limit 1`,
    ],
    remove: [
      "npx flowkeep smoke --remove",
      `git switch -c remove-${topic} && git add --all -- workflows-src .github generated && git commit -m ${quoted(`Remove ${topic}`)} && git push -u origin HEAD`,
      "gh pr create --fill && gh pr merge --squash",
    ],
  };
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
