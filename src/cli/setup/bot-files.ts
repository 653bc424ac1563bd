import type { InitFacts } from "./init-files.ts";

/** The bots whose configuration `init --bots` can write. */
export const BOTS = ["dependabot", "renovate"] as const;
export type Bot = (typeof BOTS)[number];

/** What the workflow cannot make itself. */
export const BOTS_NEED =
  "the workflow for bots pushes as a GitHub App: make one with `contents: write` and `workflows: write`, install it here, and put its client id into the variable FLOWKEEP_APP_ID and its private key into the secret FLOWKEEP_APP_KEY, among the secrets of Actions and among those of Dependabot";

interface BotConfig {
  readonly path: string;
  readonly text: string;
  /** What must be in a configuration that is there already. */
  readonly needs: string;
}

/** The configuration of a bot that has none. */
export const BOT_CONFIG: Readonly<Record<Bot, BotConfig>> = {
  dependabot: {
    path: ".github/dependabot.yml",
    needs: "an entry for `package-ecosystem: github-actions`",
    text: `version: 2
updates:
  - package-ecosystem: github-actions
    directory: /
    schedule:
      interval: weekly
    groups:
      actions:
        patterns: ["*"]
`,
  },
  renovate: {
    path: "renovate.json",
    needs: "41898282+github-actions[bot]@users.noreply.github.com among `gitIgnoredAuthors`",
    text: `{
  "$schema": "https://docs.renovatebot.com/renovate-schema.json",
  "extends": ["config:recommended"],
  "packageRules": [
    {
      "matchManagers": ["github-actions"],
      "groupName": "actions",
      "pinDigests": false
    }
  ],
  "gitIgnoredAuthors": ["41898282+github-actions[bot]@users.noreply.github.com"]
}
`,
  },
};

/** Where each bot looks for its configuration: docs.github.com, docs.renovatebot.com. */
export const BOT_CONFIG_PLACES: Readonly<Record<Bot, readonly string[]>> = {
  dependabot: [".github/dependabot.yml", ".github/dependabot.yaml"],
  renovate: [
    "renovate.json",
    "renovate.json5",
    ".github/renovate.json",
    ".github/renovate.json5",
    ".gitlab/renovate.json",
    ".renovaterc",
    ".renovaterc.json",
    ".renovaterc.json5",
  ],
};

/** The branch that exists only in the run: what is pushed from. */
const LOCAL_BRANCH = "flowkeep-sync";

/**
 * The source of the workflow that takes over what bots raise. It runs with secrets on a bot's pull request, so it runs only code of the
 * default branch: of the bot's commit nothing is checked out.
 */
export function botsSource({ checkout, setupNode, appToken, install }: InitFacts): string {
  return `import {
  and,
  appToken,
  eq,
  format,
  job,
  ne,
  or,
  push,
  run,
  secret,
  sh,
  uses,
  workflow,
} from "flowkeep";

// Takes over what Dependabot and Renovate raise in generated YAML: into the lock, into the sources, and into all that follows.
// It has secrets, and so it runs nothing of the bot's branch: the default branch is checked out, the bot's commit is only read.
// GITHUB_TOKEN may never push workflow files, so an App pushes: the variable FLOWKEEP_APP_ID has its client id, the secret
// FLOWKEEP_APP_KEY its private key. Keep both among the Actions secrets and variables; the key among the Dependabot secrets, too.
const BOTS = ["dependabot[bot]", "renovate[bot]"] as const;

export default workflow({
  name: "Sync bots",
  on: { pull_request_target: { paths: [".github/**"] } },
  permissions: { contents: "read" },
  concurrency: {
    group: "sync-bots-\${{ github.event.pull_request.number }}",
    "cancel-in-progress": true,
  },
  jobs: ({ github }) => {
    const { head, user } = github.event.pull_request;

    const sync = run({
      id: "sync",
      outputs: ["commit"],
      run: sh\`
        # Where the branch has moved on, its own run takes it over.
        [ "$(git rev-parse "refs/remotes/origin/\${head.ref}")" = \${head.sha} ] || exit 0
        npx flowkeep actions sync --from \${head.sha} --commit-to ${LOCAL_BRANCH}
        if commit=$(git rev-parse --verify --quiet refs/heads/${LOCAL_BRANCH}); then
          echo "commit=$commit" >> "$GITHUB_OUTPUT"
        fi
      \`,
    });
    const isSynced = ne(sync.outputs.commit, "");

    const app = uses(${JSON.stringify(appToken)}, {
      id: "app",
      if: isSynced,
      with: {
        "client-id": "\${{ vars.FLOWKEEP_APP_ID }}",
        "private-key": secret("FLOWKEEP_APP_KEY"),
        "permission-contents": "write",
        "permission-workflows": "write",
      },
    });

    return {
      sync: job({
        // Opened by a bot, pushed to by a bot, and in this repository.
        if: and(
          or(eq(user.login, BOTS[0]), eq(user.login, BOTS[1])),
          or(eq(github.actor, BOTS[0]), eq(github.actor, BOTS[1])),
          eq(head.repo.full_name, github.repository),
        ),
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 15,
        steps: [
          // All branches: the bot's commit is among them.
          uses(${JSON.stringify(checkout)}, {
            with: { "persist-credentials": false, "fetch-depth": 0 },
          }),
          uses(${JSON.stringify(setupNode)}, { with: { "node-version": "22" } }),
${install.map((command) => `          run({ run: ${JSON.stringify(command)} }),\n`).join("")}          sync,
          app,
          push({
            name: "Push to the bot's branch",
            if: isSynced,
            as: appToken(app),
            refs: [format\`${LOCAL_BRANCH}:refs/heads/\${head.ref}\`],
          }),
        ],
      }),
    };
  },
});
`;
}
