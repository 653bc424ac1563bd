import type { KnownAction } from "./action-table.ts";
import { COMMIT, DEFAULT_TOKEN, HEADER_KEY, IN_DIRECTORY, OWN_REPOSITORY } from "./commands.ts";

interface TokenUrlPush {
  readonly uses: string;
  readonly env: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Commands before the push. */
  readonly first?: string;
  readonly source: string;
}

/** `git push https://USER:TOKEN@github.com/owner/name` from the checkout. */
function tokenUrlPush({ uses, env, inputs = {}, first = "", source }: TokenUrlPush): KnownAction {
  const push = `git push "https://$GITHUB_ACTOR:$TOKEN@github.com/$REPOSITORY.git" "HEAD:$BRANCH"`;
  const own = { REPOSITORY: OWN_REPOSITORY, DIRECTORY: "''", BRANCH: "''", ...env };
  return { uses, inputs, env: own, run: IN_DIRECTORY + first + push, source };
}

const GITHUB_PAGES = `
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

/** Actions that put a token into the URL and push from the checkout: where a header is persisted there, that is sent instead. */
export const TOKEN_URL_ACTIONS: readonly KnownAction[] = [
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
    // It takes the persisted header out for good, but only from .git/config: what checkout 6 and later include stays, and is sent
    // (JamesIves/github-pages-deploy-action#1928). 4.7.5 says that it mends that, and its README that the checkout must not persist.
    uses: "JamesIves/github-pages-deploy-action",
    from: "4.0.0",
    inputs: DEFAULT_TOKEN,
    env: {
      TOKEN: "inputs.token",
      SSH: "inputs.ssh-key",
      REPOSITORY: "inputs.repository-name || github.repository",
      BRANCH: "inputs.branch || 'gh-pages'",
      DRY_RUN: "inputs.dry-run",
      MESSAGE:
        "inputs.commit-message || format('Deploying to {0} from @ {1}', inputs.branch || 'gh-pages', github.sha)",
    },
    run: `git config --local --unset-all ${HEADER_KEY} || true
${GITHUB_PAGES}git remote rm origin
git remote add origin "$url"
git worktree add --no-checkout --detach github-pages-deploy-action-temp-deployment-folder
cd github-pages-deploy-action-temp-deployment-folder
${COMMIT}[ "$DRY_RUN" = true ] || git push --force "$url" "HEAD:$BRANCH"
cd ..
git worktree remove github-pages-deploy-action-temp-deployment-folder --force`,
    source: "src/git.ts, src/worktree.ts of 4.6.8",
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
    run: `${GITHUB_PAGES}git push --force "$url" "HEAD:$BRANCH"`,
    source: "src/git.ts of 3.7.1",
  },
  {
    uses: "phips28/gh-action-bump-version",
    env: {
      TOKEN: "env.GITHUB_TOKEN",
      REPOSITORY: OWN_REPOSITORY,
      DIRECTORY: "env.PACKAGEJSON_DIR || inputs.PACKAGEJSON_DIR",
      SSH: "inputs.ssh",
      HOST: "inputs.custom-git-domain || 'github.com'",
      PUSH: "inputs.push",
      SKIP_COMMIT: "inputs.skip-commit",
      SKIP_PUSH: "inputs.skip-push",
      MESSAGE: "inputs.commit-message || 'ci: version bump to {{version}}'",
    },
    run: `${IN_DIRECTORY}[ "$PUSH" != false ] || exit 0
if [ "$SKIP_COMMIT" != true ]; then
  ${COMMIT}fi
[ "$SKIP_PUSH" != true ] || exit 0
if [ "$SSH" = true ]; then git push "git@$HOST:$REPOSITORY.git" --follow-tags
else git push "https://$GITHUB_ACTOR:$TOKEN@$HOST/$REPOSITORY.git" --follow-tags; fi`,
    source: "index.js, action.yml",
  },
  tokenUrlPush({
    uses: "python-semantic-release/python-semantic-release",
    env: { TOKEN: "inputs.github_token", DIRECTORY: "inputs.directory", PUSH: "inputs.push" },
    inputs: { push: "true" },
    first: '[ "$PUSH" != false ] || exit 0\n',
    source: "action.sh: `push: false` becomes `--no-push`; src/semantic_release/hvcs/github.py, gitproject.py",
  }),
  tokenUrlPush({
    uses: "actions-js/push",
    env: {
      TOKEN: "inputs.github_token",
      REPOSITORY: "inputs.repository || github.repository",
      DIRECTORY: "inputs.directory",
      BRANCH: "inputs.branch",
      MESSAGE: "inputs.message || 'chore: autopublish'",
    },
    first: COMMIT,
    source: "start.sh",
  }),
  tokenUrlPush({
    uses: "mikeal/publish-to-github-action",
    env: { TOKEN: "env.GITHUB_TOKEN", BRANCH: "env.BRANCH_NAME || 'master'", MESSAGE: "'Automated publish'" },
    first: COMMIT,
    source: "entrypoint.sh",
  }),
  {
    uses: "devops-infra/action-commit-push",
    env: {
      TOKEN: "inputs.github_token",
      REPOSITORY: OWN_REPOSITORY,
      BRANCH: "inputs.target_branch",
      MESSAGE: "format('{0} {1}', inputs.commit_prefix, inputs.commit_message || 'Automated commit')",
    },
    run: `git remote set-url origin "https://$GITHUB_ACTOR:$TOKEN@github.com/$REPOSITORY"
${COMMIT}if [ -n "$BRANCH" ]; then git push origin "HEAD:$BRANCH"; else git push origin; fi`,
    source: "entrypoint.sh",
  },
  // From some 3.x on the commit's message ends in [skip ci], unless `skip-ci` is false.
  conventionalChangelog({ from: "v4" }, `[ "$SKIP_CI" = false ] || MESSAGE="$MESSAGE [skip ci]"\n${COMMIT}`),
  conventionalChangelog({ before: "v4" }, ""),
  {
    uses: "rickstaa/action-create-tag",
    inputs: { github_token: "${{ github.token }}" },
    env: { TOKEN: "inputs.github_token", TAG: "inputs.tag", REPOSITORY: OWN_REPOSITORY },
    run: 'git remote set-url origin "https://$GITHUB_ACTOR:$TOKEN@github.com/$REPOSITORY.git"\ngit push origin "$TAG"',
    source: "entrypoint.sh",
  },
  {
    // What hangs on includeIf.gitdir, as checkout 6 and later have it, it does not find.
    uses: "anthropics/claude-code-action",
    env: { TOKEN: "inputs.github_token || revoked.token", REPOSITORY: OWN_REPOSITORY },
    run: `git config --unset-all ${HEADER_KEY} || true
git remote set-url origin "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git"`,
    source: "src/github/operations/git-config.ts",
  },
];

function conventionalChangelog(versions: Pick<KnownAction, "from" | "before">, commit: string): KnownAction {
  return {
    uses: "TriPSs/conventional-changelog-action",
    ...versions,
    inputs: { "github-token": "${{ github.token }}", "git-push": "true", "git-message": "chore(release): {version}" },
    env: {
      TOKEN: "inputs.github-token",
      PUSH: "inputs.git-push",
      REPOSITORY: OWN_REPOSITORY,
      MESSAGE: "inputs.git-message",
      SKIP_CI: "inputs.skip-ci",
    },
    run: `[ -z "$TOKEN" ] || git remote set-url origin "https://x-access-token:$TOKEN@github.com/$REPOSITORY.git"
${commit}[ "$PUSH" = false ] || git push origin`,
    source: "src/helpers/git.js, src/index.js, action.yml",
  };
}
