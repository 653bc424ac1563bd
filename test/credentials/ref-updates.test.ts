import { beforeAll, describe, expect, it } from "vitest";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { analyzeFile } from "../../src/credentials/analyze-file.ts";
import { readFile } from "../../src/read/read-file.ts";

describe("the refs that a push updates", () => {
  let catalog: Catalog;
  beforeAll(async () => void (catalog = await openCatalog()));

  const updatesOf = (script: string, ref = "") => {
    const text = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { ref: "${ref}" }
      - run: |
          ${script.replaceAll("\n", "\n          ")}
`;
    const { pushes } = analyzeFile("a.yml", readFile("a.yml", text).node!, { catalog });
    expect(pushes).toHaveLength(1);
    return pushes[0]?.updates?.map(({ kind, name, shown: _, ...is }) => {
      const marks = Object.entries({ ...is, isHead: false }).flatMap(([mark, holds]) =>
        holds ? [mark.slice(2).toLowerCase()] : [],
      );
      return [kind, name ?? "?", ...marks].join(" ");
    });
  };

  it.each([
    ["git push", "", ["branch ? current"]],
    ["git push", "main", ["branch main"]],
    ["git push origin HEAD:main", "", ["branch main"]],
    ["git push origin HEAD:refs/heads/main", "", ["branch main"]],
    ["git push origin HEAD:refs/tags/v1", "", ["tag v1"]],
    ["git push origin v1", "", ["ref v1"]],
    ["git push origin main", "", ["branch main"]],
    ["git tag v1\ngit push origin v1", "", ["tag v1"]],
    ['git tag -a nightly -m "x"\ngit push -f origin nightly', "", ["tag nightly forced"]],
    ['git tag "$(date)"\ngit push origin nightly', "", ["ref nightly"]],
    ["git push origin tag v1", "", ["tag v1"]],
    ["git push origin main", "main", ["branch main"]],
    ["git push --force origin HEAD:main", "", ["branch main forced"]],
    ["git push -fu origin HEAD:main", "", ["branch main forced"]],
    ["git push --force-with-lease=main:abc origin HEAD:main", "", ["branch main forced"]],
    ["git push origin +HEAD:main", "", ["branch main forced"]],
    ["git push origin --delete old", "", ["ref old deleted"]],
    ["git push origin :refs/heads/old", "", ["branch old deleted"]],
    ["git push --tags", "", ["tag ?"]],
    ["git push --follow-tags origin main", "main", ["branch main", "tag ?"]],
    ["git push --all", "", ["branch ?"]],
    ["git push --mirror", "", ["ref ? deleted forced"]],
    ["git push --dry-run origin HEAD:main", "", []],
    ["git push origin HEAD:main v1 refs/tags/v2", "", ["branch main", "ref v1", "tag v2"]],
    ['git push origin "HEAD:${{ github.ref }}"', "", ["ref ? current"]],
    ['git push origin "HEAD:${{ github.ref_name }}"', "", ["ref ? current"]],
    ['git push origin "HEAD:refs/heads/${{ github.ref_name }}"', "", ["branch ? current"]],
    ['git push origin "HEAD:$(date)"', "", ["branch ?"]],
    ["git checkout -b fix/x\ngit push -u origin fix/x", "", ["branch fix/x"]],
    ['if [ "$(date)" = b ]; then B=x; else B=y; fi\ngit push origin "HEAD:$B"', "", ["branch ?"]],
  ])("%s", (script, ref, updates) => expect(updatesOf(script, ref)).toEqual(updates));
});
