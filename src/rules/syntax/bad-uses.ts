import { syntaxRule } from "./syntax-rule.ts";

export const badUses = syntaxRule(
  {
    id: "bad-uses",
    severity: "error",
    summary: "A `uses` names nothing that GitHub could look for.",
    why: `GitHub refuses the file. A step uses \`owner/name@ref\` or \`owner/name/path@ref\`, \`./path\` for an action of the checked-out
workspace, \`$/path\` for one of the workflow's own repository, or \`docker://image\`. A job calls
\`owner/name/.github/workflows/file.yml@ref\` or, at its own commit, \`./.github/workflows/file.yml\`.

Sources: [steps](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses),
[jobs](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_iduses).`,
  },
  ["bad-uses"],
);
