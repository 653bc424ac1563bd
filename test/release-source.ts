/**
 * A workflow source with a job `release`: these steps, behind a checkout that keeps no credential.
 *
 * @param more lines above the workflow, and jobs behind that one
 */
export function releaseSource(
  steps: readonly string[],
  { above = "", jobs = "" }: { readonly above?: string; readonly jobs?: string } = {},
): string {
  return `import { job, pat, push, run, uses, untyped, workflow } from "flowkeep";
${above}export default workflow({
  on: { workflow_dispatch: {} },
  jobs: {
    release: job({
      "runs-on": "ubuntu-latest",
      steps: [
        uses(untyped("actions/checkout@v5"), { with: { "persist-credentials": false } }),
${steps.map((step) => `        ${step},\n`).join("")}      ],
    }),
${jobs}  },
});
`;
}
