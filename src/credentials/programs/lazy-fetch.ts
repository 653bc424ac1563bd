import type { UsesStep } from "../../ir/workflow.ts";
import { hasSymbol } from "../text.ts";
import { configOf, type GitCall } from "./git-call.ts";

/** Commands that read no content of files: the commits and trees that they read came with the fetch. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set(
  (
    "add branch check-attr check-ignore check-ref-format config credential describe for-each-ref gc hash-object help init " +
    "ls-files ls-remote ls-tree maintenance name-rev notes push remote rev-parse shortlog show-ref status symbolic-ref " +
    "tag update-index update-ref var version"
  ).split(" "),
);

/**
 * In a partial clone git fetches an object that is missing when it is read, with whatever credential it finds then:
 * `git log -p` and `git checkout` reach the server. Whether one is missing, is not to be seen.
 * Source: git-scm.com/docs/partial-clone, "Fetching Missing Objects".
 */
export function noticeLazyFetch(call: GitCall): void {
  const { walk, subcommand = "", span } = call;
  const { analysis, isRecording } = walk;
  if (analysis.notice === undefined || !isRecording || WITHOUT_CONTENT.has(subcommand)) return;
  const entries = configOf(call);
  const filter = entries.findLast(({ key }) => key.section === "remote" && key.name === "partialclonefilter");
  if (filter === undefined) return;
  const checkouts = new Set<UsesStep>();
  for (const { by } of entries) if (by.hop.checkout?.gives === "credential") checkouts.add(by.hop.checkout.step);
  const { symbols } = analysis;
  const name = hasSymbol(subcommand) ? "git" : `git ${subcommand}`;
  const text = `the checkout left objects on the server (filter ${symbols.show(filter.value)}): \`${name}\` fetches those that it reads`;
  analysis.notice({ kind: "out-of-sight", span, text, checkouts });
}
