import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder } from "./project-folder.ts";

const ROOT = join(import.meta.dirname, "../..");
let project: ProjectFolder;
afterEach(() => project.delete());

const PACKAGE = `{
    "name": "app",
    "keywords": ["a", "b"],
    "scripts": { "test": "node --test" },
    "devDependencies": { "flowkeep": "1", "typescript": "7" }
}
`;

describe("flowkeep init", () => {
  it("sets up a repository that gen and check are content with", () => {
    project = new ProjectFolder({ "package.json": PACKAGE, ".gitattributes": "*.png binary" });
    const { code, out, err } = project.run(["init"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(`wrote flowkeep.config.ts
wrote workflows-src/tsconfig.json
wrote workflows-src/ci.ts
wrote workflows-src/generated-workflows.ts
added to .gitattributes
added to package.json
wrote generated/actions.lock.json
wrote generated/actions.d.ts
next: npx flowkeep gen
`);
    expect(project.read("package.json")).toBe(`{
    "name": "app",
    "keywords": ["a", "b"],
    "scripts": { "test": "node --test",
        "workflows:gen": "flowkeep gen",
        "workflows:check": "flowkeep check"
    },
    "devDependencies": { "flowkeep": "1", "typescript": "7" }
}
`);
    expect(project.read(".gitattributes")).toBe(
      "*.png binary\n.github/workflows/*.yml text eol=lf linguist-generated\ngenerated/** text eol=lf linguist-generated\ngenerated/pushes.md -linguist-generated\n",
    );
    expect(project.run(["gen"])).toMatchObject({ code: 0, err: "" });
    expect(project.run(["check", "--fail-on", "note"])).toMatchObject({ code: 0, out: "5 files up to date\n" });
    expect(project.read(".github/workflows/generated-workflows.yml")).toContain("run: npx flowkeep check");
  });

  it("writes sources that type-check with its own tsconfig, as prettier leaves them", () => {
    project = new ProjectFolder({ "package.json": PACKAGE });
    project.run(["init", "--bots", "dependabot,renovate"]);
    mkdirSync(project.path("node_modules"));
    symlinkSync(ROOT, project.path("node_modules/flowkeep"));
    const tool = (path: string, args: readonly string[]) =>
      execFileSync(process.execPath, [join(ROOT, "node_modules", path), ...args], {
        cwd: project.root,
        encoding: "utf8",
      });
    expect(tool("typescript/bin/tsc", ["-p", "workflows-src"])).toBe("");
    project.run(["gen"]);
    const made = ["workflows-src", "flowkeep.config.ts", "renovate.json", "generated", ".github"];
    tool("prettier/bin/prettier.cjs", ["--check", ...made]);
  });

  it("changes nothing the second time", () => {
    project = new ProjectFolder({ "package.json": PACKAGE });
    project.run(["init", "--yes"]);
    const before = project.files();
    expect(project.run(["init", "--yes"]).out).toBe("nothing to do: flowkeep is set up\nnext: npx flowkeep gen\n");
    expect(project.files()).toEqual(before);
  });

  it("overwrites nothing, and leaves workflows that exist to their owners", () => {
    const own = {
      "package.json": '{"scripts":{"workflows:gen":"my own"}}',
      "flowkeep.config.js": "export default {};\n",
      "workflows-src/tsconfig.json": "{}\n",
      "workflows-src/generated-workflows.ts": "// mine\n",
      ".gitattributes": "generated/** mine\n",
      ".github/workflows/ci.yml": "on: push\n",
    };
    project = new ProjectFolder(own);
    const { out } = project.run(["init"]);
    const after = project.files();
    expect(after).toMatchObject({
      ...own,
      "package.json": expect.any(String) as string,
      ".gitattributes": expect.any(String) as string,
    });
    expect(JSON.parse(after["package.json"] ?? "")).toEqual({
      scripts: { "workflows:gen": "my own", "workflows:check": "flowkeep check" },
    });
    expect(after[".gitattributes"]).toBe(
      "generated/** mine\n.github/workflows/*.yml text eol=lf\ngenerated/pushes.md -linguist-generated\n",
    );
    expect(Object.keys(after)).not.toContain("flowkeep.config.ts");
    expect(Object.keys(after)).not.toContain("workflows-src/ci.ts");
    expect(out).toContain(".github/workflows/ci.yml stays as it is");
  });

  it.each([
    ["generated-workflows.yml", "check-generated-workflows"],
    ["Generated-Workflows.yaml", "check-generated-workflows"],
    ["ci.yml", "generated-workflows"],
  ])("names its check so that it does not become a %s that somebody wrote", (own, name) => {
    const files = { "package.json": PACKAGE, [`.github/workflows/${own}`]: "on: push\njobs: {}\n" };
    project = new ProjectFolder(files);
    project.run(["init", "--yes"]);
    expect(project.run(["gen"]).code).toBe(0);
    expect(project.read(`.github/workflows/${name}.yml`)).toContain("run: npx flowkeep check");
    expect(project.files()).toMatchObject({ [`.github/workflows/${own}`]: "on: push\njobs: {}\n" });
    const before = project.files();
    expect(project.run(["init", "--yes"]).out).toMatch(/^nothing to do/);
    expect(project.files()).toEqual(before);
  });

  it("adds no check where a workflow has one, whoever wrote it", () => {
    const own = "on: pull_request\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: npm run workflows:check\n";
    project = new ProjectFolder({ "package.json": PACKAGE, ".github/workflows/ci.yml": own });
    expect(project.run(["init"]).out).not.toContain("generated-workflows");
  });

  it("sets up all or nothing", () => {
    const own = { "package.json": PACKAGE, "generated/actions.lock.json/x": "", ".gitattributes": "*.png binary\n" };
    project = new ProjectFolder({ ...own, "generated/actions.d.ts/x": "" });
    project.remove("generated/actions.lock.json");
    const before = project.files();
    expect(project.run(["init"])).toMatchObject({ code: 2, err: expect.stringContaining("actions.d.ts") as string });
    expect(project.files()).toEqual(before);
    expect(existsSync(project.path("workflows-src"))).toBe(false);
  });

  it("says that GitHub will not look below the root", () => {
    project = new ProjectFolder({ ".git/HEAD": "ref: refs/heads/main\n", "sub/package.json": PACKAGE });
    expect(project.run(["init", "--cwd", "sub"]).out).toContain(`that is ${project.root}: run \`init\` there`);
    expect(project.run(["init"]).out).not.toContain("GitHub reads");
  });

  it("knows the branch and the package manager", () => {
    project = new ProjectFolder({ ".git/HEAD": "ref: refs/heads/master\n", "pnpm-lock.yaml": "" });
    const { out } = project.run(["init"]);
    expect(out).toContain("there is no package.json");
    project.write({ "package.json": "{}" });
    expect(project.run(["init"]).out).toContain("install what is missing: pnpm add --save-dev flowkeep typescript");
    expect(project.read("workflows-src/ci.ts")).toContain('push: { branches: ["master"] }');
    expect(project.read("workflows-src/ci.ts")).toContain('run({ run: "pnpm install --frozen-lockfile" })');
  });

  it("tells in JSON what it wrote", () => {
    project = new ProjectFolder({ "package.json": "{}" });
    expect(JSON.parse(project.run(["init", "--format", "json"]).out)).toMatchObject({
      version: 1,
      written: expect.arrayContaining(["package.json"]) as string[],
      notes: ["install what is missing: npm install --save-dev flowkeep typescript"],
    });
  });
});
