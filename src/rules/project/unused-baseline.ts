import { defineRule } from "../define-rule.ts";

/** Found where all files are known: it has no check of its own. */
export const unusedBaseline = defineRule({
  id: "unused-baseline",
  severity: "note",
  summary: "The baseline knows a finding that is not there any more.",
  why: `Somebody has mended it. Remove it from \`generated/baseline.json\` (\`npx flowkeep lint --update-baseline\`), so that it is
reported when it comes back.`,
  messages: {},
});
