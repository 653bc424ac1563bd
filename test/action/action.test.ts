import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { afterEach, describe, expect, it } from "vitest";
import { readManifest, Repository, ROOT } from "./runner.ts";

const WORKFLOW = ".github/workflows/release.yml";

function release(persist: boolean): string {
  return `on: { push: { branches: [main] } }
permissions: { contents: write }
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: ${persist} }
      - run: git push "https://x-access-token:\${PAT}@github.com/octo/app.git" HEAD:main
        env: { PAT: "\${{ secrets.RELEASE_PAT }}" }
`;
}

let repository: Repository;
afterEach(() => repository?.delete());

function pullRequest(base: string, name = "pull_request") {
  return { name, payload: { pull_request: { base: { sha: base } } } };
}

describe("the action", () => {
  it("tells in the summary that a pull request lets a push be hijacked, and fails", () => {
    repository = new Repository({ [WORKFLOW]: release(false) });
    const base = repository.git("rev-parse", "HEAD").trim();
    repository.commit({ [WORKFLOW]: release(true) });
    const { code, log, summary, outputs } = repository.run({}, pullRequest(base));
    expect(summary).toContain("### flowkeep: 1 push changes\n");
    expect(summary).toMatch(
      /pat RELEASE&#95;PAT to octo\/app main &#40;as-intended&#41; \| \*\*GITHUB&#95;TOKEN.*hijacked/,
    );
    expect(outputs).toContain("changed-pushes=1\n");
    expect(log).toMatch(/^::(?:error|warning) file=\.github\/workflows\/release\.yml,.*title=flowkeep push-hijacked/m);
    expect(code).toBe(1);
    // Nothing is left in the repository.
    expect(repository.git("worktree", "list").trim().split("\n")).toHaveLength(1);
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("is content where nothing changes", () => {
    repository = new Repository({ [WORKFLOW]: release(false) });
    const base = repository.git("rev-parse", "HEAD").trim();
    const { code, summary, outputs } = repository.run({ "fail-on": "error" }, pullRequest(base));
    expect(summary).toContain("### flowkeep: every push is seen as before\n");
    expect(outputs).toContain("changed-pushes=0\n");
    expect(code).toBe(0);
  });

  it("says that it cannot compare where the other commit is not to be had", () => {
    repository = new Repository({ [WORKFLOW]: release(false) });
    const { code, log } = repository.run({ "fail-on": "error" }, pullRequest("1".repeat(40)));
    expect(log).toContain("there is nothing to compare with: check out with fetch-depth: 0");
    expect(code).toBe(0);
  });

  it("runs no sources under pull_request_target, and reads the YAML all the same", () => {
    repository = new Repository({
      [WORKFLOW]: release(true),
      "workflows-src/evil.ts":
        'import { writeFileSync } from "node:fs";\nwriteFileSync("evil", "");\nexport default {};\n',
    });
    const base = repository.git("rev-parse", "HEAD").trim();
    const { code, log } = repository.run({}, pullRequest(base, "pull_request_target"));
    expect(log).toContain("sources are not run under pull_request_target");
    expect(log).toContain("push-hijacked");
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(code).toBe(1);
  });

  it("writes SARIF where that is asked for", () => {
    repository = new Repository({ [WORKFLOW]: release(true) });
    const { outputs } = repository.run({ sarif: "true", pushes: "false" }, { name: "push", payload: {} });
    const [, file = ""] = /^sarif-file=(.*)$/m.exec(outputs) ?? [];
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  it("refuses a wrong input", () => {
    repository = new Repository({ [WORKFLOW]: release(false) });
    const { code, log } = repository.run({ lint: "maybe" }, { name: "push", payload: {} });
    expect(log).toContain('::error::flowkeep: the input lint is true, false or auto, and not "maybe"');
    expect(code).toBe(2);
  });

  it("is the same by this repository's own name", () => {
    const [root, own] = [readManifest("action.yml"), readManifest(".github/actions/check/action.yml")];
    expect(root.inputs).toEqual(own.inputs);
    expect(Object.keys(root.outputs)).toEqual(Object.keys(own.outputs));
    expect(root.runs.steps).toEqual([
      {
        id: "check",
        uses: "$/.github/actions/check",
        with: Object.fromEntries(Object.keys(root.inputs).map((name) => [name, `\${{ inputs.${name} }}`])),
      },
    ]);
  });
});

describe("the pre-commit hooks", () => {
  const hooks = parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8")) as readonly {
    readonly id: string;
    readonly entry: string;
    readonly files: string;
    readonly pass_filenames?: boolean;
  }[];

  it.each(hooks.map(({ id, ...hook }) => [id, hook] as const))("%s runs on the files that it names", (_, hook) => {
    repository = new Repository({ [WORKFLOW]: release(true), "src/action.ts": "", "docs/action.yml.md": "" });
    const tracked = repository.git("ls-files").trim().split("\n");
    const files = tracked.filter((path) => new RegExp(hook.files).test(path));
    expect(files).toEqual([WORKFLOW]);
    const [program, ...args] = hook.entry.split(" ");
    expect(program).toBe("flowkeep");
    const { status, output } = repository.flowkeep([...args, ...(hook.pass_filenames === false ? [] : files)]);
    // Without sources there is nothing to check: that is said.
    expect([status, output]).toEqual(
      args[0] === "check"
        ? [2, expect.stringContaining("workflows-src")]
        : [1, expect.stringContaining("push-hijacked")],
    );
  });
});
