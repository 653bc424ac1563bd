import { expect, it } from "vitest";
import { nameOf, pushesOf } from "./pushes-of.ts";

const URL_PUSH = "      - run: git push https://x:${{ secrets.PAT }}@github.com/octo/app HEAD:main";
const PULL_REQUEST =
  "      - uses: peter-evans/create-pull-request@v7\n        with: { token: '${{ secrets.OTHER }}' }";
const header = (token: string): string =>
  `"AUTHORIZATION: basic $(printf 'x-access-token:%s' "${token}" | base64 -w0)"`;
const GLOBAL = `      - run: |\n          git config --global http.extraheader ${header("${{ github.token }}")}`;
const NO_CREDENTIALS = "        with: { persist-credentials: false }\n";

function lastPush(...steps: readonly string[]) {
  const text = `on: workflow_dispatch
permissions: { contents: write }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
${steps.join("\n")}
`;
  const push = pushesOf(text, {}, { repository: "octo/app" }).at(-1);
  if (push === undefined) throw new Error("no push");
  const { identity, intended, verdict } = push;
  return `${verdict}: ${nameOf(identity)}, not ${intended === null ? "anybody" : nameOf(intended)}`;
}

it.each([
  ["an action puts the checkout's header back", [PULL_REQUEST, URL_PUSH]],
  ["a header for every URL is set by hand", [NO_CREDENTIALS + GLOBAL, URL_PUSH]],
  [
    "an action pushes to a URL of its own",
    [
      PULL_REQUEST,
      "      - uses: ad-m/github-push-action@v0.8.0\n        with: { github_token: '${{ secrets.PAT }}', branch: main }",
    ],
  ],
])("means what the push's own URL carries where %s", (_, steps) => {
  expect(lastPush(...steps)).toBe("hijacked: github-token, not pat PAT");
});

it("means the push's own header rather than what an earlier step sets", () => {
  const push = `      - run: |\n          git -c http.https://github.com/.extraheader=${header("${{ secrets.PAT }}")} push https://x:${"${{ secrets.OTHER }}"}@github.com/octo/app HEAD:main`;
  expect(lastPush(NO_CREDENTIALS + GLOBAL, push)).toBe("duplicate-header: duplicate, not pat PAT");
});

it("means the header that was set by hand where the push itself carries nothing", () => {
  expect(lastPush(NO_CREDENTIALS + GLOBAL, "      - run: git push origin HEAD:main")).toBe(
    "as-intended: github-token, not github-token",
  );
});

it("means what a remote's URL is given, where the header is only put back", () => {
  const setUrl = "      - run: git remote set-url origin https://x:${{ secrets.PAT }}@github.com/octo/app";
  expect(lastPush(PULL_REQUEST, setUrl, "      - run: git push origin HEAD:main")).toBe(
    "hijacked: github-token, not pat PAT",
  );
});
