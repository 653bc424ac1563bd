import { action, and, always, eq, run, uses } from "flowkeep";

const flowkeep = "$GITHUB_ACTION_PATH/../../..";

export default action({
  name: "flowkeep",
  description: "Checks workflows: generated files, policy, and for every push who GitHub will see",
  author: "flowkeep",
  inputs: {
    check: {
      description:
        "Compare what workflows-src/ compiles to with what is committed: true, false, or auto (where there are sources)",
      default: "auto",
    },
    lint: { description: "Look for what is wrong or risky in workflows and actions: true or false", default: "true" },
    pushes: {
      description:
        "Write a table of the pushes whose identity a pull request changes into the job's summary: true or false",
      default: "true",
    },
    "fail-on": { description: "Fail for findings at or above: error, warning or note", default: "warning" },
    sarif: {
      description: "Upload findings to code scanning: true or false; needs `security-events: write`",
      default: "false",
    },
    "working-directory": { description: "The folder that holds .github/ and workflows-src/", default: "." },
  },
  outputs: {
    "changed-pushes": {
      description: "How many pushes are new, gone, or seen as somebody else than before the pull request",
      value: "${{ steps.flowkeep.outputs.changed-pushes }}",
    },
    "sarif-file": {
      description: "The findings as SARIF, where that was asked for",
      value: "${{ steps.flowkeep.outputs.sarif-file }}",
    },
  },
  runs: {
    using: "composite",
    // What a caller gives is a variable here, and never a part of a script.
    steps: ({ inputs }) => [
      run({
        name: "Install flowkeep as its own lock file says",
        shell: "bash",
        run: `
          cd "${flowkeep}"
          test -f dist/cli.js || { npm ci --no-audit --no-fund --loglevel=error && npm run build --silent -- --no-types; }
        `,
      }),
      run({
        id: "flowkeep",
        name: "Check workflows",
        shell: "bash",
        env: {
          FLOWKEEP_CHECK: inputs.check,
          FLOWKEEP_LINT: inputs.lint,
          FLOWKEEP_PUSHES: inputs.pushes,
          FLOWKEEP_FAIL_ON: inputs["fail-on"],
          FLOWKEEP_SARIF: inputs.sarif,
          FLOWKEEP_FOLDER: inputs["working-directory"],
        },
        run: `node "${flowkeep}/action/run.mjs"`,
        outputs: ["changed-pushes", "sarif-file"],
      }),
      uses("github/codeql-action/upload-sarif@v4.36.2", {
        name: "Upload findings to code scanning",
        if: and(always(), eq(inputs.sarif, "true")),
        with: { sarif_file: "${{ steps.flowkeep.outputs.sarif-file }}", category: "flowkeep" },
      }),
    ],
  },
  branding: { icon: "git-branch", color: "blue" },
});
