import type { KnownAction } from "./action-table.ts";

const START_AGENT = `
eval "$(ssh-agent -a "$RUNNER_TEMP/ssh-agent.sock")"
ssh-add - <<< "$KEY"
echo "SSH_AUTH_SOCK=$SSH_AUTH_SOCK" >> "$GITHUB_ENV"
`;

/** Actions that push nothing, and leave a credential behind for those that do. */
export const CREDENTIAL_ACTIONS: readonly KnownAction[] = [
  {
    // For a key whose comment names a repository it also writes an insteadOf; the comment is in the secret, where nobody sees it.
    uses: "webfactory/ssh-agent",
    env: { KEY: "inputs.ssh-private-key" },
    run: START_AGENT,
    source: "index.js",
  },
  {
    uses: "shimataro/ssh-key-action",
    env: { KEY: "inputs.key", NAME: "inputs.name || 'id_rsa'" },
    run: 'mkdir -p ~/.ssh && echo "$KEY" > ~/.ssh/"$NAME"',
    source: "README.md, action.yml",
  },
  {
    uses: "de-vri-es/setup-git-credentials",
    env: { CREDENTIALS: "inputs.credentials" },
    run: `git config --global credential.helper store
echo "$CREDENTIALS" >> ~/.git-credentials
git config --global --add url.https://github.com/.insteadOf ssh://git@github.com/
git config --global --add url.https://github.com/.insteadOf git@github.com:`,
    source: "lib/main.mjs",
  },
  {
    uses: "autowarefoundation/autoware-github-actions/set-git-config",
    env: { TOKEN: "inputs.token" },
    run: `git config --local --unset-all http.https://github.com/.extraheader || true
git config --global --add "url.https://x-access-token:$TOKEN@github.com/.insteadOf" https://github.com/
git config --global --add "url.https://x-access-token:$TOKEN@github.com/.insteadOf" git@github.com:`,
    source: "set-git-config/action.yaml",
  },
];
