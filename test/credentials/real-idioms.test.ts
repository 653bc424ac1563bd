import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

const CHECKOUT = "      - uses: actions/checkout@v4\n";
const KEEPS_NOTHING = `${CHECKOUT}        with: { persist-credentials: false }\n`;

function workflow(steps: string, runsOn = "ubuntu-latest"): string {
  return `on: push\njobs:\n  job:\n    runs-on: ${runsOn}\n    steps:\n${steps}`;
}

function script(lines: readonly string[], more = ""): string {
  return `      - run: |\n${lines.map((line) => `          ${line}\n`).join("")}${more}`;
}

const TOKEN = "        env: { TOKEN: '${{ secrets.PAT }}' }\n";

describe("a default that is empty", () => {
  it.each([
    ["of a variable", ['T="${TOKEN:-}"', 'if [ -z "$T" ]; then exit 0; fi']],
    ["of a script's argument", ["set -- $TOKEN", 'T="${1:-}"', '[ -n "$T" ] || exit 0']],
    ["of an argument that nobody tests", ["set -- $TOKEN", 'T="${1:-}"']],
  ])("is no other way for the token to be: %s", (_, lines) => {
    const push = "git push https://x:$T@github.com/octo/app HEAD:main";
    expect(identitiesOf(pushesOf(workflow(KEEPS_NOTHING + script([...lines, push], TOKEN))))).toEqual(["pat PAT"]);
  });

  it("of an argument that has another default names what the workflow gives", () => {
    const lines = ['f() { git push "https://x:${1:-$2}@github.com/octo/app" HEAD:main; }', 'f "$TOKEN" "$OTHER"'];
    const env = "        env: { TOKEN: '${{ secrets.PAT }}', OTHER: '${{ secrets.OTHER }}' }\n";
    const [push] = pushesOf(workflow(KEEPS_NOTHING + script(lines, env)));
    expect(push?.alternatives.map(({ when }) => when)).toEqual(["secrets.PAT is empty"]);
  });
});

describe("git submodule foreach", () => {
  const WITH_SUBMODULES = `${CHECKOUT}        with: { submodules: true, token: "\${{ secrets.PAT }}" }\n`;
  const LINES = ["git submodule foreach 'git push origin HEAD:main'"];

  it("pushes from the submodules that the checkout fetched, with its token", () => {
    const pushes = pushesOf(workflow(WITH_SUBMODULES + script(LINES)));
    expect(identitiesOf(pushes)).toEqual(["pat PAT"]);
    expect(pushes[0]?.target?.repository ?? undefined).toBeUndefined();
  });

  it("knows where it goes by .gitmodules", () => {
    const modules = `[submodule "a"]\n\tpath = libs/a\n\turl = https://github.com/octo/a.git\n`;
    const pushes = pushesOf(workflow(WITH_SUBMODULES + script(LINES)), { ".gitmodules": modules });
    expect(pushes.map(({ target }) => target?.repository)).toEqual(["octo/a"]);
  });

  it("does nothing where none was fetched", () => {
    expect(pushesOf(workflow(CHECKOUT + script(LINES)))).toEqual([]);
  });
});

describe("an action that runs a command", () => {
  it.each([
    ["nick-fields/retry@v3", "command: git pull --rebase && git push"],
    ["nick-invision/retry@v2", "command: git push"],
    ["Wandalen/wretry.action@v3", "command: git push"],
  ])("pushes as its command does: %s", (uses, given) => {
    expect(
      identitiesOf(pushesOf(workflow(`${CHECKOUT}      - uses: ${uses}\n        with:\n          ${given}\n`))),
    ).toEqual(["github-token"]);
  });
});

describe("a script of PowerShell", () => {
  it("pushes as the checkout says where it only says who commits", () => {
    const lines = [
      "git config user.name bot",
      'git config --global user.email "bot@example.com"',
      "if (git status --porcelain) {",
      "  git commit -am update",
      "  git push",
      "}",
    ];
    expect(identitiesOf(pushesOf(workflow(CHECKOUT + script(lines), "windows-latest")))).toEqual(["github-token"]);
  });

  it("is not vouched for where it may change the credential", () => {
    for (const line of [
      "git config --global user.name bot; git config credential.helper store",
      "git config http.proxy x",
      "git config --global url.x.insteadOf y",
    ]) {
      const lines = [line, "if ($true) {", "  git push", "}"];
      expect(identitiesOf(pushesOf(workflow(CHECKOUT + script(lines), "windows-latest")))).toEqual(["unknown"]);
    }
  });
});

