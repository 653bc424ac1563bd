import { describe, expect, it } from "vitest";
import { nameTarget } from "../../src/report/describe-push.ts";
import { NOTHING_DECLARED, judgePush } from "../../src/consequences/consequences.ts";
import { pushesOf } from "../credentials/pushes-of.ts";
import { readFile } from "../../src/read/read-file.ts";
import { answer, protections, pushing, ruleset } from "./judged.ts";

const GITLAB = "https://oauth2:${{ secrets.GL }}@gitlab.com/octo/app.git";

function pushingTo(url: string, more: Parameters<typeof pushing>[0] = {}): string {
  return pushing({
    on: "push:\n  branches: [main]",
    checkout: "persist-credentials: false",
    push: `git push ${url} HEAD:main`,
    ...more,
  });
}

describe("a push to a server that is not GitHub", () => {
  const around = { repository: "octo/app", protections: protections(ruleset(["pull_request"])) };

  it.each([
    ["ruleset", "unknown: it goes to gitlab.com, where none of GitHub's rules hold"],
    ["mayWrite", "unknown: it goes to gitlab.com, where none of GitHub's rules hold"],
    ["mayEditWorkflows", "unknown: it goes to gitlab.com, where none of GitHub's rules hold"],
    ["triggersWorkflows", "no: it goes to gitlab.com: no workflow of GitHub's starts there"],
    ["startsItself", "no: it goes to gitlab.com"],
  ] as const)("is not judged by GitHub's rules: %s", (question, expected) => {
    expect(answer(question, pushingTo(GITLAB), around)).toBe(expected);
  });

  it("is judged by them where it goes to GitHub with the same path", () => {
    const text = pushingTo(GITLAB.replace("gitlab.com", "github.com"));
    expect(answer("ruleset", text, around)).toMatch(/^rejected/);
    expect(answer("startsItself", text, around)).toMatch(/^yes/);
  });

  it("knows that the job's token is of no use there", () => {
    const text = pushingTo("https://x:${{ github.token }}@codeberg.org/octo/app");
    expect(answer("mayWrite", text, around)).toMatch(/^no: GITHUB_TOKEN reaches only/);
  });
});

describe("which host is another", () => {
  const SSH = 'echo "${{ secrets.KEY }}" > k\nGIT_SSH_COMMAND="ssh -i k" git push';
  const config = (name: string): string =>
    `mkdir -p ~/.ssh\nprintf 'Host alias.example.com\\n  HostName ${name}\\n' > ~/.ssh/config\n${SSH}`;

  it.each([
    ["https", `git push ${GITLAB} HEAD:main`, "", "gitlab.com/octo/app main"],
    ["ssh", `${SSH} git@codeberg.org:octo/app.git HEAD:main`, "", "codeberg.org/octo/app main"],
    ["GitHub's own", `${SSH} git@github.com:octo/app.git HEAD:main`, "", "main"],
    ["GitHub's ssh on another port", `${SSH} ssh://git@ssh.github.com:443/octo/app.git HEAD:main`, "", "main"],
    ["a name that a configuration explains", `${SSH} git@github.com-deploy:octo/app HEAD:main`, "", "main"],
    ["a name that stands for GitHub", `${config("github.com")} git@alias.example.com:octo/app HEAD:main`, "", "main"],
    [
      "a name that stands for another",
      `${config("gitlab.com")} git@alias.example.com:octo/app HEAD:main`,
      "",
      "gitlab.com/octo/app main",
    ],
    ["github.server_url", "git push ${{ github.server_url }}/${{ github.repository }} HEAD:main", "", "main"],
    ["the server of the checkout", "git push origin HEAD:main", "github-server-url: https://ghe.example.com", "main"],
    [
      "a server that no checkout names",
      "git push https://x:${{ secrets.P }}@ghe.example.com/octo/app HEAD:main",
      "",
      "ghe.example.com/octo/app main",
    ],
  ])("%s", (_, push, checkout, expected) => {
    const text = pushing({ push, checkout });
    const [verdict] = pushesOf(text, {}, { repository: "octo/app" });
    const { node } = readFile(".github/workflows/a.yml", text);
    if (verdict === undefined || node === undefined) throw new Error("no push");
    const consequences = judgePush(verdict, node, NOTHING_DECLARED);
    expect(nameTarget({ push: verdict, consequences, isAnswered: false, findings: [] })).toBe(expected);
  });
});
