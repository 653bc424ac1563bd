import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const LOCK = "generated/actions.lock.json";
const TYPES = "generated/actions.d.ts";

describe("flowkeep actions", () => {
  it("adds, lists and removes, offline", () => {
    project = new ProjectFolder();
    const added = project.run(["actions", "add", "actions/checkout@v5.1.0", "actions/cache@v4"]);
    expect(added.code).toBe(0);
    expect(added.out).toMatch(
      /^actions\/cache@v4 +not pinned.*\n +actions\/cache@v4 is not pinned: v4 is a moving tag/,
    );
    expect(added.out).toMatch(/\nactions\/checkout@v5\.1\.0 +[0-9a-f]{40} # v5\.1\.0/);
    expect(project.read(TYPES)).toContain('"actions/cache@v4"');
    expect(project.run(["actions", "list"]).out).toBe(added.out);
    expect(JSON.parse(project.run(["actions", "list", "--format", "json"]).out)).toMatchObject({
      version: 1,
      actions: [{ ref: "actions/cache@v4" }, { ref: "actions/checkout@v5.1.0", tag: "v5.1.0" }],
    });
    expect(project.run(["actions", "remove", "actions/cache@v4"]).out).toBe("removed actions/cache@v4\n");
    expect(project.read(LOCK)).not.toContain("cache");
    expect(project.read(TYPES)).not.toContain("cache");
    expect(project.run(["actions", "remove", "actions/checkout@v5.1"]).err).toContain(
      "did you mean actions/checkout@v5.1.0?",
    );
  });

  it("adds an action of the repository, and one whose manifest is given", () => {
    const manifest = "name: x\ninputs:\n  level: { required: true }\nruns:\n  using: node24\n  main: x.js\n";
    project = new ProjectFolder({
      ".github/actions/greet/action.yml": manifest,
      "their/action.yml": manifest,
      "workflows-src/ci.ts": workflowSaying("x").replace(
        "[run(",
        '[{ uses: "./.github/actions/greet" }, { uses: "acme/thing@v1" }, run(',
      ),
    });
    expect(project.run(["actions", "add", "./.github/actions/greet"]).code).toBe(0);
    expect(project.run(["actions", "add", "acme/thing@v1", "--manifest", "their/action.yml"]).code).toBe(0);
    expect(project.read(TYPES)).toContain('"./.github/actions/greet"');
    const { code, err } = project.run(["gen"]);
    expect(code).toBe(2);
    expect(err).toContain("./.github/actions/greet needs the input `level`");
    expect(project.run(["actions", "add", "actions/cache@v4", "--manifest", "none.yml"]).err).toContain(
      "there is no file none.yml",
    );
    const absolute = project.path("their/action.yml");
    expect(project.run(["actions", "add", "acme/thing@v2", "--manifest", absolute]).code).toBe(0);
  });

  it("writes nothing where it does not know an action, and suggests", () => {
    project = new ProjectFolder();
    expect(
      project.run(["actions", "add", "actions/chekout@v5", "nobody/nothing@v1", "actions/cache@v4"]),
    ).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /actions\/chekout@v5: .* Did you mean actions\/checkout@v5\?\n.*nobody\/nothing@v1: .*--manifest/,
      ) as string,
    });
    expect(project.run(["actions", "add", "docker://debian:13", "acme/thing"])).toMatchObject({
      code: 2,
      err: expect.not.stringContaining("--manifest") as string,
    });
    expect(project.files()).toEqual({});
    expect(project.run(["actions", "list"])).toMatchObject({ code: 0, out: "" });
  });

  it("does not touch a lock that it cannot read", () => {
    project = new ProjectFolder({ [LOCK]: "{}" });
    for (const args of [
      ["actions", "add", "actions/cache@v4"],
      ["actions", "list"],
      ["actions", "remove", "x"],
      ["init"],
    ])
      expect(project.run(args)).toMatchObject({ code: 2, err: expect.stringContaining(LOCK) as string });
    expect(project.files()).toEqual({ [LOCK]: "{}" });
  });
});
