import { describe, expect, it } from "vitest";
import { nameOf, pushesOf } from "../pushes-of.ts";
import { PRIVATE, seen } from "./seen.ts";

const HOOK = { ".githooks/post-commit": '#!/bin/sh\ngit push "https://x:$PAT@github.com/octo/app" HEAD\n' };

describe("hooks of git that push", () => {
  it.each([
    [
      "printf '#!/bin/sh\\ngit push\\n' > .git/hooks/post-commit\nchmod +x .git/hooks/post-commit\ngit commit -am x",
      {},
      "github-token",
    ],
    ["echo 'git push' > .git/hooks/post-commit", {}, ""],
    ["git config core.hooksPath .githooks\ngit commit -am x", HOOK, "github-token"],
    ["git -c core.hooksPath=.githooks commit -am x", HOOK, "github-token"],
    ["git config core.hooksPath .githooks\ngit commit --dry-run", HOOK, ""],
    ["git commit -am x", HOOK, ""],
    ["git config core.hooksPath .githooks\ngit merge other", { ".githooks/post-merge": "git push" }, "github-token"],
    [
      "git config core.hooksPath .githooks\ngit commit -am x",
      { ".githooks/post-commit": "#!/usr/bin/env python3\nprint('git push')\n" },
      "",
    ],
  ])("%s %j", (run, files, expected) => {
    expect(seen(run, files)).toBe(expected);
  });

  it("push with what they are given", () => {
    expect(seen("git config core.hooksPath .githooks\ngit commit -am x", HOOK, PRIVATE)).toBe("pat PAT");
  });

  it("are run by a later step", () => {
    const text = `on: push
permissions: { contents: write }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: git config core.hooksPath .githooks
      - run: date > now && git add now
      - run: git commit -m now
`;
    expect(pushesOf(text, HOOK).map(({ step, identity }) => `${step} ${nameOf(identity)}`)).toEqual(["3 github-token"]);
  });

  it("end where they start themselves", () => {
    const hook = { ".githooks/post-commit": "git push\ngit commit --amend --no-edit\n" };
    expect(seen("git config core.hooksPath .githooks\ngit commit -am x", hook)).toMatch(/^github-token/);
  });
});
