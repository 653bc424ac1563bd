import { describe, expect, it } from "vitest";
import { tryYaml, withSteps } from "./prove-yaml.ts";

const AUTHOR = "git config user.name x && git config user.email x@example.com";
const COMMIT = `${AUTHOR} && git commit --quiet --allow-empty -m x`;

it("what a checkout of each layout keeps is what git sends, and without it the URL's token goes", async () => {
  const versions = ["v1", "v2", "v5", "v6"];
  const checkouts = versions.flatMap((version) => [
    `- uses: actions/checkout@${version}\n  with:\n    path: ${version}`,
    `- uses: actions/checkout@${version}\n  with:\n    path: ${version}-bare\n    persist-credentials: false`,
  ]);
  const pushes = versions.flatMap((version) => [
    `git -C ${version} push origin HEAD:${version}`,
    `git -C ${version}-bare push "https://x-access-token:$TOKEN@github.com/octo/app.git" HEAD:${version}-bare`,
  ]);
  const script = `- env:\n    TOKEN: \${{ secrets.RELEASE_PAT }}\n  run: |\n${pushes.map((push) => `    ${push} || true\n`).join("")}`;
  const { lines } = await tryYaml(withSteps(`${checkouts.join("\n")}\n${script}`));
  expect(lines).toEqual(
    versions.flatMap((version) => [
      version === "v1" ? "none = none no-credential" : "github-token = github-token landed",
      "pat:RELEASE_PAT = pat:RELEASE_PAT landed",
    ]),
  );
});

