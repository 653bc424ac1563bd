import { appToken, job, push, run, secret, uses, workflow } from "flowkeep";

const mint = uses("actions/create-github-app-token@v2.2.2", {
  id: "mint",
  with: { "app-id": "${{ vars.CATALOG_APP_ID }}", "private-key": secret("CATALOG_APP_KEY") },
});

export default workflow({
  name: "Catalogue refresh",
  on: { schedule: [{ cron: "17 5 * * 1" }], workflow_dispatch: {} },
  permissions: { contents: "read" },
  concurrency: { group: "catalog-refresh" },
  jobs: {
    refresh: job({
      "runs-on": "ubuntu-latest",
      "timeout-minutes": 60,
      steps: [
        uses("actions/checkout@v5.1.0", { with: { "persist-credentials": false } }),
        uses("actions/setup-node@v6.5.0", { with: { "node-version": "20.19" } }),
        run({ run: "npm ci" }),
        run({ name: "Read the manifests of new releases", run: "node scripts/refresh-catalog.mjs" }),
        run({ name: "Types from the new catalogue", run: "npm run gen" }),
        run({ name: "The packed catalogue still serves every test", run: "npm test" }),
        mint,
        push({
          name: "Push the catalogue",
          as: appToken(mint),
          branch: "main",
          commit: {
            paths: ["data", "generated", "examples"],
            message: "Refresh the catalogue of actions",
            author: { name: "flowkeep-catalog[bot]", email: "flowkeep-catalog[bot]@users.noreply.github.com" },
          },
        }),
      ],
    }),
  },
});
