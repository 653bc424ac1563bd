import { describe, expect, test } from "vitest";
import { findUntrusted, isUntrusted, isUntrustedPath } from "../../src/expressions/untrusted.ts";
import { parsed } from "./parsed.ts";

const paths = (text: string) => findUntrusted(parsed(text)).map(({ path }) => path);

describe("paths that an outsider controls", () => {
  test.each([
    "github.event.issue.title",
    "github.event.issue.body",
    "github.event.pull_request.title",
    "github.event.pull_request.body",
    "github.event.pull_request.head.ref",
    "github.event.pull_request.head.label",
    "github.event.pull_request.head.repo.default_branch",
    "github.event.pull_request.head.repo.description",
    "github.event.comment.body",
    "github.event.review.body",
    "github.event.review_comment.body",
    "github.event.pages.*.page_name",
    "github.event.commits.*.message",
    "github.event.commits.*.author.name",
    "github.event.commits.*.author.email",
    "github.event.head_commit.message",
    "github.event.head_commit.author.email",
    "github.event.workflow_run.head_branch",
    "github.event.workflow_run.display_title",
    "github.event.workflow_run.head_commit.message",
    "github.event.discussion.title",
    "github.event.discussion.body",
    "github.event.inputs.level",
    "github.event.client_payload.a.b",
    "github.event.release.tag_name",
    "github.head_ref",
    "github.ref",
    "github.ref_name",
    "inputs.level",
  ])("%s", (path) => {
    expect(paths(path)).toEqual([path]);
    expect(isUntrustedPath(path.split("."))).toBe(true);
  });

  test.each([
    "github.sha",
    "github.actor",
    "github.base_ref",
    "github.event.number",
    "github.event.issue.number",
    "github.event.pull_request.head.sha",
    "github.event.pull_request.head.repo.owner.login",
    "github.event.pull_request.head.repo.id",
    "github.event.pull_request.base.ref",
    "github.event.sender.login",
    "github.event.repository.default_branch",
    "github.repository",
    "env.TITLE",
    "steps.a.outputs.title",
    "github.event.issue.title.x",
  ])("not %s", (path) => {
    expect(paths(path)).toEqual([]);
    expect(isUntrustedPath(path.split("."))).toBe(false);
  });

  test("however they are written", () => {
    expect(paths("GitHub.Event['Issue'].TITLE")).toEqual(["github.event.issue.title"]);
    expect(paths("github.event.commits[0].message")).toEqual(["github.event.commits.*.message"]);
    expect(paths("github.event.commits['0'].message")).toEqual(["github.event.commits.*.message"]);
    expect(paths("github.event.commits[matrix.n].message")).toEqual(["github.event.commits.*.message"]);
    expect(paths("github.event.*.body")).toContain("github.event.comment.body");
    expect(paths("github[env.X]")).toContain("github.ref");
    expect(paths("inputs['Some Thing']")).toEqual(["inputs.Some Thing"]);
  });
});

describe("where the text goes", () => {
  test.each([
    ["format('x {0}', github.head_ref)", ["github.head_ref"]],
    ["format(github.head_ref)", ["github.head_ref"]],
    ["join(github.event.commits.*.message, ',')", ["github.event.commits.*.message"]],
    ["join(fromJSON('[]'), github.head_ref)", ["github.head_ref"]],
    ["toJSON(github.event.issue.title)", ["github.event.issue.title"]],
    ["toJSON(github.event.issue)", ["github.event.issue"]],
    ["toJSON(github)", ["github"]],
    ["toJSON(inputs)", ["inputs"]],
    ["fromJSON(github.event.comment.body).a.b", ["github.event.comment.body.a.b"]],
    ["fromJSON(toJSON(github.event)).issue.number", ["github.event.issue.number"]],
    ["github.head_ref || github.ref_name", ["github.head_ref", "github.ref_name"]],
    ["github.actor && github.head_ref", ["github.head_ref"]],
    ["github.head_ref && 'x'", ["github.head_ref"]],
    ["case(github.ref == 'x', github.head_ref, 'y')", ["github.head_ref"]],
    ["case(true, 'x', github.head_ref)", ["github.head_ref"]],
    ["somethingNew(github.head_ref)", ["github.head_ref"]],
    ["(github.head_ref)", ["github.head_ref"]],
  ])("through %s", (text, want) => {
    expect(paths(text)).toEqual(want);
  });

  test.each([
    "github.head_ref == 'x'",
    "!github.head_ref",
    "contains(github.event.issue.title, 'x')",
    "startsWith(github.ref, 'refs/tags/')",
    "endsWith(github.ref_name, '-rc')",
    "github.head_ref == 'x' && 'a' || 'b'",
    "case(github.ref == 'x', 1, 2)",
    "case(github.head_ref, 1, 2)",
    "hashFiles(github.head_ref)",
    "matrix[github.head_ref]",
    "toJSON(github.event.sender)",
    "toJSON(needs)",
    "github.event.issue",
    "format('{0}', github.event.issue)",
    "join(github.event.issue)",
    "'github.head_ref'",
  ])("not through %s", (text) => {
    expect(paths(text)).toEqual([]);
    expect(isUntrusted(parsed(text))).toBe(false);
  });

  test("the place is that of the access", () => {
    const text = "format('{0}', github.event.issue.title)";
    const [source] = findUntrusted(parsed(text));
    expect(text.slice(source?.start, source?.end)).toBe("github.event.issue.title");
    expect(isUntrusted(parsed(text))).toBe(true);
  });
});