describe.concurrent("a job", () => {
  it("runs conditions, env, outputs, defaults, working directories and composite actions", async () => {
    const yaml = `
name: Everything
on:
  push:
    branches: [trunk]
env:
  LEVEL: workflow
permissions:
  contents: write
jobs:
  prepare:
    runs-on: ubuntu-latest
    outputs:
      target: \${{ steps.choose.outputs.target }}
    steps:
      - id: choose
        run: echo "target=\${{ github.ref_name }}" >> "$GITHUB_OUTPUT"
  job:
    needs: prepare
    runs-on: ubuntu-latest
    strategy:
      matrix:
        place: [deep/down, elsewhere]
    defaults:
      run:
        working-directory: \${{ matrix.place }}
        shell: bash
    steps:
      - uses: actions/checkout@v4
        with:
          token: \${{ secrets.PAT }}
      - id: facts
        working-directory: .
        run: |
          mkdir -p deep/down
          echo "MESSAGE=level $LEVEL of $GITHUB_REPOSITORY" >> "$GITHUB_ENV"
          echo "$PWD/tools" >> "$GITHUB_PATH"
          printf 'lines<<EOF\\none\\ntwo\\nEOF\\n' >> "$GITHUB_OUTPUT"
          mkdir tools && printf '#!/bin/sh\\necho from the path\\n' > tools/own-tool && chmod +x tools/own-tool
      - run: "false"
        continue-on-error: true
      - if: failure()
        run: echo never
      - if: \${{ github.ref_name == 'main' }}
        run: echo never
      - uses: ./.github/actions/commit
        with:
          message: \${{ env.MESSAGE }}, \${{ join(fromJSON('["a","b"]'), '-') }}
      - run: |
          own-tool
          echo "it is \${{ steps.facts.outputs.lines }} in \${PWD##*/}"
          git log -1 --format=%B
          git push origin "HEAD:\${{ needs.prepare.outputs.target }}"
`;
    const action = `
name: Commit
description: commits
inputs:
  message:
    description: the message
    required: true
runs:
  using: composite
  steps:
    - shell: bash
      env:
        MESSAGE: \${{ inputs.message }}
      run: ${AUTHOR} && git commit --quiet --allow-empty -m "$MESSAGE"
`;
    const { lines, log, proof } = await tryYaml(yaml, { files: { ".github/actions/commit/action.yml": action } });
    expect(lines).toEqual(["pat:PAT = pat:PAT landed"]);
    expect(log).toContain("from the path");
    expect(log).toContain("level workflow of octo/app, a-b");
    expect(log).toContain("it is one\ntwo in down");
    expect(log).not.toContain("never");
    expect(proof.jobs.map(({ job, combinations }) => [job, combinations])).toEqual([
      ["prepare", 1],
      ["job", 2],
    ]);
    expect(proof.jobs[1]?.pushes[0]?.observed?.message).toBe("refs/heads/trunk updated");
    expect(proof.jobs[1]?.steps.map(({ outcome }) => outcome)).toEqual([
      "success",
      "success",
      "failure",
      "skipped",
      "skipped",
      "success",
      "success",
    ]);
  });

  it("skips what cannot run here, and runs what is given in its place", async () => {
    const steps = `
- uses: actions/checkout@v5
- uses: actions/setup-node@v4
- name: Build
  run: npm ci && npm run build
- name: Measure
  run: sbatch --wait job.sh
- run: git add map.json && ${COMMIT} && git push
`;
    const { lines, proof } = await tryYaml(withSteps(steps), { stubs: new Map([["Measure", "echo {} > map.json"]]) });
    expect(lines).toEqual(["github-token = github-token landed"]);
    expect(proof.jobs[0]?.steps.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["success", undefined],
      ["skipped", "this action is not reproduced here"],
      ["skipped", "`npm` needs a network, which is not here"],
      ["replaced", "replaced by --stub"],
      ["success", undefined],
    ]);
  });

  it("sets aside what version 6 keeps, as create-pull-request does", async () => {
    const steps = (version: string): string =>
      `- uses: actions/checkout@v6\n- uses: peter-evans/create-pull-request@${version}\n  with: { token: "\${{ secrets.PAT }}" }`;
    expect((await tryYaml(withSteps(steps("v8")))).lines).toEqual(["pat:PAT = pat:PAT landed"]);
    expect((await tryYaml(withSteps(steps("v7.0.8")))).lines).toEqual(["duplicate = duplicate duplicate-header"]);
  });

  it("ends with a step that fails, and what comes to no push is not compared", async () => {
    const { lines, proof } = await tryYaml(withSteps(`- uses: actions/checkout@v5\n- run: exit 3\n- run: git push`));
    expect(lines).toEqual(["github-token ? nothing not reached"]);
    expect(proof.jobs[0]?.steps.map(({ reason }) => reason)).toEqual([
      undefined,
      "exit code 3",
      "a step before it failed",
    ]);
  });

  it("mints an App's token, which reaches its own repository", async () => {
    const steps = `
- id: mint
  uses: actions/create-github-app-token@v2
  with:
    app-id: 1
    private-key: \${{ secrets.KEY }}
- uses: actions/checkout@v6
  with:
    token: \${{ steps.mint.outputs.token }}
- run: |
    ${COMMIT}
    git push origin HEAD:main
    git push https://github.com/octo/other HEAD:main
`;
    const { lines, pushes } = await tryYaml(withSteps(steps), { repository: "octo/app" });
    expect(lines).toEqual(["app:mint = app:mint landed", "app:mint = app:mint rejected"]);
    expect(pushes[1]?.observed?.message).toBe("403: Permission to octo/other.git denied to app-of-mint[bot].");
  });

  it("finds a push again in what ran, whatever came to it", async () => {
    const commands = [
      "git config alias.p push",
      "git p origin HEAD:refs/heads/alias",
      "git -c alias.send='push origin' send HEAD:refs/heads/longer",
      "/usr/bin/env git push origin HEAD:refs/heads/env",
      "echo HEAD:refs/heads/xargs | xargs git push origin",
      'TO=(origin HEAD:refs/heads/list); git push "${TO[@]}"',
      "timeout 60 git push origin HEAD:refs/heads/timeout",
      "exec git push origin HEAD:refs/heads/exec",
    ];
    const script = commands.map((command) => `    ${command}\n`).join("");
    const { lines } = await tryYaml(withSteps(`- uses: actions/checkout@v5\n- run: |\n${script}`));
    expect(lines).toEqual(Array.from({ length: 7 }, () => "github-token = github-token landed"));
  });

  it("comes to no second URL of a remote where the first turns it away", async () => {
    const steps = `
- uses: actions/checkout@v5
  with:
    persist-credentials: false
- env:
    TOKEN: \${{ secrets.PAT }}
  run: |
    git remote set-url --add origin "https://x:$TOKEN@github.com/octo/app"
    for try in 1 2; do git push origin HEAD:topic && break; done || true
    git push "https://x:$TOKEN@github.com/octo/app" HEAD:other
`;
    const { lines } = await tryYaml(withSteps(steps));
    expect(lines).toEqual(["none = none no-credential", "pat:PAT = pat:PAT landed"]);
  });

  it("prints no token, whatever a script does with it", async () => {
    const steps = `
- uses: actions/checkout@v4
- env:
    TOKEN: \${{ secrets.PAT }}
  run: |
    echo "plain $TOKEN" && echo "basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)"
    git config --get http.https://github.com/.extraheader
    GIT_TRACE=1 git push "https://x:$TOKEN@github.com/octo/app" HEAD:topic
`;
    const { log, pushes } = await tryYaml(withSteps(steps));
    expect(log).toContain("plain ***");
    expect(log).not.toMatch(/gh[ps]_FAKE|Z2hwX0|dG9rZW46Z2h/);
    expect(pushes[0]?.observed?.outcome).toBe("landed");
  });
});
