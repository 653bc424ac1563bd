import { describe, expect, it } from "vitest";
import { identitiesOf, pushesOf } from "./pushes-of.ts";

const SSH = "git push git@github.com:octo/app.git HEAD:x";

function identities(script: string, runsOn = "ubuntu-latest"): readonly string[] {
  return identitiesOf(pushes(script, runsOn));
}

function pushes(script: string, runsOn = "ubuntu-latest") {
  return pushesOf(`on: push
permissions: { contents: write }
env: { KEY: "\${{ secrets.KEY }}", OTHER: "\${{ secrets.OTHER }}" }
jobs:
  job:
    runs-on: ${runsOn}
    steps:
      - uses: actions/checkout@v5
      - run: |
${script.replace(/^/gm, "          ")}
`);
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

  it.each([
    ["openssl -out", "openssl enc -d -in k.enc -out ~/k", "~/k", "`openssl` may have written"],
    ["gpg --output", 'gpg --batch --output "$HOME/k" --decrypt k.gpg', "~/k", "`gpg` may have written"],
    ["age -o", "age -d -o ~/k k.age", "~/k", "`age` may have written"],
    ["--output=", "vault read --output=/tmp/k key", "/tmp/k", "`vault` may have written"],
    ["a program out of sight", "make keys", "/tmp/k", "`make` may have made one"],
    ["the repository", "true", "ci/key", "the repository may hold it"],
  ])("cannot tell what the key is that another than the script writes: %s", (_, setUp, path, reason) => {
    const [push] = pushes(`${setUp}\nchmod 600 ${path}\nGIT_SSH_COMMAND="ssh -i ${path}" ${SSH}`);
    expect(push?.identity).toMatchObject({ kind: "unknown", reason: expect.stringContaining(reason) as string });
  });

  it("knows that a named key is missing where everything is in sight", () => {
    expect(identities(`GIT_SSH_COMMAND="ssh -i ~/k" ${SSH}`)).toEqual(["none"]);
  });

  it.each(["gpg --output ~/.ssh/id_rsa -d k.gpg", "aws s3 cp s3://keys/k ~/.ssh/id_ed25519"])(
    "cannot tell what a default key is that a program writes: %s",
    (setUp) => {
      expect(pushes(`${setUp}\n${SSH}`)[0]?.verdict).toBe("unknown");
    },
  );

  it("takes no file for a key that ssh keeps for something else", () => {
    expect(identities(`setup ~/.ssh/known_hosts ~/.ssh/id_rsa.pub\n${SSH}`)).toEqual(["none"]);
  });

  it("knows no key of a runner that GitHub does not host", () => {
    expect(pushes(SSH, "[self-hosted, linux]")[0]?.verdict).toBe("unknown");
    expect(identities(`mkdir -p ~/.ssh\necho "$KEY" > ~/.ssh/id_rsa\n${SSH}`, "self-hosted")).toEqual(["ssh KEY"]);
  });
});
