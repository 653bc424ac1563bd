import { describe, expect, it } from "vitest";
import { nameOf, pushesOf } from "../pushes-of.ts";

function seen(step: string, checkout = ""): readonly string[] {
  const text = `on: push
permissions: { contents: write }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { fetch-depth: 0${checkout} }
      - ${step}
`;
  return pushesOf(text).map(({ identity, verdict }) => `${nameOf(identity)} ${verdict}`);
}

const PRIVATE = ", persist-credentials: false";
const CHARTS = "uses: helm/chart-releaser-action@v1.7.0";
const CR_TOKEN = "\n        env: { CR_TOKEN: '${{ secrets.BOT }}' }";

describe("actions that start a program which pushes", () => {
  it.each([
    [`${CHARTS}${CR_TOKEN}`, "", ["github-token hijacked"]],
    [`${CHARTS}${CR_TOKEN}`, PRIVATE, ["pat BOT as-intended"]],
    [`${CHARTS}${CR_TOKEN}\n        with: { install_only: 'true' }`, PRIVATE, []],
    [CHARTS, "", []],
    [
      "uses: julia-actions/julia-docdeploy@v1\n        env: { GITHUB_TOKEN: '${{ github.token }}' }",
      PRIVATE,
      ["github-token as-intended"],
    ],
    ["uses: julia-actions/julia-docdeploy@v1", "", []],
    ["uses: rubygems/release-gem@v1", PRIVATE, ["github-token as-intended"]],
    ["uses: rubygems/release-gem@v1", ", token: '${{ secrets.BOT }}'", ["pat BOT other-identity"]],
  ])("%s %s", (step, checkout, expected) => {
    expect(seen(step, checkout)).toEqual(expected);
  });
});
