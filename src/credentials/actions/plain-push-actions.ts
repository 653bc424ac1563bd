import { SEMANTIC_RELEASE } from "../tools/semantic-release.ts";
import type { KnownAction } from "./action-table.ts";
import { COMMIT, COMMIT_PATHS, HEADER_KEY, HEADER_VALUE, IN_DIRECTORY } from "./commands.ts";

/** Actions that push to the checkout's own remote: what git finds there decides, whatever token they are given. */
export const PLAIN_PUSH_ACTIONS: readonly KnownAction[] = [
  {
    uses: "stefanzweifel/git-auto-commit-action",
    inputs: { commit_message: "Apply automatic changes" },
    env: {
      DIRECTORY: "inputs.repository",
      SKIP: "inputs.skip_push",
      MESSAGE: "inputs.commit_message",
      TAG: "inputs.tagging_message || inputs.tag_name",
      BRANCH: "inputs.branch",
      OPTIONS: "inputs.push_options",
      PATHS: "inputs.file_pattern",
    },
    run: `${IN_DIRECTORY}${COMMIT_PATHS}[ "$SKIP" != true ] || exit 0
if [ -n "$BRANCH" ]; then git push --set-upstream origin "HEAD:$BRANCH" --follow-tags --atomic
elif [ -n "$TAG" ]; then git push origin --follow-tags --atomic
else git push origin; fi`,
    source: "entrypoint.sh, action.yml",
  },
  {
    uses: "EndBug/add-and-commit",
    from: "v5",
    inputs: { push: "true" },
    env: {
      DIRECTORY: "inputs.cwd",
      PUSH: "inputs.push",
      MESSAGE: "inputs.message || format('Commit from GitHub Actions ({0})', github.workflow)",
    },
    run: `${IN_DIRECTORY}${COMMIT}[ "$PUSH" = false ] || git push origin`,
    source: "src/main.ts, src/io.ts",
  },
  {
    uses: "EndBug/add-and-commit",
    before: "v5",
    env: { DIRECTORY: "inputs.cwd", TOKEN: "env.GITHUB_TOKEN" },
    run: `${IN_DIRECTORY}printf 'machine github.com\\nlogin %s\\npassword %s\\n' "$GITHUB_ACTOR" "$TOKEN" > ~/.netrc
git push origin`,
    source: "src/entrypoint.sh of v4",
  },
  {
    // It commits through the API unless it is told otherwise; then its headers are for its own git alone.
    uses: "changesets/action",
    from: "v2",
    inputs: { "github-token": "${{ github.token }}", "commit-message": "Version Packages" },
    env: {
      TOKEN: "inputs.github-token",
      CLI: "inputs.push-with-git-cli",
      DIRECTORY: "inputs.cwd",
      MESSAGE: "inputs.commit-message",
    },
    run: `${IN_DIRECTORY}[ "$CLI" = true ] || exit 0
${COMMIT}url=$(git remote get-url --push origin)
git -c ${HEADER_KEY}= -c ${HEADER_KEY}=${HEADER_VALUE} -c "http.$url.extraheader=" -c "http.$url.extraheader=AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)" push origin HEAD:changeset-release/main --force`,
    source: "src/github.ts, src/index.ts",
  },
  {
    uses: "changesets/action",
    from: "v1.7.0",
    before: "v2",
    inputs: { "github-token": "${{ github.token }}" },
    env: { TOKEN: "env.GITHUB_TOKEN || inputs.github-token", ...changesetsInputs() },
    run: changesetsByNetrc(),
    source: "src/index.ts, src/gitUtils.ts, src/git.ts",
  },
  {
    uses: "changesets/action",
    before: "v1.7.0",
    env: { TOKEN: "env.GITHUB_TOKEN", ...changesetsInputs() },
    run: changesetsByNetrc(),
    source: "src/index.ts, src/gitUtils.ts",
  },
  {
    uses: "nick-fields/retry",
    env: { COMMAND: "inputs.command" },
    run: 'bash -c "$COMMAND"',
    source: "src/index.ts: runCmd",
  },
  {
    uses: "nick-invision/retry",
    env: { COMMAND: "inputs.command" },
    run: 'bash -c "$COMMAND"',
    source: "the name that nick-fields/retry had",
  },
  {
    uses: "Wandalen/wretry.action",
    env: { COMMAND: "inputs.command", DIRECTORY: "inputs.current_path" },
    run: `${IN_DIRECTORY}bash -c "$COMMAND"`,
    source: "README.md: command, current_path",
  },
  {
    uses: "cycjimmy/semantic-release-action",
    env: { DRY_RUN: "inputs.dry_run", DIRECTORY: "inputs.working_directory" },
    run: `${IN_DIRECTORY}[ "$DRY_RUN" != true ] || exit 0\n${SEMANTIC_RELEASE}`,
    source: "src/index.js; semantic-release lib/get-git-auth-url.js",
  },
  {
    uses: "anothrNick/github-tag-action",
    env: { API: "env.GIT_API_TAGGING || 'true'" },
    run: '[ "$API" = true ] || git push -f origin tag',
    source: "entrypoint.sh",
  },
  {
    uses: "github-actions-x/commit",
    env: { TOKEN: "inputs.github-token", MESSAGE: "inputs.commit-message", BRANCH: "inputs.push-branch" },
    run: `printf 'machine github.com\\nlogin x-access-token\\npassword %s\\n' "$TOKEN" > ~/.netrc
${COMMIT}if [ -n "$BRANCH" ]; then git push origin "HEAD:$BRANCH"; else git push origin; fi`,
    source: "entrypoint.py",
  },
];

function changesetsInputs() {
  return {
    MODE: "inputs.commitMode",
    DIRECTORY: "inputs.cwd",
    MESSAGE: "inputs.commit || 'Version Packages'",
  };
}

function changesetsByNetrc(): string {
  return `${IN_DIRECTORY}[ "$MODE" != github-api ] || exit 0
printf 'machine github.com\\nlogin github-actions[bot]\\npassword %s' "$TOKEN" > ~/.netrc
${COMMIT}git push origin HEAD:changeset-release/main --force`;
}
