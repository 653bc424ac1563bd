// Stage 4: the App's token, and a checkout that keeps nothing.
// Compiles. GitHub sees the App; whether an App on the bypass list passes a require-PR rule on a direct push is disputed.
import { job, run, secret, uses, workflow } from "flowkeep";

export default workflow({
  name: "Coverage Map Refresh",
  on: { schedule: [{ cron: "0 6 * * 1" }], workflow_dispatch: {} },
  permissions: { contents: "write" },
  jobs: {
    refresh: job({
      "runs-on": { group: "phoenix", labels: "gt" },
      steps: [
        uses("actions/create-github-app-token@v2", {
          id: "mint",
          with: { "app-id": "${{ vars.MAP_APP_ID }}", "private-key": secret("MAP_APP_KEY") },
        }),
        uses("actions/checkout@v5", { with: { clean: false, "persist-credentials": false } }),
        run({ name: "Collect coverage map (SLURM)", run: "bash .github/scripts/submit-slurm-job.sh collect" }),
        run({
          name: "Commit refreshed map",
          env: { APP_TOKEN: "${{ steps.mint.outputs.token }}" },
          run: [
            'git config user.name "map-bot"',
            'git config user.email "map-bot@users.noreply.github.com"',
            "git add tests/coverage_map.json.gz",
            'git commit --no-verify -m "test: refresh coverage map [skip ci]"',
            'git push "https://x-access-token:${APP_TOKEN}@github.com/MFlowCode/MFC.git" HEAD:master',
            "",
          ].join("\n"),
        }),
      ],
    }),
  },
});
