import { describe, expect, it } from "vitest";
import { follow } from "../../src/shell/follow.ts";
import { unwrapCommand } from "../../src/shell/unwrap-command.ts";
import { evaluateArguments } from "../../src/shell/words.ts";
import { commandOf, scope } from "./scope.ts";
import { show, showFields } from "./show.ts";

const FILES: Readonly<Record<string, string>> = {
  "ci/push.sh": '#!/usr/bin/env bash\nset -e\ngit push "$1"\n',
  "release.sh": "#!/bin/sh -e\ngit push\n",
  "plain.sh": "git push\n",
  "tool.py": "#!/usr/bin/env python3\nprint(1)\n",
  "env.sh": "export A=b\n",
  "package.json": `{
  "name": "app",
  "scripts": {
    "release": "git push origin",
    "prerelease": "npm test",
    "postversion": "git push --follow-tags"
  }
}`,
  "sub/package.json": '{ "scripts": { "deploy": "gh-pages -d dist" } }',
  Makefile: `REMOTE = origin
BRANCH ?= main
VERSION := $(shell git describe)
.PHONY: push clean
push: build
\t@git push \\
\t  $(REMOTE) $(BRANCH) $$EXTRA
\t-rm -rf dist
build:
\tnpm run build
tag:
\tgit tag $(VERSION)
loop: loop
\ttrue
nested:
\t$(MAKE) push
`,
  "docs/Makefile": "include common.mk\nall:\n\ttrue\n",
  "bash/Makefile": "SHELL := /bin/bash\nall: ; git push\n",
};

function followed(text: string, directory: string | undefined = "/work/app"): string {
  const [list] = evaluateArguments(commandOf(text).words, scope);
  const found = follow(unwrapCommand(list?.fields ?? []).run, {
    directory,
    root: "/work/app",
    readRepositoryFile: (path) => (Object.hasOwn(FILES, path) ? FILES[path] : undefined),
  });
  if (found.kind === "none") return "none";
  if (found.kind === "out-of-sight") return `out of sight: ${found.reason}`;
  return found.scripts
    .map(({ path, line, dialect, options, script, positional, isProcess, directory: inside, ignoresErrors }) =>
      [
        `${path}:${line}`,
        dialect,
        options.errexit ? "-e" : "",
        ignoresErrors ? "may fail" : "",
        isProcess ? "" : "sourced",
        inside === undefined ? "" : `in ${inside}`,
        `{${show(script)}}`,
        positional === undefined ? "caller's" : showFields(positional),
      ]
        .filter((piece) => piece !== "")
        .join(" "),
    )
    .join("\n");
}

describe("follow", () => {
  it.each([
    ["git push", "none"],
    ["/usr/bin/git push", "none"],
    ["bash ci/push.sh $1", 'ci/push.sh:1 bash {set -e; git push "$1"} [v1]'],
    ["bash -e ./ci/../ci/push.sh", 'ci/push.sh:1 bash -e {set -e; git push "$1"}'],
    ['./ci/push.sh "$2"', 'ci/push.sh:1 bash {set -e; git push "$1"} [two words]'],
    ["./release.sh", "release.sh:1 sh -e {git push}"],
    ["/work/app/plain.sh", "plain.sh:1 bash {git push}"],
    ["sh plain.sh", "plain.sh:1 sh {git push}"],
    ["sudo ./plain.sh", "plain.sh:1 bash {git push}"],
    ["source env.sh", "env.sh:1 bash sourced {export A=b} caller's"],
    [". ./env.sh x", "env.sh:1 bash sourced {export A=b} [x]"],
    ["./tool.py", "out of sight: tool.py is no shell script: its first line is #!/usr/bin/env python3"],
    ["python tool.py", "out of sight: python runs tool.py, which is no shell script"],
    ["./missing.sh", "out of sight: missing.sh is not in the repository: it is made or fetched while the job runs"],
    ["../x.sh", "out of sight: ../x.sh is outside of the repository"],
    ["bash /tmp/x.sh", "out of sight: /tmp/x.sh is outside of the repository"],
    ["bash /work/apple/x.sh", "out of sight: /work/apple/x.sh is outside of the repository"],
    ['bash "$DIR/x.sh"', "out of sight: the path of the script is computed"],
    ["$DIR/x.sh", "out of sight: the path of the program is computed"],
    ["bash -c 'git push'", "none"],
    [
      "make push",
      "Makefile:10 sh {npm run build}\nMakefile:6 sh {git push origin main $EXTRA}\nMakefile:8 sh may fail {rm -rf dist}",
    ],
    [
      "make REMOTE=up -j 2 BRANCH=x",
      "Makefile:10 sh {npm run build}\nMakefile:6 sh {git push up x $EXTRA}\nMakefile:8 sh may fail {rm -rf dist}",
    ],
    ["make nested", "Makefile:16 sh {make push}"],
    ["make loop", "Makefile:14 sh {true}"],
    ["make tag", "out of sight: the recipe uses a variable or a function of make's that is not literal"],
    ["make missing", "out of sight: Makefile has no plain rule for missing"],
    ["make -C docs", "out of sight: docs/Makefile is no plain Makefile"],
    ["make -C bash", "bash/Makefile:2 bash in /work/app/bash {git push}"],
    ["make -C nowhere", "out of sight: there is no Makefile in nowhere"],
    ["make $DIR", "out of sight: the target of make is computed"],
    ["make -n push", "out of sight: make only shows what it would run"],
    [
      "npm run release -- --force 'a b'",
      'package.json:5 sh in /work/app {npm test}\npackage.json:4 sh in /work/app {git push origin --force "a b"}',
    ],
    [
      "npm run release --silent",
      "package.json:5 sh in /work/app {npm test}\npackage.json:4 sh in /work/app {git push origin}",
    ],
    [
      'pnpm release "$PAT"',
      'package.json:5 sh in /work/app {npm test}\npackage.json:4 sh in /work/app {git push origin "<<secrets.PAT>>"}',
    ],
    ["npm version patch", "package.json:6 sh in /work/app {git push --follow-tags}"],
    ["yarn install", "none"],
    ["npm ci", "none"],
    ["npm run nothing", "out of sight: package.json has no script nothing"],
    ["npm run $DIR", "out of sight: the script that npm runs is computed"],
    ["npm --prefix sub run deploy", "sub/package.json:1 sh in /work/app/sub {gh-pages -d dist}"],
    ["npm run deploy -w sub", "out of sight: npm runs a script of another package of the workspace"],
    ["npm -w sub run deploy", "out of sight: npm runs a script of another package of the workspace"],
  ])("%s", (text, wanted) => {
    expect(followed(text)).toBe(wanted);
  });

  it("looks from the directory of the command", () => {
    expect(followed("./push.sh", "/work/app/ci")).toBe('ci/push.sh:1 bash {set -e; git push "$1"}');
    expect(followed("npm run deploy", "/work/app/sub/deep")).toBe(
      "sub/package.json:1 sh in /work/app/sub {gh-pages -d dist}",
    );
    expect(followed("./push.sh", "/elsewhere")).toBe("out of sight: ./push.sh is outside of the repository");
  });

  it("does not look where the directory is not known", () => {
    const { run } = unwrapCommand(evaluateArguments(commandOf("./x.sh").words, scope)[0]?.fields ?? []);
    const found = follow(run, { directory: undefined, root: "/work/app", readRepositoryFile: () => "git push" });
    expect(found).toEqual({ kind: "out-of-sight", reason: "the directory in which ./x.sh is looked up is not known" });
  });
});
