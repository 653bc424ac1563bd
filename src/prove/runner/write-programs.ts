import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Puts programs of ours in front of the machine's: `gh`, and ssh with its agent, as far as git is concerned.
 *
 * @param ssh the command that stands in the place of ssh
 */
export async function writePrograms(bin: string, ssh: readonly string[]): Promise<void> {
  const command = ssh.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
  const programs = {
    gh: GH,
    ssh: `#!/bin/sh\nexec ${command} "$@"\n`,
    "ssh-agent": SSH_AGENT,
    "ssh-add": SSH_ADD,
    "ssh-keyscan": SSH_KEYSCAN,
  };
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), script);
    await chmod(join(bin, name), 0o755);
  }
}

/** ssh-agent(1): a file takes the place of the socket, and holds the keys one after the other. */
const SSH_AGENT = `#!/bin/sh
socket=
while :; do
  case $1 in
    -a) socket=$2; shift 2 ;;
    -k) echo 'unset SSH_AUTH_SOCK; unset SSH_AGENT_PID; echo Agent pid 1 killed;'; exit ;;
    -t | -E | -O | -P) shift 2 ;;
    -*) shift ;;
    *) break ;;
  esac
done
[ -n "$socket" ] || socket=$(mktemp "\${TMPDIR:-/tmp}/agent.XXXXXX")
: >>"$socket"
if [ $# -gt 0 ]; then SSH_AUTH_SOCK=$socket SSH_AGENT_PID=1 exec "$@"; fi
echo "SSH_AUTH_SOCK=$socket; export SSH_AUTH_SOCK;"
echo 'SSH_AGENT_PID=1; export SSH_AGENT_PID;'
echo 'echo Agent pid 1;'
`;

/** ssh-add(1), which without files takes the usual ones. */
const SSH_ADD = `#!/bin/sh
[ -n "$SSH_AUTH_SOCK" ] && [ -f "$SSH_AUTH_SOCK" ] || { echo 'Could not open a connection to your authentication agent.' >&2; exit 2; }
case $1 in
  -D) : >"$SSH_AUTH_SOCK"; exit ;;
  -l | -L) grep -q PRIVATE "$SSH_AUTH_SOCK" && echo '256 SHA256:flowkeep (ED25519)' || { echo 'The agent has no identities.'; exit 1; }; exit ;;
  -d) exit ;;
esac
added=
while [ $# -gt 0 ]; do
  case $1 in
    -) ;;
    -t | -E) shift 2; continue ;;
    -*) shift; continue ;;
  esac
  if [ "$1" = - ]; then content=$(cat); else content=$(cat "$1") || exit 1; fi
  case $content in *'PRIVATE KEY'*) printf '%s\\n' "$content" >>"$SSH_AUTH_SOCK" ;; *) echo "Error loading key \\"$1\\": error in libcrypto" >&2; exit 1 ;; esac
  echo "Identity added: $1" >&2
  added=1
  shift
done
if [ -z "$added" ]; then
  for key in rsa ecdsa ed25519; do [ ! -f "$HOME/.ssh/id_$key" ] || cat "$HOME/.ssh/id_$key" >>"$SSH_AUTH_SOCK"; done
fi
`;

/** Any line will do: whose host it is, is beyond doubt here. */
const SSH_KEYSCAN = `#!/bin/sh
for host; do case $host in -*) ;; *.*) echo "$host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl" ;; esac; done
`;

/**
 * `gh auth`: gh-auth-setup-git(1), gh-auth-token(1), gh-auth-login(1), and the credential helper, which answers with the token that the
 * environment has when git asks (experiments D07, D08). What needs GitHub's API does nothing.
 */
const GH = `#!/bin/sh
token() {
  [ -n "$GH_TOKEN" ] && { echo "$GH_TOKEN"; return; }
  [ -n "$GITHUB_TOKEN" ] && { echo "$GITHUB_TOKEN"; return; }
  cat "$HOME/.config/gh/flowkeep-token" 2>/dev/null
}
case "$1 $2" in
  "auth setup-git")
    [ -n "$(token)" ] || { echo "You are not logged into any GitHub hosts. To log in, run: gh auth login" >&2; exit 1; }
    for host in github.com gist.github.com; do
      git config --global --unset-all "credential.https://$host.helper"
      git config --global --add "credential.https://$host.helper" ''
      git config --global --add "credential.https://$host.helper" "!$0 auth git-credential"
    done ;;
  "auth git-credential")
    [ "$3" = get ] || exit 0
    host=
    while IFS='=' read -r key value; do
      [ -n "$key" ] || break
      [ "$key" != host ] || host=$value
    done
    token=$(token)
    case $host in github.com | gist.github.com) [ -z "$token" ] || printf 'protocol=https\\nhost=%s\\nusername=x-access-token\\npassword=%s\\n' "$host" "$token" ;; esac ;;
  "auth token") [ -n "$(token)" ] && token ;;
  "auth login") case " $* " in *" --with-token "*) mkdir -p "$HOME/.config/gh" && cat >"$HOME/.config/gh/flowkeep-token" ;; esac ;;
  "auth status") [ -n "$(token)" ] ;;
  "repo clone")
    repository=$3
    case $repository in *://* | git@*) ;; *) repository=https://github.com/$repository.git ;; esac
    shift 3
    exec git clone "$repository" "$@" ;;
  *) echo "flowkeep prove: gh $1 $2 does nothing here" >&2 ;;
esac
`;
