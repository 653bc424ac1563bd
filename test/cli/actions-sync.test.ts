import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { ActionServer, manifest, release } from "../actions/remote/action-server.ts";
import { ProjectFolder } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const YAML = ".github/workflows/ci.yml";
const SOURCE = "workflows-src/ci.ts";
const TEXT = `import { job, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  jobs: { a: job({ "runs-on": "ubuntu-latest", steps: [uses("actions/setup-node@v4.4.0")] }) },
});
`;

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=bot", "-c", "user.email=bot@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: project.root, encoding: "utf8" }).trim();
}

/** The commit of an exact version, as the catalogue that ships has it. */
function shaOf(ref: string): string {
  project = new ProjectFolder();
  try {
    const { out } = project.run(["actions", "add", "--offline", ref]);
    return /[0-9a-f]{40}/.exec(out)?.[0] ?? "";
  } finally {
    project.delete();
  }
}

/** A project on `main`, and a bot's branch whose files are other; `main` is checked out. */
function withBot(
  files: (path: string) => string,
  ...paths: readonly string[]
): { readonly main: string; readonly bot: string } {
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("commit", "--quiet", "-m", "main");
  const main = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "-b", "bot");
  for (const path of paths) project.write({ [path]: files(path) });
  git("commit", "--quiet", "-a", "-m", "Bump actions/setup-node from 4.4.0 to 6.5.0");
  const bot = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "main");
  return { main, bot };
}

