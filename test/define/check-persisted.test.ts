import { describe, expect, test } from "vitest";
import { findPersisted } from "../../src/define/push/check-persisted.ts";
import { appToken, deployKey, githubToken, job, pat, push, secret, untyped, uses } from "../../src/index.ts";
import { convert, jobs } from "./converted.ts";

describe("the walk over checkouts, again", () => {
  const robot = pat("ROBOT");
  const mint = uses(untyped("actions/create-github-app-token@v2", { outputs: ["token"] }), {
    id: "mint",
    with: { "app-id": 1, "private-key": secret("K") },
  });
  const checkout = (given: Record<string, unknown> = {}, more: object = {}) => ({
    uses: "actions/checkout@v5",
    with: given as never,
    ...more,
  });
  const find = (...steps: unknown[]): readonly string[] => {
    const made = convert(jobs({ a: job({ "runs-on": "x", steps: steps as never }) }));
    const node = made.node.kind === "workflow" ? made.node.jobs?.entries[0]?.value : undefined;
    return node?.kind === "job" ? findPersisted(node, made.intents).map(({ message }) => message) : ["no job"];
  };
  const asRobot = (path?: string) => push({ as: robot, branch: "main", path });
  const kept = (path: string, who: string, as: string, verb = "keeps") =>
    `the checkout of '${path}' ${verb} ${who} as an extraheader, and a push as ${as} must not meet one: write 'persist-credentials': false there`;

  test.each<[string, unknown[], string[]]>([
    ["a default checkout keeps the job's token", [checkout(), asRobot()], [kept(".", "GITHUB_TOKEN", "PAT ROBOT")]],
    ["false drops it", [checkout({ "persist-credentials": false }), asRobot()], []],
    [
      "a widened boolean is known here",
      [checkout({ "persist-credentials": Boolean("x") }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    ["given but empty means false", [checkout({ "persist-credentials": "" }), asRobot()], []],
    [
      "any spelling of true keeps",
      [checkout({ "persist-credentials": "True" }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    ["what is decided at run time passes", [checkout({ "persist-credentials": "${{ inputs.p }}" }), asRobot()], []],
    ["the same secret is no error", [checkout({ token: "${{ secrets.robot }}" }), asRobot()], []],
    [
      "nor is the job's own token",
      [checkout({ token: "${{ secrets.GITHUB_TOKEN }}" }), push({ as: githubToken(), branch: "m" })],
      [],
    ],
    [
      "another one is",
      [checkout({ token: robot }), push({ as: githubToken(), branch: "m" })],
      [kept(".", "PAT ROBOT", "GITHUB_TOKEN")],
    ],
    [
      "an App's token",
      [mint, checkout(), push({ as: appToken(mint), branch: "m" })],
      [kept(".", "GITHUB_TOKEN", "the App's token")],
    ],
    ["ssh sends no header", [checkout(), push({ as: deployKey("KEY"), branch: "m" })], []],
    ["git looks upward", [checkout(), asRobot("docs/site")], [kept(".", "GITHUB_TOKEN", "PAT ROBOT")]],
    [
      "but not past a repository",
      [checkout(), checkout({ path: "docs", "persist-credentials": false }), asRobot("docs/site")],
      [],
    ],
    [
      "paths have many spellings",
      [checkout({ path: "./tap/" }), asRobot("tap")],
      [kept("tap", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    [
      "a root checkout deletes what lay inside",
      [checkout({ path: "tap" }), checkout({ "persist-credentials": false }), asRobot("tap")],
      [],
    ],
    [
      "unless it does not clean",
      [checkout({ path: "tap" }), checkout({ "persist-credentials": false, clean: false }), asRobot("tap")],
      [kept("tap", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    [
      "a checkout under a condition may not have run",
      [checkout(), checkout({ "persist-credentials": false }, { if: "github.ref == 'x'" }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    [
      "one that keeps under a condition",
      [checkout({}, { if: "github.ref == 'x'" }), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT", "may keep")],
    ],
    ["the way out", [checkout(), push({ as: robot, branch: "m", allowPersisted: "because" })], []],
    [
      "each push is told",
      [checkout(), asRobot(), asRobot()],
      [kept(".", "GITHUB_TOKEN", "PAT ROBOT"), kept(".", "GITHUB_TOKEN", "PAT ROBOT")],
    ],
    ["no checkout, nothing kept", [asRobot()], []],
  ])("%s", (_, steps, expected) => {
    expect(find(...steps)).toEqual(expected);
  });
});
