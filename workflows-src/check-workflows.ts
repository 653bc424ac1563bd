import { comment, job, uses, workflow } from "flowkeep";

// For organisations: their workflows call this one, and every repository is checked alike.
export default comment(
  "For other repositories: jobs.<id>.uses: <owner>/flowkeep/.github/workflows/check-workflows.yml@<commit>",
  workflow({
    name: "Check workflows",
    on: {
      workflow_call: {
        inputs: {
          "fail-on": { description: "error, warning or note", type: "string", default: "warning" },
          sarif: { description: "upload findings to code scanning", type: "boolean", default: false },
          "working-directory": { description: "the folder that holds .github/", type: "string", default: "." },
        },
      },
    },
    permissions: { contents: "read" },
    jobs: ({ inputs }) => ({
      check: job({
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 10,
        permissions: { contents: "read", "security-events": "write" },
        steps: [
          uses("actions/checkout@v5.1.0", { with: { "persist-credentials": false } }),
          uses("actions/setup-node@v6.5.0", { with: { "node-version": "22" } }),
          // In this workflow's own repository, at its own commit: the caller's workspace holds the caller's files.
          uses("$/.github/actions/check", {
            with: {
              "fail-on": inputs["fail-on"],
              sarif: inputs.sarif,
              "working-directory": inputs["working-directory"],
            },
          }),
        ],
      }),
    }),
  }),
);
