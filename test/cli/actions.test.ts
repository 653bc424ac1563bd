import { afterEach, describe, expect, it } from "vitest";
import { ActionServer, manifest, release } from "../actions/remote/action-server.ts";
import { ProjectFolder, workflowSaying } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const LOCK = "generated/actions.lock.json";
const TYPES = "generated/actions.d.ts";

describe("flowkeep actions", () => {
  it("adds, lists and removes, offline", () => {
    project = new ProjectFolder();
    const added = project.run(["actions", "add", "--offline", "actions/checkout@v5.1.0", "actions/cache@v4"]);
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

  it("says of a local action that it needs no pin, and not that it has none", () => {
    project = new ProjectFolder({ ".github/actions/x/action.yml": "name: x\nruns: { using: node24, main: x.js }\n" });
    const { out } = project.run(["actions", "add", "./.github/actions/x"]);
    expect(out).toBe("./.github/actions/x  needs no pin: it comes with the workflow's own commit  node24\n");
    expect(project.run(["actions", "list"]).out).toBe(out);
    expect(JSON.parse(project.run(["actions", "list", "--format", "json"]).out)).toMatchObject({
      actions: [{ ref: "./.github/actions/x", unpinned: "local", notes: [] }],
    });
  });

  it("writes nothing where it does not know an action, and suggests", () => {
    project = new ProjectFolder();
    expect(
      project.run(["actions", "add", "--offline", "actions/chekout@v5", "nobody/nothing@v1", "actions/cache@v4"]),
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

  it("reads what the catalogue does not know from its repository", async () => {
    project = new ProjectFolder({ "workflows-src/ci.ts": workflowSaying("x") });
    const server = await ActionServer.start();
    try {
      const repository = await server.create("octo/deploy");
      await release(repository, "v1.2.0", {
        "action.yml": manifest(["level"]),
        ".github/workflows/call.yml": "on: workflow_call\njobs: { j: { runs-on: x, steps: [{ run: x }] } }\n",
      });
      const sha = await release(repository, "v1.3.0", { "action.yml": manifest(["depth"]) });
      const add = (...args: readonly string[]) => project.runBeside(["actions", "add", ...args], server.env);
      const added = await add(
        "octo/deploy@v1",
        "octo/deploy/.github/workflows/call.yml@v1.3.0",
        "--server-url",
        server.url,
      );
      expect(added).toMatchObject({ code: 0, err: "" });
      expect(added.out).toMatch(new RegExp(`^octo/deploy@v1 +${sha} # v1\\.3\\.0  node24$`, "m"));
      expect(JSON.parse(project.read(LOCK))).toMatchObject({
        actions: {
          "octo/deploy@v1": { sha, tag: "v1.3.0", interface: { inputs: { depth: { description: "The depth" } } } },
          "octo/deploy/.github/workflows/call.yml@v1.3.0": { sha, tag: "v1.3.0", uses: [] },
        },
      });
      expect(project.read(TYPES)).toMatch(/\/\*\* The depth \*\/\n {2}depth\?: Text;/);
      // What is locked stays locked, and needs no server.
      await release(repository, "v1.4.0", { "action.yml": manifest(["new"]) });
      const asked = server.requests.length;
      expect((await add("octo/deploy@v1", "--server-url", server.url)).out).toContain("# v1.3.0");
      expect(server.requests.length).toBe(asked);
      expect(project.run(["gen"]).code).toBe(0);
      expect(project.read(LOCK)).toContain('"v1.3.0"');

      project.write({ "flowkeep.config.json": JSON.stringify({ actions: { serverUrl: server.url } }) });
      const unknown = await add("octo/deploy@v9", "octo/none@v1");
      expect(unknown.code).toBe(2);
      expect(unknown.err).toMatch(
        /octo\/deploy@v9: octo\/deploy on 127.* there is no tag or branch v9\. Did you mean octo\/deploy@v1\.4\.0\?\n.*octo\/none on .*there is no such repository, or your git has no credential/,
      );
    } finally {
      await server.stop();
    }
  });

  it("does with the catalogue what it can where no server answers, and says so", () => {
    project = new ProjectFolder();
    const add = project.run(["actions", "add", "actions/cache@v4", "--server-url", "http://127.0.0.1:9"]);
    expect(add.code).toBe(0);
    expect(add.out).toMatch(
      /actions\/cache on 127\.0\.0\.1:9 cannot be reached .* actions\/cache@v4 is as the catalogue knows it/,
    );
    const wrong = project.run(["actions", "add", "actions/cache@v4", "--server-url", "https://me:token@github.com"]);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("github.com holds a credential") as string });
    expect(wrong.err).not.toContain("token@");
    project.write({ "flowkeep.config.json": '{ "actions": { "serverUrl": "git.example.com" } }' });
    expect(project.run(["actions", "add", "actions/cache@v4"]).err).toContain('"git.example.com" is no server');
  });
});
