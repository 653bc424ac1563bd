import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ActionServer, release } from "../actions/remote/action-server.ts";
import { ProjectFolder } from "../cli/project-folder.ts";

const SOURCE = `import { job, uses, workflow } from "flowkeep";

export default workflow({
  on: { push: {} },
  jobs: {
    a: job({
      "runs-on": "ubuntu-latest",
      steps: [
        uses("./.github/actions/odd", { with: { level: "recursive" } }),
        uses("octo/private/docker@v1", { with: { key: "k", args: "-v" } }),
        uses("octo/private/composite@v1", { with: { key: "k" } }),
      ],
    }),
  },
});
`;

it("types actions of a path and of a private repository, with any casing, of Docker and composite", async () => {
  const server = await ActionServer.start({ password: "s3cret" });
  const project = new ProjectFolder({
    "flowkeep.config.json": JSON.stringify({ actions: { serverUrl: server.url } }),
    "workflows-src/ci.ts": SOURCE,
    ".github/actions/odd/action.yaml": `name: Odd
inputs:
  level: { Default: "false", Description: How deep }
  old: { Required: TRUE, DeprecationMessage: write level, default: x }
runs: { using: node24, main: index.js }
`,
  });
  try {
    await release(await server.create("octo/private"), "v1.0.0", {
      "docker/action.yml": "inputs: { key: { required: true } }\nruns: { using: docker, image: Dockerfile }\n",
      "composite/action.yaml":
        "inputs: { key: { required: true } }\noutputs: { made: { value: x } }\nruns: { using: composite, steps: [{ uses: octo/private/docker@v1 }] }\n",
    });
    const { host } = new URL(server.url);
    await writeFile(join(server.home, ".git-credentials"), `http://me:s3cret@${host}\n`);
    await writeFile(join(server.home, ".gitconfig"), "[credential]\n\thelper = store\n");
    const refs = ["./.github/actions/odd", "octo/private/docker@v1", "octo/private/composite@v1"];
    expect(await project.runBeside(["actions", "add", ...refs], server.env)).toMatchObject({ code: 0, err: "" });
    const types = project.read("generated/actions.d.ts");
    // A default of false does not make a boolean; the message stands in the editor.
    expect(types).toContain("  /**\n   * How deep\n   * Default: `false`\n   */\n  level?: Text;\n");
    expect(types).toContain("  /**\n   * Default: `x`\n   * @deprecated write level\n   */\n  old?: Text;\n");
    expect(types).toMatch(/interface OctoPrivateDockerV1Inputs \{[^}]*\bargs\?: Text;[^}]*\bkey: Text;/);
    expect(types).toContain('outputs: "made"');
    expect(project.run(["gen"])).toMatchObject({ code: 0 });
    expect(project.run(["check", "--fail-on", "error"])).toMatchObject({ code: 0 });
    const everything = Object.values(project.files()).join("\n");
    expect(everything).not.toContain("s3cret");
  } finally {
    project.delete();
    await server.stop();
  }
});
