import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder } from "./project-folder.ts";

const WORKFLOW = `on: push
permissions:
  contents: write
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - name: Measure
        run: ./measure.sh
      - name: Push
        env:
          TOKEN: \${{ secrets.RELEASE_PAT }}
        run: |
          git config user.name x && git config user.email x@example.com
          git commit --allow-empty -m x
          git push "https://x:$TOKEN@github.com/octo/app" HEAD:main
`;
const FILE = ".github/workflows/release.yml";

let project: ProjectFolder;
afterEach(() => project.delete());

describe("flowkeep prove", () => {
  it("tells who pushed beside who was predicted, and leaves nothing behind", async () => {
    project = new ProjectFolder({ [FILE]: WORKFLOW });
    // Its own: other runs of the suite leave theirs meanwhile.
    mkdirSync(project.path("tmp"));
    const args = ["prove", FILE, "--yes", "--stub", "Measure=true", "--format", "json"];
    const { code, out, err } = await project.runBeside(args, { TMPDIR: project.path("tmp") });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({
      version: 1,
      pushes: [
        {
          workflow: FILE,
          job: "release",
          step: 2,
          predicted: { identity: { kind: "github-token" }, verdict: "hijacked" },
          observed: {
            identity: { kind: "github-token" },
            outcome: "landed",
            message: "refs/heads/main updated",
          },
          agree: true,
        },
      ],
      skipped: [{ job: "release", step: 1, reason: "replaced by --stub" }],
    });
    expect(readdirSync(project.path("tmp"))).toEqual([]);
    expect(existsSync(project.path(".git"))).toBe(false);
  });

  it("prints no token that stands in a workflow", async () => {
    const token = `ghp_${"A".repeat(36)}`;
    const workflow = WORKFLOW.replace("./measure.sh", `echo ${token} && exit 3`).replace(
      "      - name: Measure\n        run",
      "      - run",
    );
    project = new ProjectFolder({ [FILE]: workflow });
    const { out } = await project.runBeside(["prove", FILE, "--yes"], {});
    expect(out).toContain("Run echo ***");
    expect(out).not.toContain(token);
  });

  it("asks before it runs scripts", () => {
    project = new ProjectFolder({ [FILE]: WORKFLOW });
    const { code, err } = project.run(["prove", FILE]);
    expect(code).toBe(2);
    expect(err).toContain("This runs the scripts of .github/workflows/release.yml on this machine");
    expect(err).toContain("--yes goes ahead without asking");
  });

  it("ends with 2 where no push could be tried, and says what to do", () => {
    project = new ProjectFolder({ [FILE]: WORKFLOW });
    const { code, out } = project.run(["prove", FILE], { CI: "true" });
    expect(code).toBe(2);
    expect(out).toContain("step 2 'Measure': failed, exit code 127");
    expect(out).toContain("--stub 'Measure=");
  });

  it.each([
    [["prove", ".github/workflows/no.yml", "--yes"], "there is no file .github/workflows/no.yml: name its YAML file"],
    [["prove", "release", "--yes"], `there is no file release: write ${FILE}`],
    [["prove", "release.yml", "--yes"], `there is no file release.yml: write ${FILE}`],
    [["prove", FILE, "--yes", "--job", "test"], "has no job 'test' with steps; it has release"],
    [["prove", FILE, "--yes", "--stub", "Measure"], "--stub 'Measure' is not --stub 'step name=commands'"],
    [
      ["prove", FILE, "--yes", "--stub", "Messure=true"],
      "no step of the jobs that are tried is called 'Messure'; did you mean 'Measure'?",
    ],
    [["prove", FILE, "--yes", "--port", "99999"], "--port 99999 is not a number from 1 to 65535"],
    [["prove", FILE, "--yes", "--step-limit", "soon"], "--step-limit soon is not a number above 0"],
    [["prove", FILE, "--yes", "--repository", "app"], "--repository app is not owner/name"],
  ])("%j is refused with a sentence", (args, message) => {
    project = new ProjectFolder({ [FILE]: WORKFLOW });
    const { code, err } = project.run(args);
    expect({ code, first: err.split("\n")[0] }).toEqual({
      code: 2,
      first: expect.stringContaining(message) as unknown,
    });
  });
});
