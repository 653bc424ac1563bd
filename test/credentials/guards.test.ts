import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

const KEY = "http.https://github.com/.extraheader";
const CLEAR = `git config --local --unset-all ${KEY}`;

/** Who a push with a token in its URL is seen as, where a script stands between it and the checkout. */
function seenAfter(script: string, { version = "v5", job = "", step = "" } = {}): string {
  const lines = script.replace(/^/gm, "          ");
  return identitiesOf(
    pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
${job}    steps:
      - uses: actions/checkout@${version}
      - run: |
${lines}
${step}      - run: git push https://x:\${{ secrets.PAT }}@github.com/octo/app HEAD:main
`),
  ).join();
}

describe("a guard in front of what takes the credential away", () => {
  it.each([
    [`set +e\ngit config --get ${KEY}\nif [ "$?" == "0" ]; then ${CLEAR}; fi`],
    [`set +e\ngit config get --local ${KEY}\nrc=$?\n[ $rc -eq 0 ] && ${CLEAR}`],
    [`set +e\ngit config --get ${KEY}\n(( $? == 0 )) && ${CLEAR}`],
    [`set +e\ngit config --get ${KEY}\ncase $? in 0) ${CLEAR} ;; *) ;; esac`],
    [`set +e\nf() { return 3; }\nf\n[ $? = 3 ] && ${CLEAR}`],
    [`rc=0\ngit config --unset no.such || rc=$?\nif [ "$rc" = 5 ]; then ${CLEAR}; fi`],
    [`if grep -q extraheader .git/config; then ${CLEAR}; fi`],
    [`if git config --list | grep -q extraheader; then ${CLEAR}; fi`],
    [`${CLEAR}\nif [ 1 = 1 ]; then echo open`],
  ])("%s", (script) => {
    expect(seenAfter(script, { step: "        continue-on-error: true\n" })).toBe("pat PAT");
  });

  it("does not find what version 6 keeps elsewhere", () => {
    const guards = [`if grep -q extraheader .git/config; then exit 1; fi`, `set +e\n${CLEAR}\n[ $? -eq 5 ] || exit 1`];
    for (const guard of guards) expect(seenAfter(guard, { version: "v6" })).toBe("github-token");
  });
});

describe("a key that is computed", () => {
  it.each([
    ["git config --name-only --get-regexp ^includeif | cut -f1 | xargs -n1 git config --local --unset-all"],
    ['git config --local --unset-all "$(./which-key)"'],
    ['git config --local "$(./which-key)" ""'],
    ['git config --local --remove-section "$(./which-section)"'],
    ['git config --local --unset-all "includeIf.gitdir:$(./where).path"'],
  ])("may mean the one that decides the push: %s", (script) => {
    expect(seenAfter(script, { version: "v6" })).toMatch(/^unknown/);
  });

  it.each([['git config "user.$(./which-name)" bot'], ['git config "branch.$(./which-branch).merge" refs/heads/main']])(
    "is no matter in a section that decides nothing: %s",
    (script) => expect(seenAfter(script)).toBe("github-token"),
  );

  it("changes the file only that the command names", () =>
    expect(seenAfter('git config --file other.cfg "$(./which-key)" x')).toBe("github-token"));
});

describe("the workspace in a container", () => {
  const job = "    container: node:22\n";
  const push = (script: string, container = job): string =>
    identitiesOf(
      pushesOf(
        `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n${container}    steps:\n      - uses: actions/checkout@v5\n      - run: |\n          ${script}\n          git push origin HEAD:main\n`,
      ),
    ).join();

  it.each([
    ["true", job, "github-token | none"],
    ["git config --global --add safe.directory '*'", job, "github-token"],
    ['git config --global --add safe.directory "$GITHUB_WORKSPACE"', job, "github-token"],
    ["git config --add safe.directory '*'", job, "github-token | none"],
    ["git config --global --add safe.directory /other", job, "github-token | none"],
    ["git clone https://github.com/octo/app there && cd there", job, "none"],
    ["true", "    container: { image: 'node:22', options: --user 1001 }\n", "github-token"],
    ["true", "", "github-token"],
  ])("%s", (script, container, expected) => {
    expect(push(script, container)).toBe(expected);
  });
});

describe("a command whose success ends the script", () => {
  const pushedAfter = (script: string): string =>
    pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: |
${script.replace(/^/gm, "          ")}
`)
      .map(({ command, identity }) => `${identity.kind}: ${command}`)
      .join("; ");

  it.each([
    ["exit", 'git rev-parse "$TAG" && exit 0\ngit push origin a'],
    ["exit of a subshell", "( make && exit 0; git push origin a )"],
    ["return", "f() { make && return 0; git push origin a; }\nf"],
    ["break", "for i in 1 2; do make && break; git push origin a; done"],
    ["continue", "for i in 1 2; do make && continue; git push origin a; done"],
  ])("may fail, and then the script goes on: %s", (_, script) => {
    expect(pushedAfter(script)).toBe("github-token: git push origin a");
  });

  it("is as well a push", () => {
    const both = "github-token: git push origin a; github-token: git push origin b";
    expect(pushedAfter("git push origin a && exit 0\ngit push origin b")).toBe(both);
  });

  it("is over for sure where it cannot fail", () => {
    expect(pushedAfter("true && exit 0\ngit push origin a")).toBe("");
  });
});

