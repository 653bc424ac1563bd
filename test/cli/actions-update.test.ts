import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ActionServer, release } from "../actions/remote/action-server.ts";
import { ProjectFolder } from "./project-folder.ts";

let server: ActionServer;
let shas: Record<"one" | "two", string>;
let project: ProjectFolder;
beforeAll(async () => {
  server = await ActionServer.start();
  const repository = await server.create("octo/deploy");
  const action = (inputs: string, node: string) => `inputs:\n${inputs}runs: { using: ${node}, main: index.js }\n`;
  shas = {
    one: await release(repository, "v1.0.0", { "action.yml": action("  level: {}\n  gone: {}\n", "node20") }),
    two: await release(repository, "v2.3.0", { "action.yml": action("  level: {}\n  added: {}\n", "node24") }),
  };
  await repository.git("tag", "v2", shas.two);
});
afterAll(() => server.stop());
afterEach(() => project.delete());

const YAML = ".github/workflows/ci.yml";

async function locked(source: string, refs: readonly string[], more: Readonly<Record<string, string>> = {}) {
  project = new ProjectFolder({
    "flowkeep.config.json": JSON.stringify({ actions: { serverUrl: server.url } }),
    "workflows-src/ci.ts": source,
    ...more,
  });
  expect((await project.runBeside(["actions", "add", ...refs], server.env)).err).toBe("");
  expect(project.run(["gen"])).toMatchObject({ code: 0 });
}

const update = (...args: readonly string[]) => project.runBeside(["actions", "update", ...args], server.env);

const HEAD = `import { job, run, uses, workflow } from "flowkeep";\n`;
const around = (steps: string) =>
  `export default workflow({ on: { push: {} }, jobs: { a: job({ "runs-on": "ubuntu-latest", steps: [${steps}] }) } });\n`;

describe("flowkeep actions update", () => {
  it("shows what changes, writes it into sources, lock, types and YAML, and leaves check green", async () => {
    const shared = `export const deploy = { uses: 'octo/deploy@v1' as const, with: { level: 1 } };\n`;
    await locked(
      `${HEAD}import { deploy } from "./shared.ts";\n${around(`uses("octo/deploy@v1", { with: { level: 1 } }), deploy, run({ run: "echo octo/deploy@v1" })`)}`,
      ["octo/deploy@v1"],
      { "workflows-src/shared.ts": shared },
    );
    const before = project.files();
    const dry = await update("--major", "--dry-run");
    expect(dry.code).toBe(0);
    expect(dry.out).toBe(
      [
        "action          from    to      changes",
        "octo/deploy@v1  v1.0.0  v2.3.0  written @v2; node20 → node24; new inputs: added; inputs gone: gone",
        "",
      ].join("\n"),
    );
    expect(project.files()).toEqual(before);
    expect((await update()).out).toBe("1 is the newest already\n");

    const done = await update("octo/deploy", "--major");
    expect(done.code).toBe(0);
    expect(done.out).toContain(`wrote ${YAML}\n`);
    expect(project.read("workflows-src/ci.ts")).toBe(
      before["workflows-src/ci.ts"]?.replace('uses("octo/deploy@v1"', 'uses("octo/deploy@v2"'),
    );
    expect(project.read("workflows-src/shared.ts")).toBe(shared.replace("@v1", "@v2"));
    expect(project.read(YAML)).toContain(`uses: octo/deploy@${shas.two} # v2.3.0\n`);
    expect(project.read(YAML)).toContain("echo octo/deploy@v1");
    expect(project.read("generated/actions.d.ts")).toContain('"octo/deploy@v2"');
    expect(project.read("generated/actions.lock.json")).not.toContain("@v1");
    expect(project.run(["check"])).toMatchObject({ code: 0 });
  });

  it("tells an input that is gone at the line that gives it, and writes nothing", async () => {
    await locked(`${HEAD}${around(`\n  uses("octo/deploy@v1", { with: { level: 1, gone: "x" } }),\n`)}`, [
      "octo/deploy@v1",
    ]);
    const before = project.files();
    const { code, out, err } = await update("--major");
    expect(code).toBe(1);
    expect(out).toContain("inputs gone: gone");
    expect(err).toMatch(/^workflows-src\/ci\.ts:3:3 error .*octo\/deploy@v1 has no input `gone`.*\n/);
    expect(err).toContain("nothing was written");
    expect(project.files()).toEqual(before);
    const json = JSON.parse((await update("--major", "--format", "json")).out) as object;
    expect(json).toMatchObject({
      updates: [
        {
          ref: "octo/deploy@v1",
          next: "octo/deploy@v2",
          from: { tag: "v1.0.0" },
          to: { sha: shas.two, tag: "v2.3.0" },
        },
      ],
      findings: [{ ruleId: "unknown-input", span: { file: "workflows-src/ci.ts", startLine: 3 } }],
      written: [],
    });
  });

  it("puts everything back where a source puts its ref together from pieces", async () => {
    await locked(`${HEAD}const version = "v1.0.0";\n${around("\n  { uses: `octo/deploy@${version}` },\n")}`, [
      "octo/deploy@v1.0.0",
    ]);
    const before = project.files();
    const { code, err } = await update("--major");
    expect(code).toBe(2);
    expect(err).toMatch(/workflows-src\/ci\.ts:\d+:\d+ error .*octo\/deploy@v1\.0\.0 is put together from pieces here/);
    expect(project.files()).toEqual(before);
    expect(await update("octo/depoly@v1.0.0")).toMatchObject({
      code: 2,
      err: expect.stringContaining("did you mean octo/deploy@v1.0.0?") as string,
    });
    expect((await update("--cooldown", "soon")).err).toContain("--cooldown is a number of hours, days or weeks");
  });
});
