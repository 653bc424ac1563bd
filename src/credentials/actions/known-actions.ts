import type { KnownAction } from "./action-table.ts";
import { SEMANTIC_RELEASE } from "../programs/tools.ts";
import { TOKEN_ACTIONS } from "./token-actions.ts";

/** The header that a token makes, as the actions that write one write it. */
const AUTHORIZATION = `"AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)"`;
const KEY = "http.https://github.com/.extraheader";

const PUSH_AS_PULL_REQUEST = `
saved=$(git config --local --get ${KEY} || true)
git config --local --unset-all ${KEY} '^AUTHORIZATION:' || true
git config --local ${KEY} ${AUTHORIZATION}
git push --force-with-lease origin "HEAD:refs/heads/$BRANCH"
git config --local --unset-all ${KEY}
[ -z "$saved" ] || git config --local ${KEY} "$saved"
`;

/** From 7.0.9 on: what a checkout of version 6 left is out of the way for the while. */
const PUSH_AS_PULL_REQUEST_ALONE = `
mv "$RUNNER_TEMP"/git-credentials-*.config "$RUNNER_TEMP/set-aside/" || true
${PUSH_AS_PULL_REQUEST}
mv "$RUNNER_TEMP"/set-aside/git-credentials-*.config "$RUNNER_TEMP/" || true
`;

const PULL_REQUEST_ENV = { DIRECTORY: "inputs.path", BRANCH: "inputs.branch || 'create-pull-request/patch'" };

const IN_DIRECTORY = `[ -z "$DIRECTORY" ] || cd "$DIRECTORY"\n`;

function pullRequest(from: string, before: string | undefined, token: string, run: string): KnownAction {
  return {
    uses: "peter-evans/create-pull-request",
    from,
    before,
    inputs: { token: "${{ github.token }}" },
    env: { ...PULL_REQUEST_ENV, TOKEN: token },
    run: IN_DIRECTORY + run,
    source: "src/git-config-helper.ts, src/git-auth-helper.ts, src/create-pull-request.ts",
  };
}

const REPOSITORY = "github.repository";
const DEFAULT_TOKEN = { token: "${{ github.token }}" };

/** Pushes with `https://USER:TOKEN@github.com/owner/name` from the checkout: a persisted header goes first. */
function tokenUrlPush(
  uses: string,
  env: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): KnownAction {
  const run = `${IN_DIRECTORY}git push "https://$GITHUB_ACTOR:$TOKEN@github.com/$REPOSITORY.git" "HEAD:$BRANCH"`;
  return { uses, inputs, env: { REPOSITORY, DIRECTORY: "''", BRANCH: "''", ...env }, run };
}

/** action.sh of python-semantic-release: `push: false` becomes `--no-push`. */
function unlessPushIsFalse(action: KnownAction): KnownAction {
  return { ...action, run: `[ "$PUSH" != false ] || exit 0\n${action.run ?? ""}` };
}

/** Pushes in a clone of its own: what the workspace's checkout keeps plays no part. */
const OWN_CLONE = `
directory=$(mktemp -d)
git init "$directory"
cd "$directory"
if [ -n "$KEY" ]; then
  echo "$KEY" > ~/.ssh/action_key
  GIT_SSH_COMMAND="ssh -i $HOME/.ssh/action_key -o IdentitiesOnly=yes" git push "git@github.com:$REPOSITORY.git" "HEAD:$BRANCH"
else
  git push "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git" "HEAD:$BRANCH"
fi
`;

const SEMANTIC_RELEASE_UNLESS_DRY = `[ "$DRY_RUN" != true ] || exit 0\n${SEMANTIC_RELEASE}`;

const START_AGENT = `
eval "$(ssh-agent -a "$RUNNER_TEMP/ssh-agent.sock")"
ssh-add - <<< "$KEY"
echo "SSH_AUTH_SOCK=$SSH_AUTH_SOCK" >> "$GITHUB_ENV"
`;

const DEPLOY = `
if [ "$SSH" = true ]; then
  url=git@github.com:$REPOSITORY
elif [ -n "$SSH" ]; then
  url=git@github.com:$REPOSITORY
  eval "$(ssh-agent -a "$RUNNER_TEMP/deploy-agent.sock")"
  ssh-add - <<< "$SSH"
else
  url=https://x-access-token:$TOKEN@github.com/$REPOSITORY.git
fi
`;

/**
 * Actions that push, or that change what a push sends, as their sources say. Facts: the versions that were read are those of
 * `push-actions.json`.
 */
