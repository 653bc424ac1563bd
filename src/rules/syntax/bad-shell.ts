import { syntaxRule } from "./syntax-rule.ts";

export const badShell = syntaxRule(
  {
    id: "bad-shell",
    severity: "warning",
    inSources: "error",
    summary: "A `shell` is none that a runner can start.",
    why: `The step fails: "Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string
containing '{0}'". \`python\` is one of them, too. For any other program say where the script's file goes: \`perl {0}\`,
\`/bin/bash -e {0}\`.

Source: [Custom shell](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#custom-shell).`,
  },
  ["bad-shell"],
);
