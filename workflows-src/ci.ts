import { job, run, uses, workflow } from "flowkeep";

const source = uses("actions/checkout@v5.1.0", { with: { "persist-credentials": false } });

export default workflow({
  name: "CI",
  on: { push: { branches: ["main"] }, pull_request: {} },
  permissions: { contents: "read" },
  concurrency: { group: "ci-${{ github.ref }}", "cancel-in-progress": true },
  jobs: {
    test: job({
      name: ({ matrix }) => `Node ${matrix.node}`,
      "runs-on": "ubuntu-latest",
      "timeout-minutes": 30,
      strategy: { "fail-fast": false, matrix: { node: ["20.19", "22", "24"] } },
      steps: ({ matrix }) => [
        source,
        uses("actions/setup-node@v6.5.0", { with: { "node-version": matrix.node } }),
        run({ run: "npm ci" }),
        run({ run: "npm test" }),
      ],
    }),
  },
});
