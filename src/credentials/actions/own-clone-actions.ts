import type { KnownAction } from "./action-table.ts";
import { COMMIT, OWN_REPOSITORY } from "./commands.ts";

const CLONE = `directory=$(mktemp -d)
git init "$directory"
cd "$directory"
`;

const PUSH_WITH_TOKEN = `git push "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git" "HEAD:$BRANCH"`;

const PUSH = `${CLONE}${COMMIT}if [ -n "$KEY" ]; then
  echo "$KEY" > ~/.ssh/action_key
  GIT_SSH_COMMAND="ssh -i $HOME/.ssh/action_key -o IdentitiesOnly=yes" git push "git@github.com:$REPOSITORY.git" "HEAD:$BRANCH"
else
  ${PUSH_WITH_TOKEN}
fi
`;

/** Actions that push from a clone of their own: what the workspace's checkout keeps plays no part there. */
export const OWN_CLONE_ACTIONS: readonly KnownAction[] = [
  {
    // Its agent holds the key for later steps, too.
    uses: "peaceiris/actions-gh-pages",
    env: {
      KEY: "inputs.deploy_key",
      TOKEN: "inputs.github_token || inputs.personal_token",
      REPOSITORY: "inputs.external_repository || github.repository",
      BRANCH: "inputs.publish_branch || 'gh-pages'",
      MESSAGE: "inputs.full_commit_message || inputs.commit_message || format('deploy: {0}', github.sha)",
    },
    run: `if [ -n "$KEY" ]; then
  eval "$(ssh-agent -a "$RUNNER_TEMP/pages-agent.sock")"
  ssh-add - <<< "$KEY"
  echo "SSH_AUTH_SOCK=$SSH_AUTH_SOCK" >> "$GITHUB_ENV"
fi
${CLONE}${COMMIT}if [ -n "$KEY" ]; then
  git push "git@github.com:$REPOSITORY.git" "HEAD:$BRANCH"
else
  ${PUSH_WITH_TOKEN}
fi`,
    source: "src/set-tokens.ts, src/git-utils.ts, src/utils.ts",
  },
  {
    uses: "crazy-max/ghaction-github-pages",
    env: {
      TOKEN: "env.GH_PAT || env.GITHUB_TOKEN",
      KEY: "''",
      REPOSITORY: "inputs.repo || github.repository",
      BRANCH: "inputs.target_branch || 'gh-pages'",
      MESSAGE: "inputs.commit_message || 'Deploy to GitHub pages'",
    },
    run: PUSH,
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
      MESSAGE: "inputs.commit-message || 'Update from ORIGIN_COMMIT'",
    },
    run: PUSH,
    source: "entrypoint.sh",
  },
  {
    // REPO is `self`, or a URL that the key or the URL itself has a credential for.
    uses: "s0/git-publish-subdir-action",
    env: {
      REPO: "env.REPO || 'self'",
      KEY: "env.SSH_PRIVATE_KEY",
      TOKEN: "env.GITHUB_TOKEN",
      REPOSITORY: OWN_REPOSITORY,
      BRANCH: "env.BRANCH",
      MESSAGE: "env.MESSAGE || format('Update from {0}', github.sha)",
    },
    run: `${CLONE}${COMMIT}if [ "$REPO" = self ]; then
  ${PUSH_WITH_TOKEN}
elif [ -n "$KEY" ]; then
  echo "$KEY" > ~/.ssh/action_key
  GIT_SSH_COMMAND="ssh -i $HOME/.ssh/action_key -o IdentitiesOnly=yes" git push "$REPO" "HEAD:$BRANCH"
else
  git push "$REPO" "HEAD:$BRANCH"
fi`,
    source: "action/src/index.ts",
  },
];
