import { describe, expect, it } from "vitest";
import type { CredentialFacts } from "../../src/define/credential-facts.ts";
import { answer, AS_BOT, pushing } from "./judged.ts";

const ON_MAIN = { on: "push:\n  branches: [main]" } as const;
const word = (text: string): string | undefined => text.split(":", 1)[0];

describe("whether a push starts workflows", () => {
  it.each([
    ["GITHUB_TOKEN", {}, "no"],
    ["a token", AS_BOT, "yes"],
    ["a key", { checkout: "ssh-key: '${{ secrets.KEY }}'" }, "yes"],
    ["nobody", { checkout: "persist-credentials: false" }, "no"],
    ["[skip ci]", { ...AS_BOT, commit: 'git commit -am "update [skip ci]"' }, "no"],
    ["[CI Skip]", { ...AS_BOT, commit: 'git commit -m "update" -m "[CI Skip]"' }, "no"],
    ["a trailer", { ...AS_BOT, commit: 'git commit -m "update" -m "skip-checks: true"' }, "no"],
    ["a trailer that is none", { ...AS_BOT, commit: 'git commit -m "skip-checks: true is not said"' }, "yes"],
    ["a marker beside what is computed", { ...AS_BOT, commit: 'git commit -m "$(date) [no ci]"' }, "no"],
    ["a deleted branch", { ...AS_BOT, push: "git push origin --delete x" }, "no"],
    ["a dry run", { ...AS_BOT, push: "git push --dry-run" }, "no"],
    [
      "a commit that is not the one that is pushed",
      { ...AS_BOT, commit: 'git commit -m "[skip ci]"\ngit checkout other' },
      "yes",
    ],
  ])("%s", (_, options, expected) => expect(word(answer("triggersWorkflows", pushing(options)))).toBe(expected));
});

it("starts nothing where git ends before it speaks to GitHub", () => {
  const text = pushing(AS_BOT).replace(/- uses: .*\n.*/, "- run: date");
  expect(answer("triggersWorkflows", text)).toMatch(/^no: git stops before it speaks to GitHub$/);
});

describe("whether a push starts its own workflow", () => {
  const AS = { ...AS_BOT } as const;
  it.each<[string, Parameters<typeof pushing>[0], string]>([
    ["on the branch that it is for", { ...AS, ...ON_MAIN }, "yes"],
    ["as GITHUB_TOKEN", ON_MAIN, "no"],
    ["on another branch", { ...AS, ...ON_MAIN, push: "git push origin HEAD:gh-pages" }, "no"],
    ["on its own branch", { ...AS, ...ON_MAIN, push: "git push" }, "yes"],
    ["on every branch", { ...AS, on: "push:" }, "yes"],
    ["on nothing that a push is", { ...AS, on: "schedule: [{ cron: '0 0 * * *' }]" }, "no"],
    ["on tags only", { ...AS, on: "push:\n  tags: [v*]" }, "no"],
    ["with a tag, on branches only", { ...AS, ...ON_MAIN, push: "git push origin HEAD:refs/tags/v1" }, "no"],
    ["with a tag, on tags", { ...AS, on: "push:\n  tags: [v*]", push: "git push origin HEAD:refs/tags/v1" }, "yes"],
    ["with the last pattern against it", { ...AS, on: "push:\n  branches: ['**', '!main']" }, "no"],
    ["with a branch that is ignored", { ...AS, on: "push:\n  branches-ignore: ['ma*']" }, "no"],
    ["with paths that it takes", { ...AS, on: "push:\n  paths: ['**.txt']" }, "yes"],
    ["with paths that it does not take", { ...AS, on: "push:\n  paths: ['src/**']" }, "no"],
    ["with paths that are ignored", { ...AS, on: "push:\n  paths-ignore: ['*.txt']" }, "no"],
    [
      "with paths that nobody sees",
      { ...AS, on: "push:\n  paths: ['src/**']", commit: 'git commit -am "x"' },
      "unknown",
    ],
    ["after a commit that skips", { ...AS, ...ON_MAIN, commit: 'git commit -am "x [skip ci]"' }, "no"],
    ["to a branch that is computed", { ...AS, ...ON_MAIN, push: 'git push origin "HEAD:$(date)"' }, "unknown"],
    ["where a pull request may come from it", { ...AS, on: "pull_request:" }, "unknown"],
    ["where others call it", { ...AS, on: "workflow_call:" }, "unknown"],
    ["where branches are created", { ...AS, on: "create:", push: "git push origin HEAD:x" }, "unknown"],
  ])("%s", (_, options, expected) => {
    const text = answer("startsItself", pushing(options));
    expect([word(text), text]).toEqual([expected, text]);
  });

  it("says what may end it", () => {
    const text = pushing({ ...AS, ...ON_MAIN }).replace("    runs-on:", "    if: github.actor != 'bot'\n    runs-on:");
    expect(answer("startsItself", text)).toBe(
      "unknown: `on.push` takes the branch main; `if: github.actor != 'bot'` may end that",
    );
  });
});

