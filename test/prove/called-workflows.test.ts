import { describe, expect, it } from "vitest";
import { tryYaml } from "./prove-yaml.ts";

const COMMIT = "git config user.name x && git config user.email x@example.com && git commit --quiet --allow-empty -m x";

const CALLED = `on:
  workflow_call:
    inputs:
      branch:
        type: string
        default: never
      pushes:
        type: boolean
    secrets:
      token:
        required: true
    outputs:
      where:
        value: \${{ jobs.publish.outputs.where }}
env:
  LEVEL: inner
jobs:
  first:
    runs-on: ubuntu-latest
    outputs:
      prefix: \${{ steps.x.outputs.prefix }}
    steps:
      - id: x
        run: echo "prefix=from-$LEVEL" >> "$GITHUB_OUTPUT"
  publish:
    needs: first
    if: inputs.pushes
    runs-on: ubuntu-latest
    outputs:
      where: \${{ needs.first.outputs.prefix }}/\${{ inputs.branch }}
    steps:
      - uses: actions/checkout@v5
        with:
          token: \${{ secrets.token }}
      - run: |
          ${COMMIT}
          git push origin "HEAD:\${{ needs.first.outputs.prefix }}/\${{ inputs.branch }}"
`;

const caller = (pushes: string): string => `on: push
permissions:
  contents: write
env:
  LEVEL: outer
jobs:
  name:
    runs-on: ubuntu-latest
    outputs:
      branch: \${{ steps.x.outputs.branch }}
    steps:
      - id: x
        run: echo "branch=topic" >> "$GITHUB_OUTPUT"
  release:
    needs: name
    uses: ./.github/workflows/called.yml
    with:
      branch: \${{ needs.name.outputs.branch }}
      pushes: ${pushes}
    secrets:
      token: \${{ secrets.PAT }}
  after:
    needs: release
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: ${COMMIT} && git push origin HEAD:\${{ needs.release.outputs.where }}-again
`;

describe.concurrent("a workflow of the repository that a job calls", () => {
  const files = { ".github/workflows/called.yml": CALLED };

  it("gets inputs, secrets and needs, and gives outputs", async () => {
    const { proof, lines } = await tryYaml(caller("true"), { files, repository: "octo/app" });
    expect(proof.jobs.map(({ job }) => job)).toEqual(["name", "release / first", "release / publish", "after"]);
    expect(lines).toEqual(["pat:PAT = pat:PAT landed", "github-token = github-token landed"]);
    expect(proof.jobs.flatMap(({ pushes }) => pushes.map(({ observed }) => observed?.message))).toEqual([
      "refs/heads/from-inner/topic created",
      "refs/heads/from-inner/topic-again created",
    ]);
  });

  it("is left out where its condition is false, and tried by the calling job's name", async () => {
    const { proof } = await tryYaml(caller("false"), { files, repository: "octo/app", job: "release" });
    expect(proof.jobs.map(({ job, skipped }) => [job, skipped])).toEqual([
      ["name", undefined],
      ["release / first", undefined],
      ["release / publish", "its condition is false: inputs.pushes"],
    ]);
  });

  it("has no more rights than its caller gives, and no secrets that it is not given", async () => {
    const yaml = caller("true")
      .replace("contents: write", "contents: read")
      .replace("    secrets:\n      token: ${{ secrets.PAT }}\n", "    secrets: inherit\n");
    const { lines } = await tryYaml(yaml, { files, repository: "octo/app", job: "release" });
    expect(lines).toEqual(["pat:token = pat:token landed"]);
    const own = CALLED.replace("token: ${{ secrets.token }}", "fetch-depth: 1").replace(
      "env:\n",
      "permissions: write-all\nenv:\n",
    );
    const refused = await tryYaml(yaml, { files: { ".github/workflows/called.yml": own }, repository: "octo/app" });
    expect(refused.lines[0]).toBe("github-token = github-token rejected");
  });
});
