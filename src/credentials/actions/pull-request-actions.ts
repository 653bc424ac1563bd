import type { KnownAction } from "./action-table.ts";
import { COMMIT_PATHS, DEFAULT_TOKEN, HEADER_KEY, HEADER_VALUE, IN_DIRECTORY } from "./commands.ts";

/** For an https origin the action's own header takes the place of the persisted one, which is put back at the end. */
const PUSH_WITH_OWN_HEADER = `
[ -z "$SUFFIX" ] || BRANCH="$BRANCH-$(date +%s)"
remote=origin
[ -z "$FORK" ] || { remote=fork; git remote add fork "https://github.com/$FORK"; }
saved=$(git config --local --get ${HEADER_KEY} || true)
git config --local --unset-all ${HEADER_KEY} '^AUTHORIZATION:' || true
git config --local ${HEADER_KEY} ${HEADER_VALUE}
${COMMIT_PATHS}git push --force-with-lease "$remote" "HEAD:refs/heads/$BRANCH"
git config --local --unset-all ${HEADER_KEY}
[ -z "$saved" ] || git config --local ${HEADER_KEY} "$saved"
`;

/** From 7.0.9 on what a checkout of version 6 left is out of the way for the while; before, both headers are sent. */
const PUSH_ALONE = `
mkdir -p "$RUNNER_TEMP/set-aside"
mv "$RUNNER_TEMP"/git-credentials-*.config "$RUNNER_TEMP/set-aside/" || true
${PUSH_WITH_OWN_HEADER}
mv "$RUNNER_TEMP"/set-aside/git-credentials-*.config "$RUNNER_TEMP/" || true
`;

/** From version 7 on `sign-commits: true` commits through the API, and no git pushes. */
const UNLESS_BY_API = `[ "$BY_API" != true ] || exit 0\n`;

function pullRequest(from: string, before: string | undefined, token: string, push: string): KnownAction {
  return {
    uses: "peter-evans/create-pull-request",
    from,
    ...(before !== undefined && { before }),
    inputs: {
      ...DEFAULT_TOKEN,
      branch: "create-pull-request/patch",
      "commit-message": "[create-pull-request] automated change",
    },
    env: {
      DIRECTORY: "inputs.path",
      BRANCH: "inputs.branch || 'create-pull-request/patch'",
      SUFFIX: "inputs.branch-suffix",
      FORK: "inputs.push-to-fork",
      MESSAGE: "inputs.commit-message",
      PATHS: "inputs.add-paths",
      BY_API: "inputs.sign-commits",
      TOKEN: token,
    },
    run: IN_DIRECTORY + push,
    source: "src/git-config-helper.ts, src/git-auth-helper.ts, src/create-pull-request.ts, action.yml",
  };
}

/** Actions that push a branch for a pull request, with a header of their own. */
export const PULL_REQUEST_ACTIONS: readonly KnownAction[] = [
  pullRequest("7.0.9", undefined, "inputs.branch-token || inputs.token", UNLESS_BY_API + PUSH_ALONE),
  pullRequest("v7", "7.0.9", "inputs.branch-token || inputs.token", UNLESS_BY_API + PUSH_WITH_OWN_HEADER),
  pullRequest("v6", "v7", "inputs.git-token || inputs.token", PUSH_WITH_OWN_HEADER),
  pullRequest("v3", "v6", "inputs.token", PUSH_WITH_OWN_HEADER),
  {
    ...pullRequest("v3", "v4", "inputs.token", PUSH_WITH_OWN_HEADER),
    uses: "tauri-apps/create-pull-request",
    source: "a fork of peter-evans/create-pull-request v3; its own sources were not at hand",
  },
  {
    // It takes every local header out and leaves its own behind; what an include brings, `--local` does not see.
    uses: "TimothyJones/github-action-keep-node-current",
    inputs: DEFAULT_TOKEN,
    env: { TOKEN: "inputs.token" },
    run: `git config --local --unset-all ${HEADER_KEY} || true
git config --local ${HEADER_KEY} ${HEADER_VALUE}
git push --force origin "$(date +keep-node-current-%s)"`,
    source: "src/git.ts of 6702717",
  },
  {
    // It writes the token into every URL of github.com, for the rest of the job.
    uses: "autowarefoundation/autoware-github-actions/create-prs-to-update-vcs-repositories",
    env: { TOKEN: "inputs.token", DIRECTORY: "inputs.parent_dir" },
    run: `git config --local --unset-all ${HEADER_KEY} || true
git config --global --add "url.https://x-access-token:$TOKEN@github.com/.insteadOf" https://github.com/
git config --global --add "url.https://x-access-token:$TOKEN@github.com/.insteadOf" git@github.com:
${IN_DIRECTORY}git push origin "$(date +update-%s)"`,
    source: "set-git-config/action.yaml, create_prs_to_update_vcs_repositories.py",
  },
];