describe("who was meant", () => {
  const APP = `      - uses: actions/create-github-app-token@v2
        id: app
        with: { app-id: 1, private-key: "\${{ secrets.KEY }}" }
`;

  function met(steps: string): string {
    const [push] = pushesOf(workflow(steps));
    if (push === undefined) return "none";
    const { identity, intended, verdict } = push;
    return [identity.kind, intended?.kind, verdict].filter((word) => word !== undefined).join(" ");
  }

  it("is the App whose token is the URL's user name, also where GitHub would not take it so", () => {
    const push = "      - run: git push https://${{ steps.app.outputs.token }}@github.com/octo/app HEAD:main\n";
    expect(met(APP + CHECKOUT + push)).toBe("github-token app hijacked");
    const [{ evidence } = { evidence: [] }] = pushesOf(workflow(APP + CHECKOUT + push));
    expect(evidence.map(({ text }) => text)).toContain("the URL of this push carries the App token of step 'app'");
  });

  it("is the job token where it is the URL's user name", () => {
    const push = "      - run: git push https://${{ github.token }}@github.com/octo/app HEAD:main\n";
    expect(met(CHECKOUT + push)).toBe("github-token github-token as-intended");
  });

  it("is not the checkout's token because sed has edited the section it lies in", () => {
    const lines = ['sed -i "s|https://github.com|https://x:$TOKEN@github.com|" .git/config', "git push"];
    expect(met(CHECKOUT + script(lines, TOKEN))).toBe("github-token pat hijacked");
  });

  it("is nobody where a checkout with a key pushes to an https URL that has no credential", () => {
    const checkout = `${CHECKOUT}        with: { ssh-key: "\${{ secrets.KEY }}" }\n`;
    const lines = ["git remote set-url origin https://github.com/octo/app", "git push origin HEAD:main"];
    expect(met(checkout + script(lines))).toBe("github-token undeclared");
  });
});

describe("a pattern that is held against a text with a secret in it", () => {
  const URL = "https://x:${TOKEN}@github.com/octo/app.git";
  const PUSH = 'git push "$url" HEAD:main';

  it.each([
    [`case "$url" in https://*) ${PUSH} ;; *) git push other ;; esac`],
    [`case "$url" in git@*) git push other ;; *.git) ${PUSH} ;; esac`],
    [`if [[ "$url" == *@github.com/* ]]; then ${PUSH}; else git push other; fi`],
    [`if [[ "$url" != http* ]]; then git push other; fi; ${PUSH}`],
    [`if [[ "$url" == *.hg ]]; then git push other; fi; ${PUSH}`],
  ])("fits or does not whatever the secret is: %s", (line) => {
    const pushes = pushesOf(workflow(KEEPS_NOTHING + script([`url="${URL}"`, line], TOKEN)));
    expect(pushes.map(({ identity, verdict }) => `${identity.kind} ${verdict}`)).toEqual(["pat as-intended"]);
  });

  it.each([["*abc*"], ["https://x:?@*"], ["*a.git"]])("is open where the secret decides: %s", (pattern) => {
    const line = `case "$TOKEN" in ${pattern}) git push origin a ;; *) git push origin b ;; esac`;
    expect(pushesOf(workflow(CHECKOUT + script([line], TOKEN)))).toHaveLength(2);
  });
});

describe("a secret that may be missing", () => {
  it("makes no push depend on it where other conditions come with it, and is said once", () => {
    const lines = [
      "if git ls-remote --exit-code origin bump; then git checkout bump; else git checkout -b other; fi",
      'if [ -n "$TOKEN" ]; then git remote set-url origin "https://x:$TOKEN@github.com/octo/app"; fi',
      "git push origin HEAD",
    ];
    const [push] = pushesOf(workflow(KEEPS_NOTHING + script(lines, TOKEN)));
    expect(push?.verdict).toBe("as-intended");
    expect(push?.alternatives.map(({ when }) => when)).toEqual(["secrets.PAT is empty"]);
  });
});

