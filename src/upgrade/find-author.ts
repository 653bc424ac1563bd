import type { Job, Step, Workflow } from "../ir/workflow.ts";
import { parseScript } from "../shell/parse-script.ts";
import type { Command } from "../shell/script.ts";
import { mayUseGitBehind } from "./around-step.ts";
import { literalOf } from "./change-test.ts";
import { notPlain } from "./not-plain.ts";
import { envOf, textOfWord, type StepVariables } from "./word-text.ts";

export interface Author {
  readonly name: string;
  readonly email: string;
}

/**
 * Who writes the commit of a step: what its script configures, else what earlier scripts of the job did.
 *
 * @throws NotPlain where that is not to be seen
 */
export function findAuthor(
  own: { readonly name: string | undefined; readonly email: string | undefined },
  steps: readonly Step[],
  index: number,
  job: Job,
  workflow: Workflow,
): Author {
  for (const env of [envOf(steps[index]), job.env, workflow.env]) {
    const name = env?.kind === "mapping" && env.entries.find(({ key }) => /^GIT_(?:AUTHOR|COMMITTER)_/.test(key.text));
    if (name) notPlain(`${name.key.text} says who writes the commit`);
  }
  const found = { ...own };
  for (let at = index - 1; at >= 0 && (found.name === undefined || found.email === undefined); at--) {
    const step = steps[at];
    if (step?.kind !== "run-step" || !/user\.(?:name|email)/.test(step.run.text)) continue;
    if (mayUseGitBehind(steps.slice(0, index), at, "author") && hasActionBehind(steps.slice(0, index), at))
      notPlain("an action in front of it may say who writes the commit");
    const configured = readConfigured(step.run.text, step.if !== undefined, {
      own: step.env,
      around: [job.env, workflow.env],
    });
    found.name ??= configured.name;
    found.email ??= configured.email;
  }
  const { name, email } = found;
  if (name === undefined || email === undefined)
    return notPlain(
      "it is not to be seen who writes the commit: no script of the job sets `user.name` and `user.email`",
    );
  return { name, email };
}

function hasActionBehind(steps: readonly Step[], index: number): boolean {
  return mayUseGitBehind(
    steps.filter((step, at) => at <= index || step.kind !== "run-step"),
    index,
    "author",
  );
}

function readConfigured(text: string, isConditional: boolean, variables: StepVariables) {
  const script = parseScript(text);
  const statements = script.kind === "script" ? script.statements : [];
  const commands = statements.filter((statement): statement is Command => statement.kind === "command");
  const configured: { name?: string; email?: string } = {};
  let count = 0;
  for (const { words } of commands) {
    const at = words.findIndex((word) => /^user\.(?:name|email)$/i.test(literalOf(word) ?? ""));
    const [key, value] = words.slice(at);
    if (at < 2 || key === undefined || value === undefined || literalOf(words[1] ?? key) !== "config") continue;
    count++;
    if (words.length !== at + 2) continue;
    if (literalOf(key)?.toLowerCase() === "user.name") configured.name = textOfWord(value, variables);
    else configured.email = textOfWord(value, variables);
  }
  const mentioned = text.match(/user\.(?:name|email)/gi)?.length ?? 0;
  if (isConditional || mentioned !== count)
    return notPlain("an earlier script sets who writes the commit, in a way that is not plain");
  return configured;
}
