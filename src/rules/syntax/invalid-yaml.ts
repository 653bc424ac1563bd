import { syntaxRule } from "./syntax-rule.ts";

export const invalidYaml = syntaxRule(
  {
    id: "invalid-yaml",
    severity: "error",
    summary: "The file cannot be read: it is no YAML, or goes beyond what GitHub reads.",
    why: `GitHub refuses the whole file, and none of its jobs runs. Nothing else can be said of such a file, so this rule cannot be
switched off or ignored. The one thing that GitHub's runner reads and this reader does not: a quoted text in an \`action.yml\`
whose later lines stand in the column of its key. The limits (1 MB, 50 levels, 50,000 values) are those of the reader of GitHub's own
[runner](https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/ParseOptions.cs).`,
    isBasic: true,
  },
  [
    "invalid-yaml",
    "unknown-tag",
    "bad-number",
    "unknown-anchor",
    "circular-alias",
    "too-many-aliases",
    "too-deep",
    "too-large",
    "several-documents",
    "empty-file",
    "not-a-mapping",
    "key-not-scalar",
  ],
);
