import { describe, expect, test } from "vitest";
import { guardsOf } from "../../src/expressions/guards.ts";
import { scalar } from "../../src/ir/node.ts";

const guards = (...conditions: string[]) => guardsOf(conditions.map((condition) => scalar(condition)));
/** Which of these events get through; with `!` where outsiders do not. */
const let_ = (...conditions: string[]) =>
  ["push", "pull_request", "issues"].flatMap((event) => {
    const { lets } = guards(...conditions);
    return lets(event, "anybody") ? [lets(event, "outsider") ? event : `${event}!`] : [];
  });
const ALL = ["push", "pull_request", "issues"];

describe("the events that a condition lets through", () => {
  test.each<[string, string[]]>([
    ["", ALL],
    ["github.event_name == 'push'", ["push"]],
    ["'PUSH' == github.event_name", ["push"]],
    ["github.event_name != 'pull_request'", ["push", "issues"]],
    ["${{ github.event_name == 'push' && github.ref == 'refs/heads/main' }}", ["push"]],
    ["github.event_name == 'push' || github.ref == 'refs/heads/main'", ALL],
    ['contains(fromJSON(\'["push", "issues"]\'), github.event_name)', ["push", "issues"]],
    ["!startsWith(github.event_name, 'pull')", ["push", "issues"]],
    ["github.event.pull_request", ["pull_request"]],
    ["github.head_ref != ''", ["pull_request"]],
    ["github.event.issue.number > 3", ["issues"]],
    ["github.event.pull_request.head.repo.full_name == github.repository", ["pull_request!"]],
    ["!github.event.pull_request.head.repo.fork", ALL],
    [
      "github.event_name == 'push' || github.event.pull_request.base.repo.id == github.event.pull_request.head.repo.id",
      ["push", "pull_request!"],
    ],
    ["always() && github.event_name == 'push'", ["push"]],
    // What cannot be decided lets everything through.
    ["vars.EVENT == github.event_name", ALL],
    ["github.repository == 'octo/app'", ALL],
    ["github.repository_owner == 'octo' && github.event_name != 'push'", ["pull_request", "issues"]],
    ["github.event.pull_request.head.repo.full_name != github.repository", ALL],
    ["steps.x.outputs.y", ALL],
    ["this is no expression", ALL],
    ["is it ${{ github.event_name == 'push' }}?", ALL],
  ])("%s", (condition, events) => {
    expect(let_(condition)).toEqual(events);
  });

  test("the job's and the step's together", () => {
    expect(let_("github.event_name != 'push'", "github.event_name != 'issues'")).toEqual(["pull_request"]);
    expect(guardsOf([undefined, undefined]).lets("push", "outsider")).toBe(true);
  });
});

test.each<[string, boolean]>([
  ["github.event.issue.author_association == 'MEMBER'", false],
  [
    "github.event.pull_request.author_association == 'OWNER' || github.event.issue.author_association == 'owner'",
    false,
  ],
  ['contains(fromJSON(\'["OWNER", "MEMBER"]\'), github.event.issue.author_association)', false],
  ["github.event.pull_request.author_association != 'NONE'", true],
  ['contains(fromJSON(\'["OWNER", "CONTRIBUTOR"]\'), github.event.issue.author_association)', true],
  // Who comments has not written the code.
  ["github.event.comment.author_association == 'MEMBER'", true],
])("%s: whether a stranger's code gets there: %s", (condition, expected) => {
  expect(guards(condition).lets("issue_comment", "author")).toBe(expected);
  expect(guards(condition).lets("issue_comment", "outsider")).toBe(true);
});

test.each<[string, boolean]>([
  ["github.ref == 'refs/heads/main'", true],
  ["'refs/heads/main' == GITHUB.ref", true],
  ["github.ref == 'refs/heads/main' && success()", true],
  ["github.ref == 'refs/heads/a' || github.ref == 'refs/heads/b'", true],
  ["contains(fromJSON('[\"refs/heads/main\"]'), github.ref)", true],
  ["github.ref != 'refs/heads/main'", false],
  ["github.ref == 'refs/heads/a' || success()", false],
  ["!(github.ref == 'refs/heads/main')", false],
  ["startsWith(github.ref, 'refs/tags/')", false],
  ["contains(github.ref, 'main')", false],
  ["contains('main next', github.ref)", false],
  ["github.ref == vars.REF", false],
  ["github.ref_name == 'main'", false],
])("%s fixes github.ref: %s", (condition, is) => {
  expect(guards(condition).fixes("github.ref")).toBe(is);
});
