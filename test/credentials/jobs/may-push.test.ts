import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyCatalog } from "../../../src/actions/catalog.ts";
import { analyzeFile, mayPush, type AnalyzeOptions, type FileVerdicts } from "../../../src/credentials/analyze-file.ts";
import { readFile } from "../../../src/read/read-file.ts";

const PATH = ".github/workflows/push.yml";
const TABLE = join(import.meta.dirname, "../../fixtures/truth-table/workflows");

function optionsFor(files: Readonly<Record<string, string>>): AnalyzeOptions {
  return { catalog: emptyCatalog, readRepositoryFile: (path) => files[path] };
}

function analyze(text: string, options: AnalyzeOptions): FileVerdicts {
  const { node } = readFile(PATH, text);
  if (node === undefined) throw new Error("the workflow cannot be read");
  return analyzeFile(PATH, node, options);
}

/** What is found with the quick look, and what is found without it. */
function compare(text: string, files: Readonly<Record<string, string>> = {}) {
  const options = optionsFor(files);
  const all = analyze(text, { ...options, observe: () => undefined });
  const isLooked = mayPush(text, { ...options, only: "pushes" });
  return { found: isLooked ? analyze(text, options).pushes : [], all: all.pushes };
}

const COMPOSITE = `runs:
  using: composite
  steps:
    - run: git push origin
      shell: bash
`;

const workflow = (steps: string): string => `on: push
jobs:
  job:
    permissions: { contents: write }
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${steps.replace(/^/gm, "      ")}
`;

describe("the quick look at words", () => {
  it("finds in the truth table what walking through everything finds", () => {
    const names = readdirSync(TABLE);
    expect(names.length).toBeGreaterThan(160);
    for (const name of names) {
      const { found, all } = compare(readFileSync(join(TABLE, name), "utf8"));
      expect(found, name).toEqual(all);
    }
  });

  it.each<[string, string, Readonly<Record<string, string>>?]>([
    ["a comment behind it", "- run: git push # to the run's branch"],
    ["a push behind options", "- run: git -C docs -c a.b=c push"],
    ["a push on its own line", "- run: |\n    git \\\n      push origin"],
    ["a push in an array", '- run: |\n    args=(\n      push\n      origin\n    )\n    git "${args[@]}"'],
    ["a push in a variable", "- run: |\n    verb=push\n    git $verb origin"],
    ["a push in the step's env", "- run: $COMMAND\n  env:\n    COMMAND: git push origin"],
    ["a push in quotes", "- run: git 'push' origin"],
    ["a push behind an escape", '- run: "git pu\\x73h origin"'],
    ["a script", "- run: ./ci/push", { "ci/push": "git push origin\n" }],
    ["a script without a path", "- run: bash deploy", { deploy: "git push origin\n" }],
    [
      "a script of a script",
      "- run: ./a.sh",
      { "a.sh": "bash ci/b\n", "ci/b": "source ./c.sh\n", "c.sh": "git push\n" },
    ],
    [
      "a script below the working directory",
      "- run: ./go.sh\n  working-directory: docs",
      { "docs/go.sh": "git push\n" },
    ],
    ["a script behind cd", "- run: cd docs && ./go.sh", { "docs/go.sh": "git push\n" }],
    ["a script of the workspace", '- run: bash "$GITHUB_WORKSPACE/ci/go"', { "ci/go": "git push\n" }],
    ["a target of make", "- run: make -C docs ship", { "docs/Makefile": "ship:\n\tgit push origin\n" }],
    [
      "a package's script",
      "- run: npm run ship",
      { "package.json": '{"scripts":{"ship":"npm run go","go":"git push"}}' },
    ],
    ["a hook of npm", "- run: npm version patch", { "package.json": '{"scripts":{"postversion":"git push --tags"}}' }],
    ["a tool", "- run: npx gh-pages -d out"],
    ["a tool of a package", "- run: yarn deploy", { "package.json": '{"scripts":{"deploy":"gh-pages -d out"}}' }],
    ["semantic-release", "- run: npx semantic-release@24"],
    ["a release by its name", "- run: make release"],
    ["a release whose name is handed in", "- run: make $TARGET\n  env: { TARGET: release }"],
    ["an action that pushes", "- uses: stefanzweifel/git-auto-commit-action@v5"],
    ["an action of the repository", "- uses: ./ship", { "ship/action.yml": COMPOSITE }],
    [
      "a script that was written before",
      "- run: |\n    cat > go.sh <<'END'\n    git push origin\n    END\n- run: bash go.sh",
    ],
    ["an alias", "- run: git config alias.ship push\n- run: git ship origin"],
    [
      "a command in an output",
      "- id: a\n  run: echo 'c=git push' >> $GITHUB_OUTPUT\n- run: $C\n  env:\n    C: ${{ steps.a.outputs.c }}",
    ],
    ["a push in Python", '- shell: python\n  run: |\n    subprocess.run(["git", "push"])'],
    ["a push behind a title", "- name: Publish\n  run: >-\n    git\n    push origin"],
  ])("finds %s", (_, steps, files = {}) => {
    const { found, all } = compare(workflow(steps), files);
    expect(all.length).toBeGreaterThan(0);
    expect(found).toEqual(all);
  });

  it.each([
    ["an event", "- run: make test\n  if: github.event_name == 'push'"],
    ["images", "- run: docker push ghcr.io/octo/app\n- uses: docker/build-push-action@v6\n  with: { push: true }"],
    ["a comment", "- run: make test # and push\n# git push origin"],
    ["a title", "- name: Build and push\n  run: make image"],
  ])("passes over %s", (_, steps) => {
    expect(mayPush(workflow(steps), { ...optionsFor({}), only: "pushes" })).toBe(false);
  });

  it("finds the push of a reusable workflow", () => {
    const called =
      "on: workflow_call\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: git init && git push https://x:${{ secrets.T }}@github.com/o/r\n";
    const caller = "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    secrets: inherit\n";
    const { found, all } = compare(caller, { ".github/workflows/b.yml": called });
    expect(found).toMatchObject([{ identity: { kind: "pat", name: "T" } }]);
    expect(found).toEqual(all);
  });
});
