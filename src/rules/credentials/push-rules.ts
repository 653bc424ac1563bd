import { ALL_RULES } from "../all-rules.ts";
import type { Rule } from "../define-rule.ts";

const IDS: ReadonlySet<string> = new Set([
  "missing-contents-write",
  "push-duplicate-header",
  "push-hijacked",
  "push-identity-unknown",
  "push-rejected-by-ruleset",
  "push-starts-itself",
  "push-starts-nothing",
  "push-without-credential",
  "workflow-file-push-without-scope",
]);

/** The rules that each speak of one push. */
export const PUSH_RULES: readonly Rule[] = ALL_RULES.filter(({ id }) => IDS.has(id));

/** What must be right before anything can be told of a file. */
export const BASIC_RULES: readonly Rule[] = ALL_RULES.filter(({ isBasic }) => isBasic);