describe("what a credential may do", () => {
  const declared = (facts: CredentialFacts, secret = "BOT") => ({ credentials: new Map([[secret, facts]]) });
  const AS_APP = (more = "") => ({
    steps: `- id: mint\n  uses: actions/create-github-app-token@v2\n  with: { app-id: 1, private-key: '\${{ secrets.K }}'${more} }`,
    checkout: "token: '${{ steps.mint.outputs.token }}'",
  });
  it.each<[string, Parameters<typeof pushing>[0], object, string, string]>([
    ["GITHUB_TOKEN", {}, {}, "yes", "no"],
    ["GITHUB_TOKEN that reads", { permissions: "read-all" }, {}, "no", "no"],
    ["GITHUB_TOKEN with other permissions", { permissions: "{ issues: write }" }, {}, "no", "no"],
    ["a token of which nothing is said", AS_BOT, {}, "unknown", "unknown"],
    ["a classic token", AS_BOT, declared({ kind: "classic", scopes: ["repo"] }), "yes", "no"],
    ["with the scope workflow", AS_BOT, declared({ kind: "classic", scopes: ["repo", "workflow"] }), "yes", "yes"],
    ["a fine-grained one", AS_BOT, declared({ kind: "fine-grained", scopes: ["workflows: write"] }), "unknown", "yes"],
    ["an App of which nothing is said", AS_APP(), {}, "unknown", "unknown"],
    ["an App whose token is narrowed", AS_APP(", permission-contents: write"), {}, "yes", "no"],
    ["an App with workflows", AS_APP(", permission-contents: write, permission-workflows: write"), {}, "yes", "yes"],
    ["an App as declared", AS_APP(), declared({ kind: "app", permissions: { contents: "read" } }, "K"), "no", "no"],
    ["a key", { checkout: "ssh-key: '${{ secrets.K }}'" }, {}, "unknown", "yes"],
  ])("%s", (_, options, around, writes, edits) => {
    const text = pushing(options);
    expect([word(answer("mayWrite", text, around)), word(answer("mayEditWorkflows", text, around))]).toEqual([
      writes,
      edits,
    ]);
  });
});

it("notices a declared name that is nearly the secret's", () => {
  const around = { credentials: new Map([["BOTT", { kind: "classic", scopes: ["repo"] } as const]]) };
  const said = "is not declared (but BOTT is: is it the same?)";
  expect(answer("mayWrite", pushing(AS_BOT), around)).toBe(`unknown: what the owner of BOT may do ${said}`);
  const far = { credentials: new Map([["RELEASES", { kind: "classic" } as const]]) };
  expect(answer("mayWrite", pushing(AS_BOT), far)).toBe("unknown: what the owner of BOT may do is not declared");
});

