import { syntaxRule } from "./syntax-rule.ts";

export const unknownKey = syntaxRule(
  {
    id: "unknown-key",
    severity: "warning",
    slipsInSources: "error",
    summary: "GitHub knows no such key here.",
    why: `GitHub refuses a workflow with a key that it does not know: none of its jobs runs, and the run is marked as failed with
"Unexpected value". It is a warning and no error, because GitHub may have learnt the key since; in a source a key that is near to
a known one is an error, as it is to the types. \`<<\` is such a key too: GitHub reads anchors and aliases, but merges nothing.

Source: [Workflow syntax](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax).`,
  },
  ["unknown-key"],
);
