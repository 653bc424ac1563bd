/** What `init` writes, as it finds the repository. */
export interface InitFacts {
  /** The branch that is worked towards. */
  readonly branch: string;
  /** `owner/name@tag` of the actions that the sources use. */
  readonly checkout: string;
  readonly setupNode: string;
  readonly appToken: string;
  /** The commands that install what the lock file of the package manager says. */
  readonly install: readonly string[];
  /** The command that adds packages for development. */
  readonly addPackages: string;
}

export const CONFIG = `import { defineConfig } from "flowkeep";

export default defineConfig({
  // Commands exit with 1 for findings at or above: "error", "warning" or "note". Without it \`gen\` does for errors only.
  failOn: "warning",
});
`;

// Its own project, so that the sources are checked as flowkeep reads them, whatever the rest of the repository is.
// isolatedDeclarations must stay off: it asks for a type at every default export.
export const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2023",
    "module": "esnext",
    "moduleResolution": "bundler",
    "strict": true,
    "noEmit": true,
    "skipLibCheck": true,
    "allowImportingTsExtensions": true,
    "resolveJsonModule": true,
    "isolatedDeclarations": false,
    "types": []
  },
  "include": [".", "../generated", "../flowkeep.config.ts"]
}
`;

export const SCRIPTS = { "workflows:gen": "flowkeep gen", "workflows:check": "flowkeep check" };

export function exampleSource({ branch, checkout, install }: InitFacts): string {
  return `import { job, run, uses, workflow } from "flowkeep";

export default workflow({
  name: "CI",
  on: { push: { branches: [${JSON.stringify(branch)}] }, pull_request: {} },
  permissions: { contents: "read" },
  jobs: {
    test: job({
      "runs-on": "ubuntu-latest",
      "timeout-minutes": 15,
      steps: [
        uses(${JSON.stringify(checkout)}, {
          with: { "persist-credentials": false },
        }),
${[...install, "npm test"].map((command) => `        run({ run: ${JSON.stringify(command)} }),\n`).join("")}      ],
    }),
  },
});
`;
}

export function checkSource({ branch, checkout, setupNode, install }: InitFacts): string {
  return `import { job, run, uses, workflow } from "flowkeep";

// Fails where a workflow was edited by hand, or a source was changed without \`flowkeep gen\`.
export default workflow({
  name: "Generated workflows",
  on: { push: { branches: [${JSON.stringify(branch)}] }, pull_request: {} },
  permissions: { contents: "read" },
  jobs: {
    check: job({
      "runs-on": "ubuntu-latest",
      "timeout-minutes": 10,
      steps: [
        uses(${JSON.stringify(checkout)}, {
          with: { "persist-credentials": false },
        }),
        uses(${JSON.stringify(setupNode)}, {
          with: { "node-version": "22" },
        }),
${install.map((command) => `        run({ run: ${JSON.stringify(command)} }),\n`).join("")}        run({ run: "npx flowkeep check" }),
      ],
    }),
  },
});
`;
}

export const ATTRIBUTES_FILE = ".gitattributes";

/** Lines for \`.gitattributes\`. Where people own workflows too, only what is generated for sure is marked. */
export function gitAttributes(ownsWorkflows: boolean): readonly string[] {
  const workflows = ".github/workflows/*.yml text eol=lf";
  return [
    ownsWorkflows ? workflows : `${workflows} linguist-generated`,
    "generated/** text eol=lf linguist-generated",
    // Who pushes is to be seen in reviews.
    "generated/pushes.md -linguist-generated",
  ];
}
