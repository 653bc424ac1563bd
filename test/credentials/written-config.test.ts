import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

/** Steps behind a checkout that keeps GITHUB_TOKEN, or keeps nothing. */
function identityOf(script: string, { persists = "true" } = {}): string {
  const lines = script
    .split("\n")
    .map((line) => `          ${line}\n`)
    .join("");
  return identitiesOf(
    pushesOf(`on: push
permissions:
  contents: write
env:
  PAT: \${{ secrets.PAT }}
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: ${persists}
      - run: |
${lines}`),
  ).join();
}

describe("configuration that a script writes itself", () => {
  const HEADER = "AUTHORIZATION: basic $(printf 'x:%s' \"$PAT\" | base64 -w0)";

  it.each([
    ["a heredoc", `cat > ~/.gitconfig <<EOF\n[http "https://github.com/"]\n  extraheader = ${HEADER}\nEOF`, "pat PAT"],
    [
      "a file that is included",
      `printf '[http "https://github.com/"]\\n\\textraheader = AUTHORIZATION: basic %s\\n' "$(printf 'x:%s' "$PAT" | base64 -w0)" > ~/extra && git config --global include.path ~/extra`,
      "pat PAT",
    ],
    [
      "lines behind what git wrote",
      `git config --global user.name x\nprintf '[url "https://x:%s@github.com/"]\\n  insteadOf = https://github.com/\\n' "$PAT" >> ~/.gitconfig`,
      "pat PAT",
    ],
    [
      "quotes, comments and several lines",
      `cat > ~/.gitconfig <<EOF\n; ours\n[HTTP "https://github.com/"] ExtraHeader = "AUTHORIZATION: \\\\\nbasic $(printf 'x:%s' "$PAT" | base64 -w0)" # sent\nEOF`,
      "pat PAT",
    ],
    ["what cannot be read", `envsubst < template >> ~/.gitconfig`, "unknown"],
  ])("%s", (_, script, expected) => {
    expect(identityOf(`${script}\ngit push origin HEAD:main`, { persists: "false" })).toBe(expected);
  });

  it("adds to the persisted header", () => {
    const script = `cat >> .git/config <<EOF\n[http "https://github.com/"]\n  extraheader = ${HEADER}\nEOF\ngit push origin HEAD:main`;
    expect(identityOf(script)).toBe("duplicate");
  });
});

describe("a credential helper", () => {
  it("gets the operation as its argument", () => {
    const script = `git config credential.helper '!f() { test "$1" = get && echo "username=x" && echo "password=$PAT"; }; f'\ngit push origin HEAD:main`;
    expect(identityOf(script, { persists: "false" })).toBe("pat PAT");
  });
});

describe("a token with letters around it that no token has", () => {
  it("is none", () => {
    const header = String.raw`AUTHORIZATION: basic $(printf 'x-access-token:%s' \"$PAT\" | base64 -w0)`;
    const script = `git -c "http.https://github.com/.extraheader=${header}" push origin HEAD:main`;
    expect(identityOf(script, { persists: "false" })).toBe("none");
  });
});

describe("persist-credentials that is computed", () => {
  it("is both", () => {
    const computed = "${{ vars.KEEP == 'yes' }}";
    expect(identityOf("git push origin HEAD:main", { persists: computed })).toBe("github-token | none");
  });
});
