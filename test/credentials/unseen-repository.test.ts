import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

const PUSH = `      - run: git push "https://x:\${{ secrets.PAT }}@github.com/octo/app" HEAD:main\n`;
const CHECKOUT = "      - uses: actions/checkout@v5\n        with: { persist-credentials: false }\n";

interface Around {
  readonly runsOn?: string;
  /** Further keys of the job. */
  readonly keys?: string;
  readonly behind?: string;
}

function pushesAfter(steps: string, { runsOn = "ubuntu-latest", keys = "", behind = "" }: Around = {}) {
  return pushesOf(`on: push\njobs:\n  job:\n    runs-on: ${runsOn}\n${keys}    steps:\n${steps}${PUSH}${behind}`);
}

function seenAfter(steps: string, around?: Around): string {
  return identitiesOf(pushesAfter(steps, around)).join();
}

describe("a push where no repository is in sight", () => {
  it.each([
    ["no step before it", ""],
    ["a checkout elsewhere", CHECKOUT.replace("{ ", "{ path: there, ")],
    ["programs that make none", "      - run: mkdir -p out && date > out/stamp && cat out/stamp | sort\n"],
    ["the script's own function", "      - run: |\n          greet() { echo hello; }\n          greet\n"],
    ["git without one", "      - run: git config --global user.name x\n"],
    ["an action that is known", "      - uses: actions/setup-node@v4\n"],
    ["another login", "      - run: gh auth setup-git\n        env: { GH_TOKEN: '\${{ secrets.PAT }}' }\n"],
  ])("git finds none: %s", (_, steps) => {
    expect(seenAfter(steps)).toBe("none");
  });

  it.each(["ubuntu-24.04", "ubuntu-24.04-arm", "ubuntu-slim", "macos-15", "[ubuntu-latest]"])(
    "nor on a new runner of GitHub's: %s",
    (runsOn) => {
      expect(seenAfter("", { runsOn })).toBe("none");
    },
  );

  it.each([
    ["a program", "      - run: make map\n", "`make` may have made one"],
    [
      "a program in a function",
      "      - run: |\n          f() { make map; }\n          f\n",
      "`make` may have made one",
    ],
    ["a program in $(…)", "      - run: echo $(./setup)\n", "`./setup` may have made one"],
    ["a computed program", "      - run: $TOOL setup\n", "a command that is computed may have made one"],
    ["eval", '      - run: eval "$SETUP"\n', "`eval` may have made one"],
    ["an unknown command of git", "      - run: git fetch-all\n", "`git` may have made one"],
    [
      "a clone to somewhere",
      "      - run: git clone https://github.com/octo/app ${{ inputs.dir }}\n",
      "`git` may have made one",
    ],
    [
      "another language",
      "      - run: import os\n        shell: python\n",
      "a script that is not read may have made one",
    ],
    ["an unknown action", "      - uses: octo/fetch@v1\n", "octo/fetch@v1 may have made one"],
    [
      "an action that uses git",
      "      - uses: EndBug/add-and-commit@v9\n",
      "EndBug/add-and-commit@v9 may have made one",
    ],
    ["a cache", "      - uses: actions/cache@v4\n", "actions/cache@v4 may have made one"],
    ["an artifact", "      - uses: actions/download-artifact@v4\n", "actions/download-artifact@v4 may have made one"],
    [
      "an action of the repository",
      "      - uses: ./.github/actions/set-up\n",
      "./.github/actions/set-up may have made one",
    ],
    [
      "a computed path of the checkout",
      CHECKOUT.replace("{ ", "{ path: '${{ matrix.x }}', "),
      "the path of a checkout is computed",
    ],
  ])("may overlook one: %s", (_, steps, why) => {
    const [push] = pushesAfter(steps);
    expect(push?.identity).toMatchObject({ kind: "unknown", reason: expect.stringContaining(why) as string });
  });

  it.each([
    ["of an earlier job", { runsOn: "self-hosted" }],
    ["of an earlier job, behind a label of one's own", { runsOn: "[self-hosted, ubuntu-latest]" }],
    ["where the label is computed", { runsOn: "${{ inputs.runner }}" }],
    ["of the image", { keys: "    container: node:22\n" }],
    ["where GIT_DIR is set", { keys: "    env: { GIT_DIR: /srv/app.git }\n" }],
  ])("may overlook one: %s", (_, around) => {
    expect(seenAfter("", around)).toBe("unknown");
  });

  it("does not ask for what comes behind the push", () => {
    expect(seenAfter("", { behind: "      - run: make map\n" })).toBe("none");
  });

  it.each([
    ["a checkout", CHECKOUT],
    ["git init", "      - run: git init\n"],
    ["a clone into the workspace", "      - run: git clone https://github.com/octo/app .\n"],
  ])("is none behind %s", (_, steps) => {
    expect(seenAfter(steps)).toBe("pat PAT");
  });

  it("knows that a step that is passed over has no outputs", () => {
    const [push] = pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - id: day
        run: echo "is=$(date +%u)" >> "$GITHUB_OUTPUT"
      - uses: actions/checkout@v5
        if: steps.day.outputs.is == '1'
      - id: map
        if: steps.day.outputs.is == '1'
        run: echo "changed=$(git status --porcelain)" >> "$GITHUB_OUTPUT"
      - run: git push origin HEAD:main
        if: steps.map.outputs.changed != ''
`);
    expect(push?.identity).toEqual({ kind: "github-token" });
    expect(push?.alternatives).toEqual([]);
  });

  it("says where the repository lies that was checked out", () => {
    const [push] = pushesAfter(CHECKOUT.replace("{ ", "{ path: there, "));
    expect(push?.verdict).toBe("no-credential");
    expect(push?.stop).toContain("the repository lies in 'there', so write 'working-directory: there'");
  });

  it("depends on the condition of a checkout", () => {
    const [push] = pushesAfter(CHECKOUT.replace("\n", "\n        if: github.event.created\n"));
    expect(push?.verdict).toBe("depends");
    const others = push?.alternatives.map(({ when, identity }) => `${identity.kind} where ${when}`);
    expect(others).toEqual(["none where `if: github.event.created` does not hold"]);
  });
});