describe("flowkeep actions sync", () => {
  it("takes over what a bot raised on its branch, which is read and not checked out", () => {
    const [old, now] = [shaOf("actions/setup-node@v4.4.0"), shaOf("actions/setup-node@v6.5.0")];
    project = new ProjectFolder({ [SOURCE]: TEXT, "package.json": "{}\n" });
    expect(project.run(["gen"]).code).toBe(0);
    const raise = (path: string) =>
      path === "package.json" ? '{ "x": 1 }\n' : project.read(path).replace(`${old} # v4.4.0`, `${now} # v6.5.0`);
    // What a bot changes besides is not flowkeep's.
    const { main, bot } = withBot(raise, YAML, "package.json");
    const offline = ["--offline", "--server-url", "http://127.0.0.1:9"];

    const foreign = { GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "pull_request_target", GITHUB_SHA: main };
    expect(project.run(["actions", "sync", ...offline], foreign).err).toContain(
      "sources are not run under pull_request_target",
    );
    expect(
      project.run(["actions", "sync", "--from", "bot", ...offline], { ...foreign, GITHUB_SHA: bot }),
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining("what is checked out is not the commit of the default branch") as string,
    });
    const synced = project.run(["actions", "sync", "--from", bot, ...offline], { ...foreign, GITHUB_ACTIONS: "true" });
    expect(synced).toMatchObject({ code: 0 });
    expect(synced.out).toContain("actions/setup-node@v4.4.0 → actions/setup-node@v6.5.0 v6.5.0\n");
    expect(project.read(SOURCE)).toBe(TEXT.replace("v4.4.0", "v6.5.0"));
    expect(project.read(YAML)).toContain(`actions/setup-node@${now} # v6.5.0`);
    expect(project.read("package.json")).toBe("{}\n");
    expect(project.run(["check"]).code).toBe(0);

    // With the bot's commit below it, the same working tree is the bot's change and what follows from it.
    git("reset", "--quiet", bot);
    expect(git("diff", "--name-only").split("\n")).toEqual(
      expect.arrayContaining(["generated/actions.lock.json", SOURCE, "package.json"]),
    );
    expect(git("diff", "--name-only")).not.toContain(YAML);
    expect(project.run(["actions", "sync", ...offline]).out).toBe("nothing to take over\n");
  });

  it("takes over a tag that stands in the YAML without a commit", async () => {
    const server = await ActionServer.start();
    try {
      const repository = await server.create("octo/tool");
      for (const version of ["1.0.0", "2.0.0", "2.1.0"]) {
        const commit = await release(repository, `v${version}`, { "action.yml": manifest() });
        await repository.git("tag", "--force", `v${version[0] ?? ""}`, commit);
      }
      project = new ProjectFolder({
        [SOURCE]: TEXT.replace("actions/setup-node@v4.4.0", "octo/tool@v1"),
        "flowkeep.config.json": JSON.stringify({ actions: { serverUrl: server.url } }),
        "tool.yml": manifest(),
      });
      // Whoever gives the manifest says nothing of a commit.
      expect(project.run(["actions", "add", "--offline", "octo/tool@v1", "--manifest", "tool.yml"]).code).toBe(0);
      expect(project.run(["gen"]).code).toBe(0);
      expect(project.read(YAML)).toContain("uses: octo/tool@v1\n");
      project.write({ [YAML]: project.read(YAML).replace("octo/tool@v1", "octo/tool@v2") });
      const synced = await project.runBeside(["actions", "sync"], server.env);
      expect(synced).toMatchObject({ code: 0 });
      expect(synced.out).toContain("octo/tool@v1 → octo/tool@v2 v2.1.0\n");
      expect(project.read(SOURCE)).toContain('uses("octo/tool@v2")');
      expect(project.read(YAML)).toMatch(/octo\/tool@[0-9a-f]{40} # v2\.1\.0\n/);
      expect(project.run(["check"]).code).toBe(0);
    } finally {
      await server.stop();
    }
  });

  it("refuses a branch that changes a source, and a name that is none, and writes nothing", () => {
    project = new ProjectFolder({ [SOURCE]: TEXT });
    project.run(["gen"]);
    withBot((path) => `${project.read(path)}// evil\n`, SOURCE);
    const refused = project.run(["actions", "sync", "--from", "bot", "--offline"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`${SOURCE} is changed, too, and that is no version bump`);
    expect(refused.err).toContain("nothing was taken over");
    expect(git("status", "--porcelain")).toBe("");
    for (const name of ["--upload-pack=x", "nobody", "-c", "$(touch x)"])
      expect(project.run(["actions", "sync", `--from=${name}`, "--offline"])).toMatchObject({
        code: 2,
        err: expect.stringContaining(`there is no commit ${name} here`) as string,
      });
  });

  it("raises every use where one was raised, and calls that no edit by hand", () => {
    const [old, now] = [shaOf("actions/setup-node@v4.4.0"), shaOf("actions/setup-node@v6.5.0")];
    const twice = TEXT.replace("[uses(", '[uses("actions/setup-node@v4.4.0"), uses(');
    project = new ProjectFolder({ [SOURCE]: twice });
    expect(project.run(["gen"]).code).toBe(0);
    project.write({ [YAML]: project.read(YAML).replace(`${old} # v4.4.0`, `${now} # v6.5.0`) });
    const { code, err } = project.run(["actions", "sync", "--offline"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(project.read(YAML).split(`${now} # v6.5.0`)).toHaveLength(3);
    expect(project.read(SOURCE).split("actions/setup-node@v6.5.0")).toHaveLength(3);
  });

  it.each([
    [
      "the comment alone",
      (yaml: string) => yaml.replace("# v4.4.0", "# v6.5.0"),
      /# v4\.4\.0 → .* # v6\.5\.0: the comment says v6\.5\.0, and the catalogue has that at /,
    ],
    [
      "a file that is no YAML any more",
      (yaml: string) => `${yaml.replace("# v4.4.0", "# v6.5.0")}  - [\n`,
      /ci\.yml:\d+:\d+ error .* cannot be read any more: /,
    ],
  ])("refuses %s, and says why", (_, edit, said) => {
    project = new ProjectFolder({ [SOURCE]: TEXT });
    expect(project.run(["gen"]).code).toBe(0);
    project.write({ [YAML]: edit(project.read(YAML)) });
    const { code, err } = project.run(["actions", "sync", "--offline"]);
    expect(code).toBe(1);
    expect(err).toMatch(said);
  });
});
