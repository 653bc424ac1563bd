import { describe, expect, it } from "vitest";
import { seen } from "./seen.ts";

const many = (text: string): string => text.repeat(60_000 / text.length);

/** Files that are long, broken or go in circles: an answer is given, and soon. */
describe("odd files beside a program that pushes", () => {
  it.each([
    ["cargo release -x patch", "release.toml", many("\n"), "github-token"],
    ["semantic-release version", "pyproject.toml", many("[tool.semantic_release.remote]\n"), "github-token"],
    ["mvn release:prepare", "pom.xml", many("<!--"), "unknown"],
    ["mvn release:prepare", "pom.xml", many("<developerConnection>"), "unknown"],
    [
      "mvn release:prepare",
      "pom.xml",
      "<developerConnection>scm:git:${a}</developerConnection><a>${a}${a}</a>",
      "unknown",
    ],
    ["hexo deploy", "_config.yml", `deploy:\n${many("  \n")}`, ""],
    ["julia docs/make.jl", "docs/make.jl", many("deploydocs("), ""],
    ["./gradlew release", "build.gradle", many("researchgate"), ""],
    ["npx nx release", "nx.json", many('"createRelease" '), ""],
    ["just x", "justfile", `x ${many("a ")}:\n  git push\n`, ""],
    ["just x", "justfile", `x:\n${many("  {{")}`, ""],
    ["just x", "justfile", "x: y\n  git push\ny: x\n", "github-token"],
    ["task x", "Taskfile.yml", `tasks: { x: ${many("[")}`, ""],
    ["task x", "Taskfile.yml", "tasks: { x: { cmds: [{ task: x }] } }", ""],
    ["task x", "Taskfile.yml", "vars: { A: '{{.A}}{{.A}}' }\ntasks: { x: 'git push {{.A}}' }", ""],
    ["npx -p", "a", "", ""],
    ["python -m", "a", "", ""],
    ["cargo release -x --push-remote", "a", "", "github-token"],
  ])("%s with %s", (run, name, text, expected) => {
    expect(seen(run, { [name]: text })).toBe(expected);
  });
});
