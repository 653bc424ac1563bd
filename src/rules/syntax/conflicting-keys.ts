import { syntaxRule } from "./syntax-rule.ts";

export const conflictingKeys = syntaxRule(
  {
    id: "conflicting-keys",
    severity: "error",
    summary: "Two keys that exclude each other stand side by side.",
    why: `GitHub refuses the file. An event has \`branches\` or \`branches-ignore\`, \`tags\` or \`tags-ignore\`, \`paths\` or
\`paths-ignore\`: to take some and leave out some of them, write patterns with \`!\` behind the others. A concurrency group with
\`queue: max\` cancels nothing that runs.`,
  },
  ["conflicting-keys"],
);
