import { commitEnv, commitLines } from "./push-commit.ts";
import { credentialLines, nameOf } from "./push-credential.ts";
import type { PushPlan, PushScript } from "./push-plan.ts";
import { pushTarget } from "./push-target.ts";

/**
 * The bash step that a `push({...})` becomes: it commits if asked to, sends exactly one credential whatever git's configuration
 * holds, and writes the outputs `pushed` and `sha`.
 *
 * All that a plan says reaches the script through `env`, so equal shapes give equal texts, and no text can become code. It runs
 * on bash 3.2 (macOS), and wants git 2.31.
 */
export function pushScript(plan: PushPlan): PushScript {
  const credential = credentialLines(plan);
  const target = pushTarget(plan);
  const { commit } = plan;
  const lines = [
    "set +x -euo pipefail # tracing would show the credential",
    'fail() { echo "::error::$1" && exit 1; }',
    `finish() { printf '%s\\n' "pushed=$1" "sha=$(git rev-parse ${target.pushed})" >>"$GITHUB_OUTPUT" && exit 0; }`,
    ...credential.take,
    VERSION_CHECK,
    ...(plan.repository === undefined ? [] : [REPOSITORY_CHECK]),
    ...credential.authenticated,
    ...(commit === undefined ? [] : commitLines(commit, plan.branch !== undefined)),
    ...target.lines,
    "if grep '^[-+* ][[:space:]]' <<<\"$out\"; then finish true; else finish false; fi # git's report: = is up to date",
  ];
  return {
    script: `${lines.join("\n")}\n`,
    env: [
      ...credential.env,
      ["PUSH_AS", nameOf(plan.credential)],
      ["PUSH_REPOSITORY", plan.repository ?? "${{ github.repository }}"],
      target.env,
      ...(commit === undefined ? [] : commitEnv(commit)),
    ],
    shell: "bash",
    ...(plan.path === undefined ? {} : { workingDirectory: plan.path }),
  };
}

/** Asks git itself, by an option that 2.31 has brought and that every script needs. */
const VERSION_CHECK =
  'git --config-env=push.as=PUSH_AS version >/dev/null 2>&1 || fail "This needs git 2.31 or later: an older one would push as somebody else."';

const REPOSITORY_CHECK = '[[ $PUSH_REPOSITORY != *[!-._/[:alnum:]]* ]] || fail "PUSH_REPOSITORY is not owner/name."';
