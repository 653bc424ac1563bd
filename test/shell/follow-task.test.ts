import { describe, expect, it } from "vitest";
import { follow } from "../../src/shell/follow.ts";
import { unwrapCommand } from "../../src/shell/unwrap-command.ts";
import { evaluateArguments } from "../../src/shell/words.ts";
import { commandOf, scope } from "./scope.ts";

const FILES: Readonly<Record<string, string>> = {
  "Taskfile.yml": `version: "3"
vars:
  REMOTE: origin
  STAMP: { sh: date }
env:
  KEEP: "it's"
tasks:
  default: echo hello
  build:
    cmds:
      - go build
  release:
    aliases: [r]
    deps: [build]
    vars: { TAG: v1 }
    cmds:
      - git tag {{.TAG}}
      - cmd: git push {{.REMOTE}} {{ .TAG }} {{.CLI_ARGS}}
        ignore_error: true
      - task: site
        vars: { BRANCH: "{{.REMOTE}}-pages" }
  site:
    dir: docs
    env: { A: b }
    cmds:
      - |
        git add .
        git push origin HEAD:{{.BRANCH}}
  stamped:
    cmds: ["git tag {{.STAMP}}"]
  looped:
    cmds: [{ for: [a, b], cmd: "git push {{.ITEM}}" }]
  many0: { cmds: [echo] }
${Array.from({ length: 12 }, (_, at) => `  many${at + 1}: { cmds: [{ task: many${at} }, { task: many${at} }] }`).join("\n")}
  endless:
    cmds: [{ task: endless }]
`,
  "more/Taskfile.yml": "version: '3'\nincludes: { a: ./a.yml }\ntasks: { push: git push }\n",
};

function followed(text: string, directory = "/work/app"): string {
  const [list] = evaluateArguments(commandOf(text).words, scope);
  const found = follow(unwrapCommand(list?.fields ?? []).run, {
    directory,
    root: "/work/app",
    readRepositoryFile: (path) => (Object.hasOwn(FILES, path) ? FILES[path] : undefined),
  });
  if (found.kind === "none") return "nothing";
  if (found.kind === "out-of-sight") return `out of sight: ${found.reason}`;
  return found.scripts
    .map(({ script, line, directory, ignoresErrors }) => {
      const text = script.kind === "unreadable" ? script.reason : script.text;
      return `${line} ${directory ?? "?"}${ignoresErrors ? " -" : ""}: ${text.trimEnd()}`;
    })
    .join("\n");
}

const KEEP = String.raw`export KEEP='it'\''s'; `;

describe("task", () => {
  it.each([
    ["task", `8 /work/app: ${KEEP}echo hello`],
    [
      "task r -- --force",
      `11 /work/app: ${KEEP}go build
17 /work/app: ${KEEP}git tag v1
18 /work/app -: ${KEEP}git push origin v1 --force
27 /work/app/docs: ${KEEP}export A='b'; git add .
git push origin HEAD:origin-pages`,
    ],
    [
      "task site BRANCH=gh-pages",
      `27 /work/app/docs: ${KEEP}export A='b'; git add .
git push origin HEAD:gh-pages`,
    ],
  ])("%s", (text, expected) => {
    expect(followed(text)).toBe(expected);
  });

  it("is looked for upward", () => {
    expect(followed("task build", "/work/app/cmd/x")).toContain("go build");
  });

  it.each([
    ["task stamped", "the task stamped of Taskfile.yml uses a template that is not literal"],
    ["task looped", "the task looped of Taskfile.yml has a condition or a loop that is not followed"],
    ["task many12", "task runs more than 200 commands of Taskfile.yml"],
    ["task endless", "the tasks of Taskfile.yml are nested too deep"],
    ["task missing", "Taskfile.yml has no plain task missing"],
    ["task --list", "task runs nothing here, or something else"],
    ["task $DIR", "the name of the task is computed"],
    ["task -d more push", "more/Taskfile.yml takes tasks or variables from other files"],
    ["task -t nowhere.yml push", "nowhere.yml is not in the repository"],
  ])("%s is out of sight: %s", (text, reason) => {
    expect(followed(text)).toBe(`out of sight: ${reason}`);
  });
});
