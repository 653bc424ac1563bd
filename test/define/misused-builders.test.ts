import { describe, expect, test } from "vitest";
import { fileDefinition, workflowToIr } from "../../src/define/convert/to-ir.ts";
import {
  comment,
  expr,
  format,
  githubToken,
  job,
  pat,
  push,
  sh,
  unsafeScript,
  untyped,
  workflow,
} from "../../src/index.ts";
import { DefinitionError } from "../../src/ir/errors.ts";

// Sources may be JavaScript: what the types refuse is refused again, in a sentence.

const any = (value: unknown) => value as never;

describe("builders that take a text", () => {
  test.each<[string, () => unknown, string]>([
    ["expr()", () => expr(any(undefined)), "expr() takes GitHub's syntax as a text, not undefined"],
    ["format({})", () => format(any({})), "format() takes a text first, not an object"],
    ['sh("make")', () => sh(any("make")), "sh is a tag"],
    [
      "unsafeScript(5)",
      () => unsafeScript(any(5), { because: "x" }),
      "unsafeScript() takes a text first, not a number",
    ],
    ["comment(5, …)", () => comment(any(5), { run: "make" }), "comment() takes the comment first"],
    [
      "comment.after([], …)",
      () => comment.after(any([]), "x"),
      "comment.after() takes the comment first, as a text, not a list",
    ],
    ["untyped(null)", () => untyped(any(null)), "untyped() takes an action as a text"],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(DefinitionError);
    expect(call).toThrow(message);
  });
});

describe("what is known of a token", () => {
  test.each<[unknown, string]>([
    ["repo", "pat() takes what is known of the token as an object"],
    [{ kind: "finegrained" }, '`kind` is "classic" or "fine-grained"'],
    [{ scope: ["repo"] }, "`scope` is not an option; known are kind, actsAs, scopes"],
    [{ scopes: "repo" }, "`scopes` is a list of texts"],
    [{ actsAs: "octocat" }, "`actsAs` is one of"],
    [{ actsAs: { user: "a", team: "b" } }, "`actsAs` is one of"],
  ])("%j", (options, message) => {
    expect(() => pat("ROBOT", any(options))).toThrow(message);
  });

  test("may be left out, or undefined", () => {
    expect(() => pat("ROBOT", any({ kind: undefined, actsAs: { team: "release" }, scopes: [] }))).not.toThrow();
  });
});

describe("what a push names", () => {
  const commit = { message: "m", author: { name: "n", email: "e" } };
  test.each<[object, string | undefined]>([
    [{ branch: "a..b" }, "`branch`: `a..b` is no branch"],
    [{ branch: "--force" }, "`branch`: `--force` begins with a dash"],
    [{ branch: "" }, "`branch` is empty"],
    [{ branch: "release/${{ inputs.v }}" }, undefined],
    [{ tag: "v1 beta" }, "`tag`: `v1 beta` is no branch"],
    [{ refs: ["HEAD:refs/heads/a", "+v1", ":refs/heads/old", "HEAD~1:main", "refs/tags/*:refs/tags/*"] }, undefined],
    [{ refs: ["a:b:c"] }, "more than one colon"],
    [{ refs: ["HEAD:main", "+"] }, "names nothing"],
    [{ refs: ["--delete"] }, "is no refspec"],
    [{ refs: ["HEAD:a b"] }, "cannot stand in one"],
    [{ branch: "main", repository: "o/r; rm -rf" }, "write owner/name"],
    [{ branch: "main", repository: "https://github.com/o/r" }, "write owner/name"],
    [{ branch: "main", commit: { ...commit, paths: ["a", "b/../../c"] } }, "`b/../../c` lies outside"],
    [{ branch: "main", commit: { ...commit, paths: ["/etc/hosts"] } }, "`/etc/hosts` lies outside"],
    [{ branch: "main", commit: { ...commit, paths: ["a\nb"] } }, "name each path by itself"],
    [{ branch: "main", commit: { ...commit, paths: [""] } }, "empty path"],
    [{ branch: "main", commit: { ...commit, paths: ["a/../b", ".", ":(exclude)c", "*.gz"] } }, undefined],
  ])("%j", (options, message) => {
    expect(saidOf(options)).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
  });
});

function saidOf(options: object): readonly string[] {
  const steps = [push(any({ as: githubToken(), ...options }))];
  const definition = fileDefinition(workflow({ on: "push", jobs: { a: job(any({ "runs-on": "x", steps })) } }));
  if (definition?.is !== "workflow") throw new Error("no workflow");
  const said: string[] = [];
  workflowToIr(definition, { pathOf: () => undefined, report: (error) => said.push(String(error)) });
  return said;
}
