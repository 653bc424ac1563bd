import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const unusedIgnore = defineRule({
  id: "unused-ignore",
  severity: "warning",
  summary: "An ignore ignores nothing.",
  why: `What it was written for is gone, the rule's id is misspelt, or it stands on another line than the finding. It would hide
the next finding that nobody has looked at.

An ignore stands on the line of the finding or on the line above: \`# flowkeep-ignore: rule-id reason\` in YAML,
\`// flowkeep-ignore: rule-id reason\` in TypeScript; or in the config:
\`ignores: [{ rule: "rule-id", path: ".github/workflows/ci.yml", because: "reason" }]\`.`,
  messages: {},
});
