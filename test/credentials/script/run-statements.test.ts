import { describe, expect, it } from "vitest";
import { pushesOf } from "../pushes-of.ts";

/** The refs that the pushes of a script go to, as far as the script gets. */
const targetsOf = (script: string): readonly (string | null)[] => {
  const lines = ["on: push", "jobs:", "  a:", "    runs-on: ubuntu-latest", "    steps:"];
  const steps = ["      - uses: actions/checkout@v5", "      - run: |"];
  const text = [...lines, ...steps, ...script.split("\n").map((line) => `          ${line}`), ""].join("\n");
  return pushesOf(text).map(({ target }) => target.ref);
};

describe("a failure in front of `&&`", () => {
  const push = "git push origin HEAD:a";
  it.each([
    ['[ "$(git status --porcelain)" = "" ] && exit 0', ["a"]],
    ['[ "$(git status --porcelain)" = "" ] && exit 1', ["a"]],
    ['[ -z "${{ inputs.x }}" ] && exit 0', ["a"]],
    ['[ x = y ] && echo "never"', ["a"]],
    ["false && true && echo", ["a"]],
    ["false", []],
    ["true && false", []],
    ["[ x = x ] && exit 0", []],
  ])("does not end the script: %s", (line, targets) => {
    expect(targetsOf(`${line}\n${push}`)).toEqual(targets);
  });

  it("holds inside of a condition as well", () => {
    expect(targetsOf(`if [ x = y ] && true; then git push origin HEAD:b; fi\n${push}`)).toEqual(["a"]);
  });
});

describe("read -a", () => {
  it.each([
    ['read -ra refs <<<"HEAD:a HEAD:b"', ["a"]],
    ["IFS=$'\\n' read -rd '' -a refs <<<\"HEAD:a\" || true", ["a"]],
    ['read -ra refs <<<"HEAD:c\nHEAD:d"', ["c"]],
    ["read -ra refs", [null]],
  ])("%s", (line, targets) => {
    expect(targetsOf(`${line}\ngit push origin "\${refs[@]}"`)).toEqual(targets);
  });
});

it("keeps the arrays that all ways through a script make alike", () => {
  const refs = ["refs=(HEAD:a)", 'read -ra refs <<<"HEAD:a"'];
  for (const line of refs)
    expect(targetsOf(`git diff --cached --quiet || git commit -m x\n${line}\ngit push origin "\${refs[@]}"`)).toEqual([
      "a",
    ]);
});
