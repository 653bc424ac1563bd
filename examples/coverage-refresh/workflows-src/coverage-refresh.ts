import { job, pat, push, run, uses, workflow } from "flowkeep";

const cachePushToken = pat("CACHE_PUSH_TOKEN", {
  kind: "classic",
  actsAs: { role: "OrganizationAdmin" },
  scopes: ["repo"],
});

export default workflow({
  name: "Coverage Map Refresh",
  on: {
    schedule: [{ cron: "0 6 * * 1" }],
    push: { branches: ["master"], paths: ["toolchain/mfc/test/cases.py", "src/**/*.fpp"] },
    workflow_dispatch: {},
  },
  permissions: { contents: "read" },
  concurrency: { group: "coverage-refresh", "cancel-in-progress": true },
  jobs: {
    refresh: job({
      "runs-on": { group: "phoenix", labels: "gt" },
      "timeout-minutes": 240,
      steps: [
        uses("actions/checkout@v5.1.0", { with: { clean: false, "persist-credentials": false } }),
        run({ name: "Collect coverage map (SLURM)", run: "bash .github/scripts/submit-slurm-job.sh collect" }),
        push({
          name: "Push the coverage map",
          as: cachePushToken,
          branch: "master",
          commit: {
            paths: ["tests/coverage_map.json.gz"],
            message: "test: refresh coverage map [skip ci]",
            author: { name: "map-bot", email: "map-bot@users.noreply.github.com" },
            noVerify: true,
          },
        }),
      ],
    }),
  },
});
