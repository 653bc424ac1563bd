import { describe, expect, it } from "vitest";
import { commandPattern, isCallOf } from "../../src/prove/command-pattern.ts";

describe("a command as it stands in a script", () => {
  it.each([
    [
      'git push "https://x:${TOKEN}@github.com/a/b" HEAD:main',
      ["git", "push", "https://x:s3cret@github.com/a/b", "HEAD:main"],
      true,
    ],
    [
      'git push "https://x:${TOKEN}@github.com/a/b" HEAD:main',
      ["git", "push", "https://x:s3cret@github.com/a/c", "HEAD:main"],
      false,
    ],
    ["git push origin main", ["/usr/bin/git", "push", "origin", "main"], true],
    ["uses: acme/release@v2", ["git", "push", "origin", "HEAD:main"], true],
    ["git push origin main", ["git", "push", "origin", "main", "--force"], false],
    ["git push $FLAGS origin", ["git", "push", "--force", "--no-verify", "origin"], true],
    ["git push $FLAGS origin", ["git", "push", "origin"], true],
    ['git push "$REMOTE"', ["git", "push", "origin", "main"], false],
    ['git "$@"', ["git", "push", "--porcelain", "origin", "main"], true],
    ['git push "${REFS[@]}"', ["git", "push", "origin", "a", "b"], true],
    ['git push "${REFS[@]}"', ["git", "push"], true],
    ['git push "$REMOTE" "$@"', ["git", "fetch", "origin"], false],
    ["git push origin HEAD:${{ github.ref_name }}", ["git", "push", "origin", "HEAD:a.b"], true],
    ["git push origin a.b", ["git", "push", "origin", "axb"], false],
    ["/usr/bin/git push origin", ["git", "push", "origin"], true],
    ["xargs -n1 git push origin", ["git", "push", "origin", "HEAD:main"], true],
    ["timeout 60 git push origin", ["git", "push", "origin"], true],
    ["GIT_TRACE=1 git -c a.b='c d' push", ["git", "-c", "a.b=c d", "push"], true],
  ])("%s: %j is a call of it: %s", (command, argv, isCall) => {
    expect(isCallOf(commandPattern(command), argv)).toBe(isCall);
  });

  it("that is more than one may be anything", () => {
    expect(commandPattern("git fetch; git push")).toBeUndefined();
    expect(isCallOf(undefined, ["git", "push"])).toBe(true);
  });
});
