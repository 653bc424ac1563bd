import type { KnownAction } from "./action-table.ts";
import { HEADER_KEY, HEADER_VALUE, IN_DIRECTORY, OWN_REPOSITORY } from "./commands.ts";

/** Writes the key where only this push uses it. */
const WITH_KEY = `mkdir -p ~/.ssh
  echo "$KEY" > ~/.ssh/sync_key
  GIT_SSH_COMMAND="ssh -i $HOME/.ssh/sync_key -o IdentitiesOnly=yes" git push`;

/** Actions that bring a repository's branches elsewhere: to a fork, a mirror, a branch of translations. */
export const SYNC_ACTIONS: readonly KnownAction[] = [
  {
    // A tap's repository is made in the workspace, brew's own beside it; the token is for all of the job.
    uses: "Homebrew/actions/setup-homebrew",
    env: { TOKEN: "inputs.token", REPOSITORY: OWN_REPOSITORY },
    run: `[ -z "$TOKEN" ] || git config --global ${HEADER_KEY} ${HEADER_VALUE}
git init -q .
git remote add origin "https://github.com/$REPOSITORY" && echo "repository-path=$GITHUB_WORKSPACE" >> "$GITHUB_OUTPUT" || :`,
    source: "setup-homebrew/main.sh",
  },
  {
    uses: "Homebrew/actions/git-try-push",
    inputs: { remote: "origin", branch: "main", tries: "20" },
    env: {
      TOKEN: "inputs.token",
      DIRECTORY: "inputs.directory",
      REMOTE: "inputs.remote",
      BRANCH: "inputs.branch",
      REMOTE_BRANCH: "inputs.remote_branch || inputs.branch",
      TRIES: "inputs.tries",
    },
    run: `${IN_DIRECTORY}[ -z "$TOKEN" ] || git config --local ${HEADER_KEY} ${HEADER_VALUE}
[ "$TRIES" != 0 ] || exit 0
git push "$REMOTE" "$BRANCH:$REMOTE_BRANCH"`,
    source: "git-try-push/main.mts",
  },
  {
    uses: "repo-sync/github-sync",
    env: {
      TOKEN: "inputs.github_token",
      REPOSITORY: OWN_REPOSITORY,
      ACTOR: "github.actor",
      SOURCE: "inputs.source_branch",
      BRANCH: "inputs.destination_branch",
      TAGS: "inputs.sync_tags",
    },
    run: `git config --unset-all ${HEADER_KEY} || :
git remote set-url origin "https://$ACTOR:$TOKEN@github.com/$REPOSITORY"
git push origin "refs/remotes/tmp_upstream/$SOURCE:refs/heads/$BRANCH" --force
[ -z "$TAGS" ] || git push origin --tags --force`,
    source: "action.yml, github-sync.sh",
  },
  {
    // It clones to /root of its container: what the checkout keeps plays no part.
    uses: "wei/git-sync",
    env: {
      KEY: "inputs.destination_ssh_private_key || inputs.ssh_private_key",
      REPO: "inputs.destination_repo",
      SOURCE: "inputs.source_branch",
      BRANCH: "inputs.destination_branch",
    },
    run: `git init -q "$RUNNER_TEMP/git-sync" && cd "$RUNNER_TEMP/git-sync"
case "$REPO" in
  *:* | *@* | *.git | *.git/) url="$REPO" ;;
  *) if [ -n "$KEY" ]; then url="git@github.com:$REPO.git"; else url="https://github.com/$REPO.git"; fi ;;
esac
if [ -n "$KEY" ]; then
  ${WITH_KEY} "$url" "$SOURCE:$BRANCH" -f
else git push "$url" "$SOURCE:$BRANCH" -f; fi`,
    source: "action.yml, entrypoint.sh, git-sync.sh",
  },
  {
    uses: "pixta-dev/repository-mirroring-action",
    env: { KEY: "inputs.ssh_private_key", URL: "inputs.target_repo_url" },
    run: `git remote add mirror "$URL"
if [ -n "$KEY" ]; then
  ${WITH_KEY} --tags --force --prune mirror "refs/remotes/origin/*:refs/heads/*"
else git push --tags --force --prune mirror "refs/remotes/origin/*:refs/heads/*"; fi`,
    source: "mirror.sh",
  },
  {
    // The pull request's head decides to which repository it goes.
    uses: "cirrus-actions/rebase",
    env: { TOKEN: "env.GITHUB_TOKEN", REPOSITORY: OWN_REPOSITORY },
    run: `[ -n "$TOKEN" ] || exit 1
git remote set-url origin "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git"
git remote add fork "https://x-access-token:$TOKEN@github.com/$(jq -r .head.repo.full_name pull.json).git"
git push --force-with-lease fork "$(jq -r .head.ref pull.json)"`,
    source: "entrypoint.sh",
  },
  {
    uses: "crowdin/github-action",
    inputs: {
      download_translations: "false",
      download_sources: "false",
      push_translations: "true",
      push_sources: "true",
      localization_branch_name: "l10n_crowdin_action",
      github_base_url: "github.com",
      commit_message: "New Crowdin translations by GitHub Action",
    },
    env: {
      TOKEN: "env.GITHUB_TOKEN",
      REPOSITORY: OWN_REPOSITORY,
      ACTOR: "github.actor",
      HOST: "inputs.github_base_url",
      BRANCH: "inputs.localization_branch_name",
      TRANSLATIONS: "inputs.download_translations == 'true' && inputs.push_translations == 'true'",
      SOURCES: "inputs.download_sources == 'true' && inputs.push_sources == 'true'",
    },
    run: `[ "$TRANSLATIONS" = true ] || [ "$SOURCES" = true ] || exit 0
[ -n "$TOKEN" ] || exit 1
git push --no-verify --force "https://$ACTOR:$TOKEN@$HOST/$REPOSITORY.git" "HEAD:$BRANCH"`,
    source: "action.yml, entrypoint.sh: push_to_branch",
  },
];