export const KNOWN_ACTIONS: readonly KnownAction[] = [
  pullRequest("v3", "v6", "inputs.token", PUSH_AS_PULL_REQUEST),
  pullRequest("v6", "v7", "inputs.git-token || inputs.token", PUSH_AS_PULL_REQUEST),
  pullRequest("v7", "7.0.9", "inputs.branch-token || inputs.token", PUSH_AS_PULL_REQUEST),
  pullRequest("7.0.9", undefined, "inputs.branch-token || inputs.token", PUSH_AS_PULL_REQUEST_ALONE),
  {
    ...pullRequest("v3", "v6", "inputs.token", PUSH_AS_PULL_REQUEST),
    uses: "tauri-apps/create-pull-request",
    source: "a fork of v3",
  },
  {
    uses: "stefanzweifel/git-auto-commit-action",
    env: { DIRECTORY: "inputs.repository", SKIP: "inputs.skip_push" },
    run: `${IN_DIRECTORY}[ "$SKIP" = true ] || git push origin`,
    source: "entrypoint.sh",
  },
  {
    uses: "ad-m/github-push-action",
    inputs: { github_token: "${{ github.token }}" },
    env: {
      TOKEN: "inputs.token || inputs.github_token",
      REPOSITORY: "inputs.repository || github.repository",
      DIRECTORY: "inputs.directory",
      BRANCH: "inputs.branch || github.ref_name",
      LEASE: "inputs.force_with_lease",
      SSH: "inputs.ssh",
    },
    run: `${IN_DIRECTORY}if [ "$SSH" = true ]; then git push "git@github.com:$REPOSITORY.git" "HEAD:$BRANCH"
elif [ "$LEASE" = true ]; then git push --force-with-lease
else git push "https://oauth2:$TOKEN@github.com/$REPOSITORY.git" "HEAD:$BRANCH"; fi`,
    source: "start.sh, start.js",
  },
  {
    uses: "EndBug/add-and-commit",
    from: "v5",
    inputs: { push: "true" },
    env: { DIRECTORY: "inputs.cwd", PUSH: "inputs.push" },
    run: `${IN_DIRECTORY}[ "$PUSH" = false ] || git push origin`,
    source: "src/main.ts",
  },
  {
    uses: "peaceiris/actions-gh-pages",
    env: {
      KEY: "inputs.deploy_key",
      TOKEN: "inputs.github_token || inputs.personal_token",
      REPOSITORY: "inputs.external_repository || github.repository",
      BRANCH: "inputs.publish_branch || 'gh-pages'",
    },
    run: OWN_CLONE,
    source: "src/set-tokens.ts, src/git-utils.ts",
  },
  {
    uses: "JamesIves/github-pages-deploy-action",
    from: "4.0.0",
    inputs: DEFAULT_TOKEN,
    env: {
      TOKEN: "inputs.token",
      SSH: "inputs.ssh-key",
      REPOSITORY: "inputs.repository-name || github.repository",
      BRANCH: "inputs.branch || 'gh-pages'",
      DRY_RUN: "inputs.dry-run",
    },
    run: `git config --local --unset-all ${KEY} || true
${DEPLOY}
git remote rm origin
git remote add origin "$url"
git worktree add --no-checkout --detach github-pages-deploy-action-temp-deployment-folder
cd github-pages-deploy-action-temp-deployment-folder
[ "$DRY_RUN" = true ] || git push --force "$url" "HEAD:$BRANCH"
cd ..
git worktree remove github-pages-deploy-action-temp-deployment-folder --force`,
    source: "src/git.ts, src/worktree.ts",
  },
  {
    uses: "JamesIves/github-pages-deploy-action",
    before: "4.0.0",
    env: {
      TOKEN: "inputs.ACCESS_TOKEN || inputs.GITHUB_TOKEN",
      SSH: "inputs.SSH",
      REPOSITORY: "inputs.REPOSITORY_NAME || github.repository",
      BRANCH: "inputs.BRANCH || 'gh-pages'",
    },
    run: `${DEPLOY}
git push --force "$url" "HEAD:$BRANCH"`,
    source: "src/git.ts of 3.7.1",
  },
  {
    uses: "changesets/action",
    before: "v2",
    inputs: { "github-token": "${{ github.token }}" },
    env: { TOKEN: "env.GITHUB_TOKEN || inputs.github-token", MODE: "inputs.commitMode", DIRECTORY: "inputs.cwd" },
    run: `${IN_DIRECTORY}[ "$MODE" != github-api ] || exit 0
printf 'machine github.com\\nlogin github-actions[bot]\\npassword %s' "$TOKEN" > ~/.netrc
git push origin HEAD:changeset-release/main --force`,
    source: "src/index.ts, src/gitUtils.ts",
  },
  {
    uses: "changesets/action",
    from: "v2",
    inputs: { "github-token": "${{ github.token }}" },
    env: { TOKEN: "inputs.github-token", CLI: "inputs.push-with-git-cli", DIRECTORY: "inputs.cwd" },
    run: `${IN_DIRECTORY}[ "$CLI" = true ] || exit 0
url=$(git remote get-url --push origin)
git -c ${KEY}= -c ${KEY}=${AUTHORIZATION} -c "http.$url.extraheader=" -c "http.$url.extraheader=AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)" push origin HEAD:changeset-release/main --force`,
    source: "src/github.ts, src/index.ts",
  },
  {
    uses: "cycjimmy/semantic-release-action",
    env: { DRY_RUN: "inputs.dry_run" },
    run: SEMANTIC_RELEASE_UNLESS_DRY,
    source: "src/index.js; semantic-release lib/get-git-auth-url.js",
  },
  { uses: "webfactory/ssh-agent", env: { KEY: "inputs.ssh-private-key" }, run: START_AGENT, source: "index.js" },
  {
    uses: "shimataro/ssh-key-action",
    env: { KEY: "inputs.key", NAME: "inputs.name || 'id_rsa'" },
    run: 'mkdir -p ~/.ssh && echo "$KEY" > ~/.ssh/"$NAME"',
    source: "README.md",
  },
  {
    uses: "crazy-max/ghaction-github-pages",
    env: {
      TOKEN: "env.GH_PAT || env.GITHUB_TOKEN",
      KEY: "''",
      REPOSITORY: "inputs.repo || github.repository",
      BRANCH: "inputs.target_branch || 'gh-pages'",
    },
    run: OWN_CLONE,
    source: "src/main.ts, src/git.ts",
  },
  {
    uses: "cpina/github-action-push-to-another-repository",
    env: {
      KEY: "env.SSH_DEPLOY_KEY",
      TOKEN: "env.API_TOKEN_GITHUB",
      REPOSITORY:
        "format('{0}/{1}', inputs.destination-github-username || inputs.destination-repository-username, inputs.destination-repository-name)",
      BRANCH: "inputs.target-branch || 'main'",
    },
    run: OWN_CLONE,
    source: "entrypoint.sh",
  },
  {
    uses: "s0/git-publish-subdir-action",
    env: { KEY: "env.SSH_PRIVATE_KEY", TOKEN: "env.GITHUB_TOKEN", REPOSITORY, BRANCH: "env.BRANCH" },
    run: OWN_CLONE,
    source: "action/src/index.ts",
  },
  tokenUrlPush("phips28/gh-action-bump-version", { TOKEN: "env.GITHUB_TOKEN" }),
  unlessPushIsFalse(
    tokenUrlPush(
      "python-semantic-release/python-semantic-release",
      { TOKEN: "inputs.github_token", DIRECTORY: "inputs.directory", PUSH: "inputs.push" },
      { push: "true" },
    ),
  ),
  tokenUrlPush("actions-js/push", {
    TOKEN: "inputs.github_token",
    REPOSITORY: "inputs.repository || github.repository",
    DIRECTORY: "inputs.directory",
    BRANCH: "inputs.branch",
  }),
  tokenUrlPush("mikeal/publish-to-github-action", { TOKEN: "env.GITHUB_TOKEN" }),
  {
    uses: "devops-infra/action-commit-push",
    env: { TOKEN: "inputs.github_token", REPOSITORY },
    run: 'git remote set-url origin "https://$GITHUB_ACTOR:$TOKEN@github.com/$REPOSITORY"\ngit push origin',
    source: "entrypoint.sh",
  },
  {
    uses: "TriPSs/conventional-changelog-action",
    inputs: { "github-token": "${{ github.token }}", "git-push": "true" },
    env: { TOKEN: "inputs.github-token", PUSH: "inputs.git-push", REPOSITORY },
    run: `[ -z "$TOKEN" ] || git remote set-url origin "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git"
[ "$PUSH" = false ] || git push origin`,
    source: "src/helpers/git.js",
  },
  {
    uses: "rickstaa/action-create-tag",
    inputs: { github_token: "${{ github.token }}" },
    env: { TOKEN: "inputs.github_token", TAG: "inputs.tag", REPOSITORY },
    run: 'git remote set-url origin "https://$GITHUB_ACTOR:$TOKEN@github.com/$REPOSITORY.git"\ngit push origin "$TAG"',
    source: "entrypoint.sh",
  },
  {
    uses: "anothrNick/github-tag-action",
    env: { API: "env.GIT_API_TAGGING || 'true'" },
    run: '[ "$API" = true ] || git push -f origin tag',
    source: "entrypoint.sh",
  },
  {
    uses: "github-actions-x/commit",
    env: { TOKEN: "inputs.github-token" },
    run: `printf 'machine github.com\\nlogin x-access-token\\npassword %s\\n' "$TOKEN" > ~/.netrc
git push origin`,
    source: "entrypoint.py",
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
    uses: "anthropics/claude-code-action",
    env: { TOKEN: "inputs.github_token || revoked.token", REPOSITORY },
    run: `git config --unset-all ${KEY} || true
git remote set-url origin "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git"`,
    source: "src/github/operations/git-config.ts",
  },
  {
    uses: "TimothyJones/github-action-keep-node-current",
    env: { TOKEN: "inputs.token", BRANCH: "''" },
    run: PUSH_AS_PULL_REQUEST,
    source: "it adds a header of its own: its README on checkout v6 and later",
  },
  {
    uses: "autowarefoundation/autoware-github-actions/create-prs-to-update-vcs-repositories",
    env: { TOKEN: "inputs.token" },
    run: `git config --local --unset-all ${KEY} || true
git config --global "url.https://x-access-token:$TOKEN@github.com.insteadOf" https://github.com
git push origin HEAD`,
    source: "create-prs-to-update-vcs-repositories/action.yaml",
  },
  ...TOKEN_ACTIONS,
];