describe("a script that looks where it lies itself", () => {
  const PUBLISH = "publish() {\n  git push\n}\n";

  it.each([
    ['cd "$(dirname "$0")/.."\ngit push'],
    ['cd "${0%/*}"\ngit push'],
    ['source "$(dirname "$0")/lib.sh"\npublish'],
    ['DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\n. "$DIR/lib.sh"\ncd "$DIR/.."\npublish'],
    ['cd "$(dirname "${BASH_SOURCE[0]:-$0}")/.."\nsource scripts/lib.sh\npublish'],
    ['HERE=$(dirname "$(readlink -f "$0")")\n"$HERE/push.sh"'],
  ])("pushes from there: %s", (text) => {
    const files = {
      "scripts/release.sh": `#!/bin/bash\nset -e\n${text}\n`,
      "scripts/lib.sh": PUBLISH,
      "scripts/push.sh": "#!/bin/sh\ngit push\n",
    };
    expect(identitiesOf(pushesOf(workflow(`${CHECKOUT}      - run: ./scripts/release.sh\n`), files))).toEqual([
      "github-token",
    ]);
  });

  it("has its own path again behind a script that it sources", () => {
    const files = {
      "scripts/release.sh": '#!/bin/bash\nsource lib/a.sh\nsource "$(dirname "${BASH_SOURCE[0]}")/lib.sh"\npublish\n',
      "scripts/lib.sh": PUBLISH,
      "lib/a.sh": 'echo "${BASH_SOURCE[0]}"\n',
    };
    expect(identitiesOf(pushesOf(workflow(`${CHECKOUT}      - run: bash scripts/release.sh\n`), files))).toEqual([
      "github-token",
    ]);
  });
});

describe("gh repo fork", () => {
  const forks = (options: string): readonly string[] =>
    identitiesOf(
      pushesOf(
        workflow(
          CHECKOUT +
            script(
              [`gh repo fork acme/registry ${options}`, "cd registry", "git push origin bump"],
              '        env: { GH_TOKEN: "${{ secrets.PAT }}" }\n',
            ),
        ),
      ),
    );

  it("clones the fork, which has nothing of the checkout's", () => {
    expect(forks("--clone --remote")).toEqual(["none"]);
    expect(forks("--clone=true --org octo")).toEqual(["none"]);
  });

  it("makes no clone where it is not told to", () => {
    expect(forks("--clone=false")).toEqual(["github-token"]);
  });
});

describe("a push that is handed on", () => {
  it.each([
    ['retry() { until "$@"; do sleep 1; done; }', "retry git push origin HEAD:main"],
    ['CMD="git push origin HEAD:main"', "$CMD"],
  ])("is shown as it is run: %s", (first, second) => {
    const [push] = pushesOf(workflow(CHECKOUT + script([first, second])));
    expect(push?.command).toBe("git push origin HEAD:main");
  });

  it("shows no secret, only its name", () => {
    const lines = ['run() { "$@"; }', 'run git push "https://x:$TOKEN@github.com/octo/app" HEAD:main'];
    const [push] = pushesOf(workflow(KEEPS_NOTHING + script(lines, TOKEN)));
    expect(push?.command).toBe("git push https://x:<secrets.PAT>@github.com/octo/app HEAD:main");
  });
});

describe("where a push goes", () => {
  const target = (condition: string, push = "git push"): string | null | undefined =>
    pushesOf(`on: push
jobs:
  job:
    if: ${condition}
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: ${push}
`)[0]?.target.repository;

  it("is the repository that the job's condition names", () => {
    expect(target("github.repository == 'octo/app'")).toBe("octo/app");
    expect(target("${{ github.event_name == 'push' && 'octo/app' == github.repository }}")).toBe("octo/app");
    expect(
      target("github.repository == 'octo/app'", "git push https://github.com/${{ github.repository }}.wiki.git x"),
    ).toBe("octo/app.wiki");
  });

  it("is not known where the condition leaves it open", () => {
    expect(target("github.repository != 'octo/app'")).toBeNull();
    expect(target("github.repository == 'octo/app' || github.ref == 'refs/heads/main'")).toBeNull();
    expect(target("github.repository == vars.HOME")).toBeNull();
  });
});
