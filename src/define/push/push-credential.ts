import { GITHUB_HOST_KEYS } from "./push-host-keys.ts";
import type { PushCredential, PushPlan } from "./push-plan.ts";

/** The part of the script that takes the credential from `env` and defines `authenticated`, which is git with that credential. */
interface CredentialLines {
  readonly env: ReadonlyArray<readonly [string, string]>;
  readonly take: readonly string[];
  readonly authenticated: readonly string[];
}

export function credentialLines(plan: PushPlan): CredentialLines {
  return plan.credential.kind === "deploy-key" ? deployKeyLines(plan) : tokenLines(plan);
}

/**
 * One `Authorization` header, which git sends with the first request and nothing else after it.
 *
 * - Its key is the whole URL with a user name: no configured header can be more specific, so the empty value, read last,
 *   clears them all (git-config(1), http.<url>.*). A less specific key would add a second header, or be ignored.
 * - The URL rewrites itself to itself, for the longest `insteadOf` wins: `pushInsteadOf` when pushing, `insteadOf` when fetching.
 * - Without helpers and askpass a refused token ends there; git would tell a helper to erase what it stored.
 * - `-c` and `--config-env` are read last, behind `GIT_CONFIG_COUNT` and whatever a `git -c` around has left in
 *   `GIT_CONFIG_PARAMETERS`, which is emptied all the same. `--config-env` takes the header from the environment of this git alone;
 *   git 2.31 has brought it, and an older one refuses it rather than push as somebody else.
 * - `printf` is the shell's own: the token is in no process's arguments. The runner masks a secret's base64 too
 *   (actions/runner, HostContext: Base64StringEscape and its shifts).
 */
function tokenLines(plan: PushPlan): CredentialLines {
  return {
    env: [["PUSH_TOKEN", plan.tokenExpression]],
    take: [
      emptyCheck("PUSH_TOKEN"),
      `header="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$PUSH_TOKEN" | base64 | tr -d '\\r\\n')"; unset PUSH_TOKEN`,
      'url="${GITHUB_SERVER_URL%%://*}://x-access-token@${GITHUB_SERVER_URL#*://}/$PUSH_REPOSITORY.git"',
    ],
    authenticated: authenticated(
      "GIT_TERMINAL_PROMPT=0 GIT_ASKPASS='' HEADER=$header",
      '-c credential.helper= -c "http.$url.extraheader=" --config-env="http.$url.extraheader=HEADER"',
    ),
  };
}

/**
 * ssh with this key, whatever `~/.ssh/config`, an agent or `core.sshCommand` offer: OpenSSH offers an agent's keys before that
 * of `-i`, and GitHub takes the first one that it knows.
 *
 * github.com's host keys are pinned; another server's are those of the runner's `/etc/ssh/ssh_known_hosts`. On ghe.com the
 * ssh user is the tenant's name (cli/cli, ghrepo.FormatRemoteURL).
 */
function deployKeyLines(plan: PushPlan): CredentialLines {
  return {
    env: [
      ["PUSH_KEY", plan.tokenExpression],
      ["PUSH_HOST_KEYS", `${GITHUB_HOST_KEYS.join("\n")}\n`],
    ],
    take: [
      emptyCheck("PUSH_KEY"),
      `keys=$(mktemp -d "\${RUNNER_TEMP:-/tmp}/push-key.XXXXXX"); trap 'rm -rf "$keys"' EXIT`,
      `(umask 077 && printf '%s\\n' "$PUSH_KEY" | tr -d '\\r' >"$keys/id" && printf '%s\\n' "$PUSH_HOST_KEYS" >"$keys/known_hosts"); unset PUSH_KEY`,
      "host=${GITHUB_SERVER_URL#*://} user=git; host=${host%%[:/]*}",
      "[[ $host != *.ghe.com ]] || user=${host%.ghe.com}",
      'url="ssh://$user@$host/$PUSH_REPOSITORY.git"',
    ],
    authenticated: authenticated(
      "GIT_SSH_VARIANT=ssh GIT_SSH_COMMAND=\"ssh -F /dev/null -i '$keys/id' -o IdentitiesOnly=yes -o IdentityAgent=none" +
        ' -o UserKnownHostsFile=\'\\"$keys/known_hosts\\"\' -o StrictHostKeyChecking=yes -o BatchMode=yes"',
    ),
  };
}

function emptyCheck(name: string): string {
  return `[[ -n $${name} ]] || fail "$PUSH_AS is empty: it is not set, or this run comes from a fork or Dependabot, which get no secrets."`;
}

/** The credential is in the environment of this git alone: no hook of a commit or a rebase sees it. */
function authenticated(environment: string, options?: string): string[] {
  return [
    "authenticated() { # git with this credential alone, whatever else is configured",
    `  GIT_CONFIG_PARAMETERS='' GIT_TRACE_REDACT=1 ${environment} \\`,
    `    git -c "url.$url.insteadOf=$url" -c "url.$url.pushInsteadOf=$url" ${options === undefined ? '"$@"' : "\\"}`,
    ...(options === undefined ? [] : [`    ${options} "$@"`]),
    "}",
  ];
}

/** The credential's name in messages. */
export function nameOf(credential: PushCredential): string {
  switch (credential.kind) {
    case "github-token":
      return "GITHUB_TOKEN";
    case "pat":
      return `PAT ${credential.secret}`;
    case "app":
      return "the App's token";
    case "deploy-key":
      return `deploy key ${credential.secret}`;
  }
}
