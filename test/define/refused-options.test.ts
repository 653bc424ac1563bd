import { describe, expect, test } from "vitest";
import { deployKey, expr, githubToken, job, pat, push, run, secret, unsafeScript, uses } from "../../src/index.ts";
import { jobs, yaml } from "./converted.ts";

describe("push says what it was given wrongly", () => {
  const author = { name: "a", email: "a@b" };
  const given = (options: object) => () => yaml(jobs({ a: job({ "runs-on": "x", steps: [push(options as never)] }) }));
  test.each([
    [{ branch: "main" }, "`as` says who pushes"],
    [{ as: secret("X"), branch: "main" }, "`as` says who pushes"],
    [{ as: githubToken() }, "give exactly one of `branch`, `refs` and `tag`"],
    [{ as: githubToken(), branch: "a", tag: "b" }, "not branch and tag"],
    [{ as: githubToken(), refs: [] }, "at least one refspec"],
    [{ as: githubToken(), branch: "a", force: true }, '`force` is "with-lease"'],
    [{ as: githubToken(), branch: "a", retry: 9 }, "from 0 to 3"],
    [{ as: githubToken(), branch: "a", brunch: "b" }, "`brunch` is not an option"],
    [{ as: githubToken(), branch: "a", commit: { paths: [], message: "m" } }, "at least one path"],
    [{ as: githubToken(), branch: "a", commit: { paths: ["x"] } }, "`commit.message` is missing"],
    [{ as: pat("P"), branch: "a", commit: { paths: ["x"], message: "m" } }, "The author of a commit is not the pusher"],
    [
      { as: pat("P"), branch: "a", commit: { paths: ["x"], message: "m", author, sign: true } },
      "`sign` is not a key of `commit`",
    ],
    [{ as: pat("P"), branch: "a", allowPersisted: " " }, "the reason as a text"],
  ])("%j", (options, message) => {
    expect(given(options)).toThrow(message);
  });
});

test.each([
  [() => pat("my token"), "is no secret's name"],
  [() => secret("GITHUB_X"), "GitHub reserves names"],
  [() => pat("GITHUB_TOKEN"), "write githubToken()"],
  [() => deployKey("github_token"), "write githubToken()"],
  [() => pat(`ghp_${"a1".repeat(18)}`), "this is a token, and not the name of a secret"],
  [() => secret(`github_pat_${"a1".repeat(18)}`), "this is a token, and not the name of a secret"],
  [() => deployKey("-----BEGIN OPENSSH PRIVATE KEY-----"), "this is a token, and not the name of a secret"],
  [() => expr("${{ }}"), "expr() needs an expression"],
  [() => uses(5 as never), "uses() takes an action"],
  [() => run("make" as never), "run() takes an object"],
  [() => unsafeScript("x", { because: "" }), "needs a reason"],
])("builders refuse what makes no sense: %#", (build, message) => {
  expect(build).toThrow(message);
});
