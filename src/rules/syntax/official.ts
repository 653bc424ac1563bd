import { syntaxRule } from "./syntax-rule.ts";

export const official = syntaxRule(
  {
    id: "official",
    severity: "error",
    summary: "GitHub's own parser has something against the file.",
    why: `A second opinion, with \`npx flowkeep lint --official\`: \`@actions/workflow-parser\`, which GitHub's editor extension uses too. It
says much that other rules say, in GitHub's words. It lags behind GitHub's server: where it is known to be wrong, the finding is a
warning that says so.`,
  },
  ["official"],
);
