import { afterEach, describe, expect, it } from "vitest";
import { ProjectFolder } from "./project-folder.ts";

let project: ProjectFolder;
afterEach(() => project.delete());

const REFRESH = `on:
  schedule: [{ cron: "0 6 * * 1" }]
permissions: { contents: write }
jobs:
  refresh:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { ref: main }
      - run: ./refresh.sh
      # Monday's map.
      - name: Commit the map
        if: github.repository == 'octo/app'
        env: { LEVEL: high } # for the hook
        run: |
          # The bot's own account.
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git add map.json
          git commit -m "Refresh the map [skip ci]"
          git push
      - run: git push --force origin HEAD:old
`;
const APP = `on: { push: { branches: [main] } }
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: octo/mint@v1
        id: mint
        with: { app: 1 }
      - uses: actions/create-github-app-token@v2
        id: app-token
        with: { app-id: "1", private-key: "\${{ secrets.APP_KEY }}" }
      - uses: actions/checkout@v5
        with: { token: "\${{ steps.app-token.outputs.token }}", ref: main }
      - run: git push origin HEAD:release
`;
const FILES = { ".github/workflows/refresh.yml": REFRESH, ".github/workflows/app.yml": APP };

describe("flowkeep import --upgrade", () => {
  it("lists each push with what it was and what it becomes, or why it is left; check is content", () => {
    project = new ProjectFolder(FILES);
    const { code, out } = project.run(["import", ".github", "--upgrade"]);
    expect(code).toBe(0);
    expect(out)
      .toContain(`.github/workflows/app.yml:14:14 upgraded \`git push origin HEAD:release\` as the App token of step 'app-token'
  → push({ as: appToken(appToken), branch: "release" })
  · where the branch has moved on, the commits are rebased onto it and pushed again, three times at most
  · the step gets a name that says who pushes what
.github/workflows/refresh.yml:21:11 upgraded \`git push\` as GITHUB_TOKEN
  → push({ as: githubToken(), branch: "main", commit: { paths: ["map.json"], message: "Refresh the map [skip ci]" } })
  · nothing to commit is a success; until now it fails the step
  · where the branch has moved on, the commits are rebased onto it and pushed again, three times at most
  · \`user.name\` and \`user.email\` are not left in git's configuration
  · git's hooks no longer see LEVEL
.github/workflows/refresh.yml:22:14 left \`git push --force origin HEAD:old\` as GITHUB_TOKEN: a plain force overwrites what others have pushed in between: say --force-with-lease first
2 of 3 pushes upgraded
`);
    expect(project.read("workflows-src/refresh.ts")).toContain(`        comment(
          \`
            Monday's map.
            for the hook
            The bot's own account.
          \`,
          push({
            name: "Commit the map",
            if: "github.repository == 'octo/app'",
            as: githubToken(),
            branch: "main",
            commit: {
              paths: ["map.json"],
              message: "Refresh the map [skip ci]",
            },
          }),
        ),
        run({ run: "git push --force origin HEAD:old" }),
`);
    expect(project.read("workflows-src/app.ts")).toContain("push({\n          as: appToken(appTokenStep),");
    expect(project.read(".github/workflows/refresh.yml")).toContain("PUSH_TOKEN: ${{ github.token }}");
    expect(project.run(["check"]).code).toBe(0);
  });

  it("never upgrades without being asked to, and with --verify writes nothing", () => {
    project = new ProjectFolder(FILES);
    const { out } = project.run(["import", ".github", "--upgrade", "--verify", "--format", "json"]);
    const { upgrades, left } = JSON.parse(out);
    expect(upgrades).toMatchObject([
      { job: "release", step: 3, identity: { kind: "app", name: "app-token" }, verdict: "as-intended" },
      { file: ".github/workflows/refresh.yml", command: "git push", verdict: "undeclared" },
    ]);
    expect(upgrades[1].becomes).toMatch(/^push\(\{ as: githubToken\(\), branch: "main"/);
    expect(left).toMatchObject([{ step: 3, reason: expect.stringMatching(/^a plain force/) }]);
    expect(project.read(".github/workflows/refresh.yml")).toBe(REFRESH);

    const plain = project.run(["import", ".github"]);
    expect(plain.out).not.toContain("upgraded");
    expect(project.read("workflows-src/refresh.ts")).not.toContain("push({ ");
    expect(project.read(".github/workflows/refresh.yml")).toContain("git commit -m");
  });

  it("says so where nothing pushes", () => {
    project = new ProjectFolder({
      ".github/workflows/a.yml": "on: push\njobs: { a: { runs-on: x, steps: [{ run: x }] } }\n",
    });
    expect(project.run(["import", ".github", "--upgrade"]).out).toContain("nothing pushes here\n");
  });
});
