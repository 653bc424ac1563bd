import { expect, test } from "vitest";
import { conditionOf } from "../../../src/credentials/git/include.ts";
import { HOME, WORKSPACE } from "../../../src/credentials/paths.ts";

const at = (gitDir: string) => ({ gitDir, branch: undefined, urls: [], home: HOME });

test.each<[condition: string, directory: string, wanted: boolean | string]>([
  [`gitdir:${WORKSPACE}/.git`, "/.git", true],
  [`gitdir:${WORKSPACE}/app/`, "/.git", false],
  ["gitdir:sub/.git", "/sub/.git", true],
  ["gitdir:sub/", "/other/.git", "the repository is called sub"],
  ["gitdir:repository/", "/.git", "the repository is called repository"],
  ["gitdir/i:App/", "/.git", "the repository is called app"],
  ["gitdir:~/work/", "/.git", true],
  ["gitdir:/home/runner/work/app/app/.git", "/.git", "the repository is called app"],
  ["gitdir:/home/runner/work/app/other/.git", "/.git", false],
  ["gitdir:/srv/", "/.git", false],
  ["gitdir:app*/", "/.git", "the repository is called app"],
])("%s of the workspace's %s", (condition, directory, wanted) => {
  expect(conditionOf(condition, undefined, at(`${WORKSPACE}${directory}`))).toBe(wanted);
});

test("a repository beside the workspace has a path that is known", () => {
  expect(conditionOf("gitdir:app/", undefined, at("/tmp/app/.git"))).toBe(true);
  expect(conditionOf("gitdir:app/", undefined, at("/tmp/other/.git"))).toBe(false);
});
