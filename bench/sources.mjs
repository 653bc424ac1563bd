// The same workflow in each tool's words: a matrix build, and a deploy that needs its output. Its checkouts keep their
// credential (`isKept`: nothing is said of it), or are told to keep none.
const NONE = '"persist-credentials": false';

const flowkeep = (name, isKept) => `import { eq, job, run, sh, uses, workflow } from "flowkeep";

const version = run({ id: "version", run: 'echo "version=$(cat VERSION)" >> "$GITHUB_OUTPUT"', outputs: ["version"] });
const build = job({
  "runs-on": ({ matrix }) => matrix.os,
  strategy: { "fail-fast": false, matrix: { os: ["ubuntu-latest", "windows-latest"], node: [20, 22] } },
  outputs: { version: version.outputs.version },
  steps: ({ matrix }) => [
    uses("actions/checkout@v5"${isKept ? "" : `, { with: { ${NONE} } }`}),
    uses("actions/setup-node@v4", { with: { "node-version": matrix.node } }),
    run({ name: "Install", run: "npm ci" }),
    run({ name: "Test ${name}", run: "npm test\\nnpm run build\\n", if: eq(matrix.os, "ubuntu-latest") }),
    version,
  ],
});
const deploy = job({
  needs: [build],
  "runs-on": "ubuntu-latest",
  steps: [
    uses("actions/checkout@v5"${isKept ? "" : `, { with: { ${NONE} } }`}),
    run({ name: "Deploy", run: sh\`./deploy.sh \${build.outputs.version}\` }),
  ],
});

export default workflow({
  name: "${name}",
  on: { push: { branches: ["main"] }, pull_request: {} },
  permissions: { contents: "read" },
  jobs: { build, deploy },
});
`;

const plain = (name, isKept) => `{
  name: "${name}",
  on: { push: { branches: ["main"] }, pull_request: {} },
  permissions: { contents: "read" },
  jobs: {
    build: {
      "runs-on": "\${{ matrix.os }}",
      strategy: { "fail-fast": false, matrix: { os: ["ubuntu-latest", "windows-latest"], node: [20, 22] } },
      outputs: { version: "\${{ steps.version.outputs.version }}" },
      steps: [
        { uses: "actions/checkout@v5"${isKept ? "" : `, with: { ${NONE} }`} },
        { uses: "actions/setup-node@v4", with: { "node-version": "\${{ matrix.node }}" } },
        { name: "Install", run: "npm ci" },
        { name: "Test ${name}", run: "npm test\\nnpm run build\\n", if: "matrix.os == 'ubuntu-latest'" },
        { id: "version", run: 'echo "version=$(cat VERSION)" >> "$GITHUB_OUTPUT"' },
      ],
    },
    deploy: {
      needs: ["build"],
      "runs-on": "ubuntu-latest",
      steps: [
        { uses: "actions/checkout@v5"${isKept ? "" : `, with: { ${NONE} }`} },
        { name: "Deploy", env: { VERSION: "\${{ needs.build.outputs.version }}" }, run: './deploy.sh "$VERSION"' },
      ],
    },
  },
}`;

const ghaTs = (name, isKept) => `import { stringify } from "yaml";
import { workflow } from "@jlarky/gha-ts/workflow-types";
import { generateWorkflow } from "@jlarky/gha-ts/cli";

const wf = workflow(${plain(name, isKept)});

await generateWorkflow(wf, stringify, import.meta.url);
`;

const gagen = (name, isKept) => `import { expr, job, step, workflow } from "gagen";

const version = step({ id: "version", run: 'echo "version=$(cat VERSION)" >> "$GITHUB_OUTPUT"', outputs: ["version"] });
const build = job("build", {
  runsOn: "\${{ matrix.os }}",
  strategy: { failFast: false, matrix: { os: ["ubuntu-latest", "windows-latest"], node: [20, 22] } },
  steps: [
    step({ uses: "actions/checkout@v5"${isKept ? "" : `, with: { ${NONE} }`} }),
    step({ uses: "actions/setup-node@v4", with: { "node-version": "\${{ matrix.node }}" } }),
    step({ name: "Install", run: "npm ci" }),
    step({ name: "Test ${name}", run: "npm test\\nnpm run build\\n", if: expr("matrix.os").equals("ubuntu-latest") }),
    version,
  ],
  outputs: { version: version.outputs.version },
});

workflow({
  name: "${name}",
  on: { push: { branches: ["main"] }, pull_request: {} },
  permissions: { contents: "read" },
  jobs: [
    build,
    {
      id: "deploy",
      runsOn: "ubuntu-latest",
      steps: [
        step({ uses: "actions/checkout@v5"${isKept ? "" : `, with: { ${NONE} }`} }),
        step({ name: "Deploy", env: { VERSION: build.outputs.version }, run: './deploy.sh "$VERSION"' }),
      ],
    },
  ],
}).writeOrLint({ filePath: new URL("./${name}.generated.yml", import.meta.url), pinDeps: false });
`;

const workflowTs = (name, isKept) => `import { NormalJob, Step, Workflow } from "github-actions-workflow-ts";

const w: any = ${plain(name, isKept)};
const build = new NormalJob("build", { ...w.jobs.build, steps: undefined });
build.addSteps(w.jobs.build.steps.map((each: any) => new Step(each)));
const deploy = new NormalJob("deploy", { ...w.jobs.deploy, needs: undefined, steps: undefined });
deploy.needs([build]).addSteps(w.jobs.deploy.steps.map((each: any) => new Step(each)));
export const made = new Workflow("${name}", { name: w.name, on: w.on, permissions: w.permissions });
made.addJobs([build, deploy]);
`;

const importAll = (names, ending) => names.map((name) => `import "./${name}${ending}";\n`).join("");

/** By tool: the files of a project of `names`, whose checkouts keep their credential or none, and the command that generates it. */
export const tools = {
  flowkeep: {
    files: (names, isKept) =>
      Object.fromEntries(names.map((name) => [`workflows-src/${name}.ts`, flowkeep(name, isKept)])),
    command: ({ flowkeepCli }) => [process.execPath, flowkeepCli, "gen", "--quiet"],
    output: (name) => `.github/workflows/${name}.yml`,
    packageJson: { type: "module" },
  },
  "gha-ts (tsx)": {
    files: (names, isKept) => ({
      ...Object.fromEntries(names.map((name) => [`${name}.main.ts`, ghaTs(name, isKept)])),
      "all.ts": importAll(names, ".main.ts"),
    }),
    command: ({ tsx }) => [process.execPath, tsx, "all.ts"],
    output: (name) => `${name}.generated.yml`,
    packageJson: { type: "module" },
  },
  "gagen (tsx)": {
    files: (names, isKept) => ({
      ...Object.fromEntries(names.map((name) => [`${name}.ts`, gagen(name, isKept)])),
      "all.ts": importAll(names, ".ts"),
    }),
    command: ({ tsx }) => [process.execPath, tsx, "all.ts"],
    output: (name) => `${name}.generated.yml`,
    packageJson: { type: "module" },
  },
  "github-actions-workflow-ts": {
    files: (names, isKept) =>
      Object.fromEntries(names.map((name) => [`workflows/${name}.wac.ts`, workflowTs(name, isKept)])),
    command: ({ gwf }) => [process.execPath, gwf, "build"],
    output: (name) => `.github/workflows/${name}.yml`,
  },
};
