import { describe, expect, it } from "vitest";
import { follow } from "../../src/shell/follow.ts";
import { unwrapCommand } from "../../src/shell/unwrap-command.ts";
import { evaluateArguments } from "../../src/shell/words.ts";
import { commandOf, scope } from "./scope.ts";

const FILES: Readonly<Record<string, string>> = {
  justfile: `remote := "origin"
export BRANCH := 'main'
stamp := \`date\`
alias r := release

# the first
default: build
    @echo done

build:
    npm run build

[private]
@release version="1.0" *flags: build && after
    git tag v{{ version }}
    -git push {{remote}} {{flags}} \\
      v{{version}}

after:
  #!/usr/bin/env bash
  set -e
  git push {{"--tags"}}

to $where:
    git push "$where"

computed:
    git tag {{stamp}}

with: (to "up")

[no-cd]
here:
    git push

python:
    #!/usr/bin/env python3
    print(1)

must version:
    git push {{version}}
`,
  "bash/Justfile": 'set shell := ["bash", "-euc"]\nset positional-arguments\npush *args:\n\tgit push "$1"\n',
  "more/justfile": "import 'other.just'\npush:\n  git push\n",
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
    .map((script) => {
      const text = script.script.kind === "unreadable" ? script.script.reason : script.script.text;
      const options = [script.options.errexit ? "e" : "", script.options.nounset ? "u" : ""].join("");
      const place = script.directory === "/work/app" ? "" : ` in ${script.directory ?? "?"}`;
      return `${script.line} ${script.dialect}${options === "" ? "" : ` -${options}`}${place}${script.ignoresErrors ? " -" : ""}: ${text}`;
    })
    .join("\n");
}

const EXPORT = "export BRANCH='main'; ";

describe("just", () => {
  it.each([
    ["just", `11 sh -u: ${EXPORT}npm run build\n8 sh -u: ${EXPORT}echo done`],
    [
      "just release 2.0 --force",
      `11 sh -u: ${EXPORT}npm run build
15 sh -u: ${EXPORT}git tag v2.0
16 sh -u -: ${EXPORT}git push origin --force \\
  v2.0
20 bash: ${EXPORT}#!/usr/bin/env bash
set -e
git push --tags
`,
    ],
    ["just to up", `25 sh -u: ${EXPORT}export where="up"; git push "$where"`],
    ["just -f bash/Justfile push up", '4 bash -eu in /work/app/bash: git push "$1"'],
  ])("%s", (text, expected) => {
    expect(followed(text).trim()).toBe(expected.trim());
  });

  it.each([
    ["just remote=up r", "git push up"],
    ["just --set remote up r", "git push up"],
    ["just release", "git tag v1.0"],
  ])("%s runs %s", (text, expected) => {
    expect(followed(text)).toContain(expected);
  });

  it("is looked for upward", () => {
    expect(followed("just build", "/work/app/docs/site")).toContain("npm run build");
  });

  it.each([
    ["just computed", "a recipe of justfile uses an expression of just's that is not literal"],
    ["just with", "the recipe with gives arguments to to"],
    ["just here", "the recipe here of justfile has an attribute that is not followed"],
    ["just python", "a recipe of justfile is run by python3, which is no shell that is read"],
    ["just must", "nothing is given, or something computed, for version of the recipe must"],
    ["just missing", "justfile has no plain recipe missing"],
    ["just $DIR", "the recipe of just is computed"],
    ["just --list", "just runs no recipe here"],
    ["just -f more/justfile push", "more/justfile takes recipes from other files, or runs them elsewhere"],
    ["just -f nowhere push", "nowhere is not in the repository"],
  ])("%s is out of sight: %s", (text, reason) => {
    expect(followed(text)).toBe(`out of sight: ${reason}`);
  });
});
