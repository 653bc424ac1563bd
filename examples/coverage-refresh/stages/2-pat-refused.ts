// Stage 2 as it should be written, but for one line: the types refuse it, and so does `gen`.
import { job, pat, push, run, uses, workflow } from "flowkeep";

export default workflow({
  name: "Coverage Map Refresh",
  on: { schedule: [{ cron: "0 6 * * 1" }], workflow_dispatch: {} },
  permissions: { contents: "read" },
  jobs: {
    refresh: job({
      "runs-on": { group: "phoenix", labels: "gt" },
      steps: [
        uses("actions/checkout@v5", { with: { clean: false } }),
        run({ name: "Collect coverage map (SLURM)", run: "bash .github/scripts/submit-slurm-job.sh collect" }),
        // ✗ The next line does not compile.
        push({
          as: pat("CACHE_PUSH_TOKEN"),
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
