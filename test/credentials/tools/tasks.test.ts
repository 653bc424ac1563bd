import { describe, expect, it } from "vitest";
import { PRIVATE, seen } from "./seen.ts";

const packageJson = (scripts: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  "package.json": JSON.stringify({ name: "app", scripts }),
});
const URL = "https://x:$PAT@github.com/octo/site.git";

describe("recipes of a justfile", () => {
  const justfile = `url := "https://x:" + env("PAT") + "@github.com/octo/app.git"
release version: test
    git tag {{version}}
    git push origin {{version}}
test:
    cargo test
site:
    npx gh-pages -d dist -r "${URL}"
crates level="patch":
    cargo release {{level}} --execute
`;
  it.each([
    ["just release 1.0", "github-token"],
    ["just release ${{ github.ref_name }}", "github-token"],
    ["just crates", "github-token"],
    ["just site", "pat PAT"],
    ["just test", ""],
    ["cd docs\njust crates minor", "github-token"],
  ])("%s", (run, expected) => {
    expect(seen(run, { justfile })).toBe(expected);
  });
});

describe("tasks of a Taskfile", () => {
  const files = {
    "Taskfile.yml": `version: "3"
vars: { SITE: "https://github.com/octo/site.git" }
tasks:
  deploy:
    cmds:
      - git config credential.helper "!f() { echo username=x; echo password=$PAT; }; f"
      - git push {{.SITE}} HEAD:main
  crates: { cmds: [cargo release patch --execute] }
  test: go test ./...
`,
  };
  it.each([
    ["task deploy", "github-token"],
    ["go-task crates", "github-token"],
    ["task test", ""],
  ])("%s", (run, expected) => {
    expect(seen(run, files)).toBe(expected);
  });

  it("are given what the job keeps", () => {
    expect(seen("task deploy", files, PRIVATE)).toBe("pat PAT");
  });
});

describe("what npm runs besides its own work", () => {
  it.each([
    ["npm version patch", { postversion: "git push --follow-tags" }, "github-token"],
    ["npm version patch", { version: "git add -A", postversion: "npm run send", send: "git push" }, "github-token"],
    ["npm version patch --ignore-scripts", { postversion: "git push" }, ""],
    ["yarn version --patch", { postversion: "git push --follow-tags" }, "github-token"],
    ["pnpm version patch", { postversion: "git push" }, "github-token"],
    ["npm publish", { postpublish: "git push --tags" }, "github-token"],
    ["npm publish", { prepublishOnly: "np" }, "github-token"],
    ["yarn publish", { postpublish: "git push --tags" }, "github-token"],
    ["pnpm publish", { postpublish: "git push --tags" }, "github-token"],
    ["npm run release", { release: "npm version patch && git push" }, "github-token"],
    ["npm run ship --ignore-scripts", { preship: "git push", ship: "echo" }, ""],
    ["npm pack", { postpack: "git push" }, "github-token"],
    ["npm version", { postversion: "git push" }, ""],
    ["yarn deploy", { deploy: `gh-pages -d dist -r ${URL}` }, "pat PAT"],
    ["npm run deploy -- --no-push", { deploy: "gh-pages -d dist" }, ""],
    ["npm run ship", { preship: "git push", ship: "echo" }, "github-token"],
  ])("%s %j", (run, scripts, expected) => {
    expect(seen(run, packageJson(scripts))).toBe(expected);
  });
});
