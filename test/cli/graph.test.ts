import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

const HIJACKED = `on: push
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: git push "https://x:\${{ secrets.PAT }}@github.com/octo/app" HEAD:main
`;

let project: ProjectFolder;
afterEach(() => project.delete());

describe("flowkeep graph", () => {
  it("writes one page of sources and YAML, with both places, and the same one again", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": workflowSaying("x"),
      ".github/workflows/own.yml": HIJACKED,
    });
    expect(project.run(["graph", "--out", "pages/all.html"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("wrote pages/all.html") as string,
    });
    const page = project.read("pages/all.html");
    expect(page).toContain('href="../workflows-src/ci.ts#L');
    expect(page).toContain('href="../.github/workflows/ci.yml#L');
    expect(page).toContain("✗ push: hijacked");
    // Nothing comes from elsewhere.
    expect(page).not.toMatch(/<(?:link|img|iframe|script [^>]*src)|@import|url\((?!#)/);
    project.run(["graph", "--out", "pages/all.html"]);
    expect(project.read("pages/all.html")).toBe(page);
  });

  it("overwrites no page that is somebody's own", () => {
    project = new ProjectFolder({ ".github/workflows/own.yml": HIJACKED, "index.html": "mine" });
    expect(project.run(["graph", "--out", "index.html"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("index.html is there already") as string,
    });
    expect(project.read("index.html")).toBe("mine");
    expect(project.run(["graph", "--out", "index.html", "--force"]).code).toBe(0);
  });

  it.each([
    ["json", /^\{\n {2}"version": 1,/],
    ["mermaid", /^flowchart LR\n/],
    ["svg", /^<svg [^]*<\/svg>\n$/],
  ])("prints %s", (format, wanted) => {
    project = new ProjectFolder({ ".github/workflows/own.yml": HIJACKED });
    const { code, out } = project.run(["graph", "--format", format]);
    expect(code).toBe(0);
    expect(out).toMatch(wanted);
    expect(out).toMatch(/GITHUB_TOKEN|hijacked/);
  });

  it.each(["html", "json", "mermaid", "svg"])("prints no token that stands in a workflow: %s", (format) => {
    const token = `ghp_${"A".repeat(36)}`;
    project = new ProjectFolder({ ".github/workflows/own.yml": HIJACKED.replace("${{ secrets.PAT }}", token) });
    const { code, out } = project.run(["graph", ...(format === "html" ? ["--out", "p.html"] : ["--format", format])]);
    const shown = format === "html" ? project.read("p.html") : out;
    expect({ code, holds: shown.includes(token) }).toEqual({ code: 0, holds: false });
    expect(shown).toContain("one");
  });

  it("says on the page which files could not be read", () => {
    project = new ProjectFolder({ ".github/workflows/broken.yml": "on: [\n", ".github/workflows/own.yml": HIJACKED });
    const { code, err } = project.run(["graph", "--out", "page.html"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^\.github\/workflows\/broken\.yml:\d+:\d+ error .* \[invalid-yaml\]$/m);
    const page = project.read("page.html");
    expect(page).toContain("; not all files could be read");
    expect(page).toMatch(/<p class="finding error">.*<code>invalid-yaml<\/code> .*broken\.yml:\d+</);
    expect(JSON.parse(project.run(["graph", "--format", "json"]).out)).toMatchObject({
      workflows: [{ path: ".github/workflows/own.yml" }],
      missing: [{ ruleId: "invalid-yaml", at: { file: ".github/workflows/broken.yml" } }],
    });
  });

  it("is so small that 100 workflows with six pushing jobs each stay well below 1 MB", () => {
    const job = (id: number): string =>
      `  job-${id}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: git push origin HEAD:main\n`;
    const text = `on: push\njobs:\n${[1, 2, 3, 4, 5, 6].map(job).join("")}`;
    const paths = Array.from({ length: 25 }, (_, at) => `.github/workflows/w${at}.yml`);
    project = new ProjectFolder(Object.fromEntries(paths.map((path) => [path, text])));
    const { out } = project.run(["graph", "--out", "-"]);
    expect(out).toContain("150 pushes");
    expect(Buffer.byteLength(out)).toBeLessThan(170_000);
  });

  it("says what is wrong with what it is given", () => {
    project = new ProjectFolder({ ".github/workflows/broken.yml": "on: [\n", ".github/workflows/own.yml": HIJACKED });
    expect(project.run(["lint", "--format", "svg"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("only graph draws") as string,
    });
    expect(project.run(["graph", "nowhere"])).toMatchObject({ code: 2 });
    expect(project.run(["graph", "--link", "javascript:{file}"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--link takes a web address") as string,
    });
    const { code, err, out } = project.run(["graph", "--out", "-"]);
    expect(code).toBe(2);
    expect(err).toContain(".github/workflows/broken.yml:");
    expect(out).toContain("<!doctype html>");
  });
});