describe("a script out of sight that is called like one that pushes", () => {
  it.each([
    ["is taken to push with what the checkout keeps", "true", "github-token"],
    ["has a credential of its own where git is given none", "false", "unknown"],
  ])("%s", (_, persist, expected) => {
    const [push] = pushesOf(`on: push
permissions: { contents: write }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { persist-credentials: ${persist} }
      - run: make release
`);
    expect([push?.identity.kind, push?.isAssumed]).toEqual([expected, true]);
  });
});

it("tells of a hijack in one way of the job, where who is seen is the same in the others", () => {
  const [push] = pushesOf(`on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - env: { EXTRA: "\${{ vars.EXTRA }}" }
        run: |
          f() { git push "$1" HEAD:main; }
          f origin
          [ -z "$EXTRA" ] || f "https://x:\${{ secrets.PAT }}@github.com/octo/app"
`);
  expect(push?.verdict).toBe("depends");
  expect(push?.alternatives).toMatchObject([
    { when: "vars.EXTRA is set", verdict: "hijacked", intended: { kind: "pat", name: "PAT" } },
  ]);
});

describe("credential helpers", () => {
  const push = (script: string): string =>
    identitiesOf(
      pushesOf(
        `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    env: { A: '\${{ secrets.A }}', B: '\${{ secrets.B }}' }\n    steps:\n      - run: |\n${script.replace(/^/gm, "          ")}\n          git init && git push https://github.com/octo/app HEAD:main\n`,
      ),
    ).join();
  const STORED = `git config --global credential.helper store
printf 'https://x:%s@github.com/octo/other\\nhttps://x:%s@github.com/octo/app\\n' "$A" "$B" > ~/.git-credentials`;

  it("asks for the repository where it is told to", () => {
    expect(push(STORED)).toBe("pat A");
    expect(push(`${STORED}\ngit config --global credential.https://github.com.useHttpPath true`)).toBe("pat B");
  });

  it.each([
    ["nowhere", "true", "none"],
    ["empty in the configuration", "git config --global credential.username ''", "none"],
    ["in the configuration", "git config --global credential.username octo", "pat A"],
    ["asked of another program", "export GIT_ASKPASS=/bin/ask", "unknown"],
  ])("leaves the user name to git: %s", (_, before, expected) => {
    expect(push(`${before}\ngit config --global credential.helper '!echo password=$A;:'`)).toBe(expected);
  });

  it("asks no other after quit", () => {
    const second = `git config --global --add credential.helper '!f() { echo username=x; echo "password=$A"; }; f'`;
    expect(push(`git config --global credential.helper '!f() { :; }; f'\n${second}`)).toBe("pat A");
    expect(push(`git config --global credential.helper '!f() { echo quit=1; }; f'\n${second}`)).toBe("none");
  });
});

describe("the jobs of a matrix", () => {
  const push = (matrix: string): string =>
    identitiesOf(
      pushesOf(
        `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    strategy: { matrix: ${matrix} }\n    steps:\n      - run: git init && git push "https://x:\${{ secrets[matrix.t] }}@github.com/octo/app" HEAD:main\n`,
      ),
    ).join();

  it.each([
    ["{ t: [A, B] }", "pat A | pat B"],
    ["{ t: [A, B], exclude: [{ t: A }] }", "pat B"],
    ["{ os: [x, y, z], t: [A, B] }", "pat A | pat B"],
    ["{ os: [x, y], include: [{ os: x, t: A }, { os: y, t: B }] }", "pat A | pat B"],
    ["{ os: [x], include: [{ t: A }, { t: B }] }", "pat B"],
    ["{ t: [A], include: [{ t: B }] }", "pat A | pat B"],
  ])("%s", (matrix, expected) => {
    expect(push(matrix)).toBe(expected);
  });
});

it("takes a secret for set, also behind a guard that asks whether it is empty", () => {
  const script = `[ -z "$T" ] || git remote set-url origin "https://x:$T@github.com/octo/app"\ngit push origin HEAD:main`;
  const [push] = pushesOf(
    `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    env: { T: '\${{ secrets.T }}' }\n    steps:\n      - uses: actions/checkout@v5\n      - run: |\n${script.replace(/^/gm, "          ")}\n`,
  );
  expect(push).toMatchObject({ identity: { kind: "github-token" }, intended: { name: "T" }, verdict: "hijacked" });
});

describe("a condition on what `$GITHUB_ENV` was given", () => {
  const workflow = (between: string): string => `on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - run: echo "code=$(./check)" >> "$GITHUB_ENV"
      - if: env.code == 0
        id: app
        uses: actions/create-github-app-token@v2
        with: { app-id: "1", private-key: "\${{ secrets.KEY }}" }
${between}      - if: env.code == 0
        uses: actions/checkout@v6
        with: { token: "\${{ steps.app.outputs.token }}" }
      - if: env.code == 0
        run: git push
`;

  it("holds again where it has held", () => {
    expect(identitiesOf(pushesOf(workflow("")))).toEqual(["app app"]);
  });

  it("is another one when the value has changed", () => {
    const again = '      - run: echo "code=$(./check-again)" >> "$GITHUB_ENV"\n';
    expect(identitiesOf(pushesOf(workflow(again)))[0]).toMatch(/^app app \| none/);
  });
});
