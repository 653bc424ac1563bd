import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a project of many workflows, for measuring: each has a matrix job whose steps come from a callback, and a job that
 * needs it and pushes; eight steps each. No two are alike in the texts that types could capture.
 */
export function writeManyWorkflows(folder: string, count: number): void {
  mkdirSync(join(folder, "workflows-src"), { recursive: true });
  mkdirSync(join(folder, "generated"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
  writeFileSync(join(folder, "generated/actions.d.ts"), bindings());
  for (let n = 0; n < count; n++) writeFileSync(join(folder, `workflows-src/workflow-${n}.ts`), workflowSource(n));
}

const TSCONFIG = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  },
  include: ["workflows-src", "generated"],
};

const OTHER_ACTIONS = 300;

/** As `flowkeep actions sync` writes them: the three that every workflow uses, and three hundred that it could use. */
function bindings(): string {
  const others = Array.from({ length: OTHER_ACTIONS }, (_, n) => n);
  return `import type { Flag, Text } from "flowkeep";

declare module "flowkeep" {
  interface Actions {
    "actions/checkout@v5": { inputs: CheckoutInputs; outputs: "ref" | "commit" };
    "actions/setup-node@v4": { inputs: SetupNodeInputs; outputs: "cache-hit" | "node-version" };
    "actions/upload-artifact@v4": { inputs: UploadArtifactInputs; outputs: "artifact-id" | "artifact-url" };
${others.map((n) => `    "octo/action-${n}@v${1 + (n % 6)}": { inputs: Action${n}Inputs; outputs: "result" | "url-${n}" };`).join("\n")}
  }
}

interface CheckoutInputs {
  repository?: Text;
  ref?: Text;
  token?: Text;
  "persist-credentials"?: Flag | "true" | "false" | "";
  path?: Text;
  clean?: Flag | "true" | "false";
  "fetch-depth"?: Text;
}
interface SetupNodeInputs {
  "node-version"?: Text;
  cache?: "npm" | "yarn" | "pnpm" | Flag;
  "registry-url"?: Text;
}
interface UploadArtifactInputs {
  name?: Text;
  path: Text;
  "if-no-files-found"?: "warn" | "error" | "ignore" | Flag;
}
${others.map(inputsOfAction).join("\n")}
`;
}

function inputsOfAction(n: number): string {
  const inputs = Array.from({ length: 4 + (n % 9) }, (_, at) =>
    at % 3 === 0 ? `  "flag-${at}"?: Flag;` : `  "text-${n % 7}-${at}"?: Text;`,
  );
  return `interface Action${n}Inputs {\n  token?: Text;\n${inputs.join("\n")}\n}`;
}

function workflowSource(n: number): string {
  const action = (at: number): string => {
    const id = (n * 5 + at * 7) % OTHER_ACTIONS;
    return `octo/action-${id}@v${1 + (id % 6)}`;
  };
  return `import { eq, job, pat, push, run, sh, uses, workflow } from "flowkeep";

const robot = pat("ROBOT_${n % 20}", { kind: "classic", scopes: ["repo"] });
const version = run({ id: "version", run: 'echo "tag=${n}" >> "$GITHUB_OUTPUT"', outputs: ["tag", "sha-${n % 10}"] });

const build = job({
  "runs-on": ({ matrix }) => matrix.os,
  strategy: { matrix: { os: ["ubuntu-24.04", "macos-${n % 15}"], node: [20, 22, ${24 + (n % 3)}] } },
  outputs: { tag: version.outputs.tag },
  steps: ({ matrix, runner }) => [
    uses("actions/checkout@v5", { with: { "fetch-depth": ${n % 5}, "persist-credentials": false } }),
    uses("actions/setup-node@v4", { with: { "node-version": matrix.node, cache: "npm" } }),
    run({ name: "Install ${n}", run: "npm ci" }),
    version,
    run({ if: eq(matrix.os, "ubuntu-24.04"), run: sh\`make build-${n} NODE=\${matrix.node}\` }),
    uses("${action(0)}", { if: eq(runner.os, "Linux"), with: { "flag-0": true, token: "\${{ secrets.T${n} }}" } }),
    uses("${action(1)}", { with: { token: robot } }),
    uses("actions/upload-artifact@v4", { with: { name: "build-${n}", path: "dist/${n}", "if-no-files-found": "error" } }),
  ],
});

export default workflow({
  name: "Workflow ${n}",
  on: {
    push: { branches: ["main", "release/${n}"], paths: ["packages/${n}/**"] },
    pull_request: { types: ["opened", "synchronize"] },
    workflow_dispatch: { inputs: { level: { type: "choice", options: ["low", "high-${n}"] } } },
  },
  permissions: { contents: "read", "pull-requests": "write" },
  concurrency: { group: "workflow-${n}", "cancel-in-progress": true },
  jobs: ({ github, inputs }) => ({
    build,
    deploy: job({
      "runs-on": "ubuntu-24.04",
      needs: [build],
      if: eq(github.event_name, "push"),
      env: { LEVEL: inputs.level, REF: github.event.head_commit.message },
      steps: [
        uses("actions/checkout@v5", { with: { path: "app-${n}" } }),
        uses("actions/checkout@v5", { with: { "persist-credentials": false, ref: "main-${n}" } }),
        run({ name: "Release ${n}", run: sh\`./release.sh \${build.outputs.tag} \${inputs.level}\` }),
        uses("${action(2)}", { with: { "flag-0": false } }),
        uses("${action(3)}", { id: "note", with: { token: robot } }),
        { name: "Plain ${n}", run: "make notes", env: { N: ${n} } },
        { uses: "octo/plain-${n}@v1", with: { text: "${n}" } },
        push({
          as: robot,
          branch: "gh-pages-${n}",
          commit: { paths: ["docs/${n}"], message: "Publish ${n}", author: { name: "robot", email: "robot@example.com" } },
        }),
      ],
    }),
  }),
});
`;
}
