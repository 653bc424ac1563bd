import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

const SSH = "git push git@github.com:octo/app.git HEAD:x";

function identities(script: string): readonly string[] {
  return identitiesOf(
    pushesOf(`on: push
permissions: { contents: write }
env: { KEY: "\${{ secrets.KEY }}", OTHER: "\${{ secrets.OTHER }}" }
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: |
${script.replace(/^/gm, "          ")}
`),
  );
}

describe("pushes over ssh", () => {
  it.each([
    ["ssh-add <(…)", 'eval "$(ssh-agent -s)"\nssh-add <(echo "$KEY")', "ssh KEY"],
    ["ssh-add - <<<", 'eval $(ssh-agent)\nssh-add - <<< "$KEY"', "ssh KEY"],
    ["a pipe to ssh-add", 'eval "$(ssh-agent -s)"\necho "$KEY" | tr -d "\\r" | ssh-add -', "ssh KEY"],
    ["an agent with a place", 'ssh-agent -a /tmp/s\nexport SSH_AUTH_SOCK=/tmp/s\nssh-add - <<< "$OTHER"', "ssh OTHER"],
    ["a key file", 'mkdir -p ~/.ssh\necho "$KEY" > ~/.ssh/id_ed25519', "ssh KEY"],
    ["a key in base64", 'mkdir -p ~/.ssh\necho "$KEY" | base64 -d > ~/.ssh/id_rsa', "ssh KEY"],
    ["GIT_SSH_COMMAND", 'echo "$KEY" > "$RUNNER_TEMP/k"\nexport GIT_SSH_COMMAND="ssh -i $RUNNER_TEMP/k"', "ssh KEY"],
    ["a key in the working directory", 'echo "$KEY" > k\nexport GIT_SSH_COMMAND="ssh -i $PWD/k"', "ssh KEY"],
    ["core.sshCommand, from where git runs", 'echo "$OTHER" > k\ngit config core.sshCommand "ssh -i k"', "ssh OTHER"],
    [
      "~/.ssh/config",
      'mkdir -p ~/.ssh\necho "$KEY" > ~/.ssh/d\nprintf "Host github.com\\n  IdentityFile ~/.ssh/d\\n" > ~/.ssh/config',
      "ssh KEY",
    ],
    ["nothing", "true", "none"],
  ])("%s", (_, setUp, expected) => {
    expect(identities(`${setUp}\n${SSH}`)).toEqual([expected]);
  });

  it("runs a command with an agent of its own", () => {
    expect(identities(`ssh-agent bash -c 'ssh-add <(echo "$KEY"); ${SSH}'`)).toEqual(["ssh KEY"]);
  });

  it("goes over ssh where a URL is rewritten", () => {
    const rewrite = "git config --global url.git@github.com:.insteadOf https://github.com/";
    const push = 'echo "$KEY" > ~/k\nGIT_SSH_COMMAND="ssh -i ~/k" git push https://github.com/octo/app HEAD:x';
    expect(identities(`${rewrite}\n${push}`)).toEqual(["ssh KEY"]);
  });
});
