import { job, run, uses, workflow } from "flowkeep";

export default workflow({
  name: "Generated files",
  on: { push: { branches: ["main"] }, pull_request: {} },
  permissions: { contents: "read" },
  jobs: {
    check: job({
      "runs-on": "ubuntu-latest",
      "timeout-minutes": 15,
      steps: [
        uses("actions/checkout@v5.1.0", { with: { "persist-credentials": false } }),
        uses("actions/setup-node@v6.5.0", { with: { "node-version": "20.19" } }),
        run({ run: "npm ci" }),
        run({ name: "Types, format, unused code, generated files", run: "npm run check" }),
      ],
    }),
  },
});