describe("what GitHub does besides", () => {
  const FOUR_TAGS = "git push origin v1 v2 v3 v4".replace(/v\d/g, "refs/tags/$&");
  it.each<[string, Parameters<typeof answer>[0], Parameters<typeof pushing>[0], string]>([
    [
      "of four tags at once no workflow is told",
      "triggersWorkflows",
      { ...AS_BOT, push: FOUR_TAGS },
      "no: of more than 3 tags at once GitHub tells no workflow",
    ],
    [
      "of three it is",
      "triggersWorkflows",
      { ...AS_BOT, push: FOUR_TAGS.replace(/ \S+$/, "") },
      "yes: a push with the token BOT starts workflows, unless the commit's message says [skip ci] or the like",
    ],
    [
      "of a branch beside four tags it is",
      "triggersWorkflows",
      { ...AS_BOT, push: `${FOUR_TAGS} HEAD:main` },
      "yes: a push with the token BOT starts workflows",
    ],
    [
      "what another workflow's end starts may follow from the push",
      "startsItself",
      { ...AS_BOT, on: "workflow_run: { workflows: [CI] }" },
      "unknown: it starts when another workflow ends, and the push may start that one",
    ],
    [
      "GITHUB_TOKEN builds no pages",
      "triggersWorkflows",
      { push: "git push origin HEAD:gh-pages" },
      "no: a push with GITHUB_TOKEN starts no workflow; where a pull request comes from the branch, its runs wait until somebody approves them (github.com), or there are none; and GitHub Pages is not built",
    ],
    [
      "no pull request comes from a tag",
      "triggersWorkflows",
      { push: "git push origin HEAD:refs/tags/v1" },
      "no: a push with GITHUB_TOKEN starts no workflow",
    ],
    [
      "a fork's pull request is told apart",
      "mayWrite",
      { on: "pull_request:" },
      "yes: the workflow's permissions have contents: write, but in runs for a fork's pull request",
    ],
    [
      "pull_request_target is none of them",
      "mayWrite",
      { on: "pull_request_target:" },
      "yes: the workflow's permissions have contents: write",
    ],
  ])("%s", (_, question, options, expected) => expect(answer(question, pushing(options))).toBe(expected));

  it.each([
    ["octo/app.wiki", "{ contents: write }", "yes"],
    ["${{ github.repository }}.wiki", "{ contents: write }", "yes"],
    ["octo/app.wiki", "{ contents: read }", "no"],
    ["octo/docs.wiki", "{ contents: write }", "no"],
  ])("lets GITHUB_TOKEN into the repository's own wiki: %s with %s", (name, permissions, expected) => {
    const text = pushing({ permissions, checkout: `repository: "${name}"` });
    expect(word(answer("mayWrite", text, { repository: "octo/app" }))).toBe(expected);
  });

  it("does not choose between two pages of GitHub's about Dependabot's token", () => {
    const text = pushing({ on: "pull_request:" }).replace(
      "    runs-on:",
      "    if: github.actor == 'dependabot[bot]'\n    runs-on:",
    );
    expect(answer("mayWrite", text)).toBe(
      "unknown: in runs that Dependabot starts, `permissions` raise the token, says one page of GitHub's; and it may only read whatever they say, says another",
    );
    const others = text.replace("== 'dependabot", "!= 'dependabot");
    expect(word(answer("mayWrite", others))).toBe("yes");
  });

  it("leaves the token of a token service to its policy", () => {
    const text = pushing({
      steps: "- id: mint\n  uses: octo-sts/action@v1\n  with: { scope: octo/app, identity: release }",
      checkout: "token: '${{ steps.mint.outputs.token }}'",
    });
    expect(answer("mayWrite", text)).toBe(
      "unknown: the trust policy of the token service decides, and is not in sight",
    );
    expect(answer("mayEditWorkflows", text)).toBe(
      "unknown: the trust policy of the token service decides, and is not in sight",
    );
  });
});
