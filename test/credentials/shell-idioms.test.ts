import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

/** Who the pushes of a script are, behind a checkout that keeps nothing unless it is told to. Tried on real git with `flowkeep prove`. */
function identities(script: string, persists = false): readonly string[] {
  return identitiesOf(
    pushesOf(`on: push
permissions: { contents: write }
env: { PAT: "\${{ secrets.PAT }}", BOT: "\${{ secrets.BOT }}" }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: ${String(persists)} }
      - run: |
${script.replace(/^/gm, "          ")}
`),
  );
}

const KEY = "http.https://github.com/.extraheader";
const WITH_T = 'git push "https://x:$T@github.com/octo/app" HEAD:main';
const ELSE_BOT = `'git push "https://x:\${T:-$BOT}@github.com/octo/app" HEAD:main'`;

describe("variables", () => {
  it.each([
    ["${T:=…} sets it", `: "\${T:=$PAT}"\n${WITH_T}`, "pat PAT"],
    ["${T:=…} in an argument", `echo "\${T:=$PAT}"\n${WITH_T}`, "pat PAT"],
    ["a child shell does not see what is not exported", `T=$PAT\nbash -c ${ELSE_BOT}`, "pat BOT"],
    ["a child shell sees what is exported", `export T=$PAT\nbash -c ${WITH_T.replace(/^|$/g, "'")}`, "pat PAT"],
    ["set -a exports", `set -a\nT=$PAT\nbash -c ${WITH_T.replace(/^|$/g, "'")}`, "pat PAT"],
    ["export -n does not", `export T=$PAT\nexport -n T\nbash -c ${ELSE_BOT}`, "pat BOT"],
    [
      "export -f",
      `f() { git push "https://x:$PAT@github.com/octo/app" HEAD:main; }\nexport -f f\nbash -c f`,
      "pat PAT",
    ],
    ["local is gone behind the function", `T=$BOT\nf() { local T=$PAT; }\nf\n${WITH_T}`, "pat BOT"],
    ["declare -g is not", `f() { declare -g T=$PAT; }\nf\n${WITH_T}`, "pat PAT"],
    ["a name for another", `declare -n T=PAT\n${WITH_T}`, "pat PAT"],
    ["arrays by key", `declare -A A\nA[x]=$PAT\nA[y]=$BOT\nT=\${A[x]}\n${WITH_T}`, "pat PAT"],
    ["mapfile", `mapfile -t A < <(printf '%s\\n%s\\n' "$BOT" "$PAT")\nT=\${A[1]}\n${WITH_T}`, "pat PAT"],
    ["read with IFS", `IFS=: read -r U T <<< "x:$PAT"\n${WITH_T}`, "pat PAT"],
    ["a trap at the end", `trap 'git push "https://x:$T@github.com/octo/app" HEAD:main' EXIT\nT=$PAT`, "pat PAT"],
    [
      "exec is the end",
      `exec git push "https://x:$PAT@github.com/octo/app" HEAD:main\ngit push origin HEAD:y`,
      "pat PAT",
    ],
    ["xargs", `echo HEAD:main | xargs git push "https://x:$PAT@github.com/octo/app"`, "pat PAT"],
    [
      "sudo has another home",
      `git config --global ${KEY} "AUTHORIZATION: basic $(printf 'x:%s' "$PAT" | base64 -w0)"\nsudo git push origin HEAD:main`,
      "none",
    ],
  ])("%s", (_, script, expected) => {
    expect(identities(script)).toEqual([expected]);
  });
});

describe("arrays", () => {
  it.each([
    ["by key, all at once", 'declare -A A=([x]="$PAT" [y]="$BOT")\nT=${A[x]}', "pat PAT"],
    ["what [[ =~ ]] finds", 'T=\n[[ "a:b" =~ ^(.):(.)$ ]] && [ "${BASH_REMATCH[2]}" = b ] && T=$PAT', "pat PAT"],
    ["the last", 'A=("$BOT" "$PAT")\nT=${A[-1]}', "pat PAT"],
  ])("%s", (_, script, expected) => {
    expect(identities(`${script}\n${WITH_T}`)).toEqual([expected]);
  });
});

describe("texts that are changed", () => {
  it.each([
    [
      "${URL/…}",
      'URL=$(git remote get-url origin)\ngit push "${URL/github.com/x:$PAT@github.com}" HEAD:main',
      "pat PAT",
    ],
    [
      "${URL/…} in GITHUB_SERVER_URL",
      'git push "${GITHUB_SERVER_URL/https:\\/\\//https://x:$PAT@}/$GITHUB_REPOSITORY" HEAD:main',
      "pat PAT",
    ],
    ["a part of a token is none", 'T=${PAT/a/b}\ngit push "https://x:$T@github.com/octo/app" HEAD:main', "unknown"],
    [
      "sed",
      'git remote set-url origin "$(git remote get-url origin | sed "s#https://#https://x:$PAT@#")"\ngit push origin HEAD:main',
      "pat PAT",
    ],
    [
      "sed -i of a URL",
      'sed -i "s#https://github.com#https://x:$PAT@github.com#" .git/config\ngit push origin HEAD:main',
      "pat PAT",
    ],
    ["a program that nobody knows", "perl -pi -e 's/x/y/' .git/config\ngit push origin HEAD:main", "unknown"],
    [
      "cut",
      'H=$(echo https://github.com/octo/app | cut -d/ -f3)\ngit push "https://x:$PAT@$H/octo/app" HEAD:main',
      "pat PAT",
    ],
  ])("%s", (_, script, expected) => {
    expect(identities(script)).toEqual([expected]);
  });

  it("sed -i deletes a header", () => {
    const script = `sed -i '/extraheader/d' .git/config\ngit push "https://x:$PAT@github.com/octo/app" HEAD:main`;
    expect(identities(script, true)).toEqual(["pat PAT"]);
  });
});

describe("base64", () => {
  it.each([
    ["of a line is of its end, too", 'echo "x:$PAT" | base64 -w0', ["none"]],
    ["of a text", 'printf "x:%s" "$PAT" | base64 -w0', ["pat PAT"]],
    ["may break its line", 'printf "x:%s" "$PAT" | base64', ["pat PAT | none"]],
    ["breaks its line", 'printf "the-user-name-of-the-bot:%s" "$PAT" | base64', ["none"]],
    ["is put together again", 'printf "x:%s" "$PAT" | base64 | tr -d "\\n"', ["pat PAT"]],
    ["of a file", 'printf "x:%s" "$PAT" > t; base64 -w0 t', ["pat PAT"]],
  ])("%s", (_, encode, expected) => {
    const script = `B=$(${encode})\ngit -c "${KEY}=AUTHORIZATION: basic $B" push origin HEAD:main`;
    expect(identities(script)).toEqual(expected);
  });
});
