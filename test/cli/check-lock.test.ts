import { afterEach, describe, expect, it } from "vitest";
import { ActionServer, manifest, release } from "../actions/remote/action-server.ts";
import { ProjectFolder } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const LOCK = "generated/actions.lock.json";
const YAML = ".github/workflows/ci.yml";
const SHA = /[0-9a-f]{40}/;

function using(...refs: readonly string[]): string {
  const steps = refs.map((ref) => `      uses(${JSON.stringify(ref)}),\n`).join("");
  return `import { job, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  jobs: {
    a: job({ "runs-on": "ubuntu-latest", steps: [
${steps}    ] }),
  },
});
`;
}

describe("flowkeep check, of the lock", () => {
  it("finds what differs, each at its place", () => {
    project = new ProjectFolder({
      "workflows-src/ci.ts": using("actions/checkout@v5.1.0", "actions/setup-node@v6.5.0", "./.github/actions/mine"),
      ".github/actions/mine/action.yml": manifest(["x"]),
    });
    project.run(["actions", "add", "./.github/actions/mine"]);
    project.run(["gen"]);
    const lock = project.read(LOCK);
    const parsed = JSON.parse(lock) as { readonly actions: Record<string, unknown> };
    const { "actions/setup-node@v6.5.0": _, ...rest } = parsed.actions;
    const actions = { ...rest, "actions/stale@v10.1.0": { sha: "1".repeat(40), uses: [] } };
    project.write({
      [LOCK]: `${JSON.stringify({ ...parsed, actions }, undefined, 2)}\n`,
      // A commit that somebody, or something, put into the YAML.
      [YAML]: project.read(YAML).replace(SHA, "2".repeat(40)),
      ".github/actions/mine/action.yml": manifest(["y"]),
    });
    const { code, out } = project.run(["check", "--format", "json"]);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as {
      readonly findings: readonly {
        readonly ruleId: string;
        readonly message: string;
        readonly span: { readonly file: string; readonly startLine: number };
      }[];
    };
    const yamlLine = lineOf(project.read(YAML), "2".repeat(40));
    const found = findings.filter(({ ruleId }) => ruleId !== "missing-key");
    expect(found.map(({ ruleId, span }) => `${ruleId} ${span.file}:${span.startLine}`)).toEqual([
      `pin-not-locked ${YAML}:${yamlLine}`,
      `manifest-changed ${LOCK}:${lineOf(project.read(LOCK), '"./.github/actions/mine"') + 2}`,
      `unused-action ${LOCK}:${lineOf(project.read(LOCK), "actions/stale")}`,
      "missing-lock-entry workflows-src/ci.ts:8",
    ]);
    expect(found[0]?.message).toMatch(
      new RegExp(`^this is actions/checkout@2{40}, and by the lock it is actions/checkout@${SHA.source}: if a bot`),
    );
  });

  it("suspects no bot where it is the source that changed", () => {
    const file = "workflows-src/ci.ts";
    project = new ProjectFolder({ [file]: using("actions/checkout@v5.1.0") });
    project.run(["gen"]);
    for (const ref of ["actions/checkout@v6.1.0", "actions/checkout@v6.9.9"]) {
      project.write({ [file]: using(ref) });
      const { code, out } = project.run(["check", "--quiet"]);
      expect(out).not.toContain("pin-not-locked");
      expect(code).toBe(ref.endsWith("9") ? 2 : 1);
    }
    const { out } = project.run(["check"]);
    expect(out).toContain("no bindings for actions/checkout@v6.9.9");
    expect(out).not.toContain("unpinned-uses");
  });

  it("asks the repositories with --online, and does not pass for what it could not ask", async () => {
    project = new ProjectFolder();
    const server = await ActionServer.start();
    try {
      const repository = await server.create("octo/deploy");
      await release(repository, "v1.0.0", { "action.yml": manifest() });
      project.write({
        "flowkeep.config.json": JSON.stringify({ actions: { serverUrl: server.url } }),
        "workflows-src/ci.ts": using("octo/deploy@v1"),
      });
      expect((await project.runBeside(["actions", "add", "octo/deploy@v1"], server.env)).code).toBe(0);
      expect(project.run(["gen"]).code).toBe(0);
      expect(await project.runBeside(["check", "--online"], server.env)).toMatchObject({ code: 0 });
      await release(repository, "v1.0.0", { "action.yml": manifest(["evil"]) });
      const moved = await project.runBeside(["check", "--online"], server.env);
      expect(moved.code).toBe(1);
      expect(moved.out).toMatch(
        /generated\/actions\.lock\.json:6:14 error the tag v1\.0\.0 of octo\/deploy is at .* .moved-tag/,
      );
    } finally {
      await server.stop();
    }
    const unasked = project.run(["check", "--online"], server.env);
    expect(unasked.code).toBe(2);
    expect(unasked.out).toMatch(
      /octo\/deploy@v1 could not be verified: octo\/deploy on 127\.0\.0\.1:\d+ cannot be reached/,
    );
    expect(project.run(["check"]).code).toBe(0);
  });
});

function lineOf(text: string, word: string): number {
  return text.slice(0, text.indexOf(word)).split("\n").length;
}
