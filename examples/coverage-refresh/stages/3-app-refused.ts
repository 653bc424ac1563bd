// Stage 3 as it should be written, but for one line: the types refuse it, and so does `gen`.
import { appToken, job, push, run, secret, uses, workflow } from "flowkeep";

const mint = uses("actions/create-github-app-token@v2", {
  id: "mint",
  with: { "app-id": "${{ vars.MAP_APP_ID }}", "private-key": secret("MAP_APP_KEY") },
});

export default workflow({
  name: "Coverage Map Refresh",
  on: { schedule: [{ cron: "0 6 * * 1" }], workflow_dispatch: {} },
  permissions: { contents: "read" },
  jobs: {
    refresh: job({
      "runs-on": { group: "phoenix", labels: "gt" },
      steps: [
        mint,
        uses("actions/checkout@v5", { with: { clean: false } }),
        run({ name: "Collect coverage map (SLURM)", run: "bash .github/scripts/submit-slurm-job.sh collect" }),
        // ✗ The next line does not compile.
        push({
          as: appToken(mint),
          branch: "master",
          commit: {
            paths: ["tests/coverage_map.json.gz"],
            message: "test: refresh coverage map [skip ci]",
            author: { name: "map-bot", email: "map-bot@users.noreply.github.com" },
          },
        }),
      ],
    }),
  },
});
