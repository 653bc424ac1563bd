import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readProtections } from "../../src/consequences/rulesets/read-protections.ts";
import { offeredKeys } from "../../src/prove/ssh/offered-keys.ts";
import { keysIn, makeSshKey } from "../../src/prove/ssh/ssh-key.ts";
import { readSshCall, withConfig } from "../../src/prove/ssh/ssh-options.ts";
import { tryYaml, withSteps } from "./prove-yaml.ts";

const COMMIT = "git config user.name x && git config user.email x@example.com && git commit --quiet --allow-empty -m x";
const KEYS = `env:
    KEY: \${{ secrets.DEPLOY_KEY }}
    OTHER: \${{ secrets.SSH_OTHER_KEY }}`;

describe.concurrent("pushes over ssh", () => {
  it("go out with the checkout's key, an agent's first, a file's, and that of GIT_SSH_COMMAND", async () => {
    const steps = `
- uses: actions/checkout@v5
  with:
    ssh-key: \${{ secrets.DEPLOY_KEY }}
- run: |
    ${COMMIT}
    git push origin HEAD:checkout
- ${KEYS}
  run: |
    mkdir -p ~/.ssh && (umask 077 && echo "$OTHER" > ~/.ssh/id_ed25519)
    git remote set-url origin git@github.com:octo/app.git
    git config --unset core.sshCommand
    git push origin HEAD:file
    (umask 077 && echo "$KEY" > ~/key)
    GIT_SSH_COMMAND="ssh -i ~/key -o IdentitiesOnly=yes" git push origin HEAD:command
    eval "$(ssh-agent -s)"
    ssh-add - <<< "$OTHER"
    GIT_SSH_COMMAND="ssh -i ~/key" git push origin HEAD:agent
    git push https://github.com/octo/app HEAD:header
`;
    const { lines, log } = await tryYaml(withSteps(steps), { repository: "octo/app" });
    const [key, other] = ["ssh:DEPLOY_KEY = ssh:DEPLOY_KEY landed", "ssh:SSH_OTHER_KEY = ssh:SSH_OTHER_KEY landed"];
    expect(lines).toEqual([key, other, key, other, "github-token = github-token landed"]);
    expect(log).not.toMatch(/BEGIN OPENSSH/);
  });

  it("meet the rules as any other", async () => {
    const read = readProtections({
      name: "main",
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      bypass_actors: [],
      rules: [{ type: "pull_request" }],
    });
    if (read.kind !== "read") throw new Error(JSON.stringify(read.problems));
    const steps = `
- uses: actions/checkout@v6
  with:
    ssh-key: \${{ secrets.DEPLOY_KEY }}
- run: |
    ${COMMIT}
    git push origin HEAD:main HEAD:topic
`;
    const around = {
      repository: "octo/app",
      defaultBranch: "main",
      protections: read.protections,
      credentials: new Map(),
    };
    const { pushes, log } = await tryYaml(withSteps(steps), { around });
    expect(pushes[0]?.observed?.message).toBe(
      "refs/heads/main: push declined due to repository rule violations; refs/heads/topic created",
    );
    expect(log).toContain("remote: error: GH013: Repository rule violations found for refs/heads/main.");
  });

  it("are refused without a key", async () => {
    const steps = `
- uses: actions/checkout@v5
- run: |
    ${COMMIT}
    git push git@github.com:octo/app.git HEAD:main || true
`;
    const { pushes, lines } = await tryYaml(withSteps(steps), { repository: "octo/app" });
    expect(lines).toEqual(["none = none no-credential"]);
    expect(pushes[0]?.observed?.message).toContain("Permission denied (publickey)");
  });
});

describe("what stands in the place of ssh", () => {
  it("takes options as ssh does, the first of a name, and a host's configuration behind them", () => {
    const call = readSshCall([
      "-i",
      "a",
      "-oIdentitiesOnly=yes",
      "-o",
      "Port 22",
      "-p",
      "443",
      "git@gh",
      "git-upload-pack 'x'",
    ]);
    expect(call).toMatchObject({ host: "git@gh", command: "git-upload-pack 'x'", identities: ["a"] });
    const config =
      "Host !gh *\n  IdentityFile never\nHost g?\n  HostName github.com\n  IdentityFile b\n  IdentitiesOnly no\n";
    const known = withConfig(call, config);
    expect(known.identities).toEqual(["a", "b"]);
    expect(Object.fromEntries(known.options)).toEqual({ identitiesonly: "yes", port: "22", hostname: "github.com" });
  });

  it("offers the agent's keys that are configured, its others, files; none that others may read", () => {
    const home = mkdtempSync(join(tmpdir(), "ssh-test-"));
    try {
      const [one = "", two = "", three = ""] = ["one", "two", "three"].flatMap((name) => keysIn(makeSshKey(name)));
      writeFileSync(join(home, "agent"), `${two}\n${one}\n`);
      for (const [name, text, mode] of [
        ["one", one, 0o600],
        ["three", three, 0o600],
        ["open", two, 0o644],
      ] as const)
        writeFileSync(join(home, name), text, { mode });
      const env = { HOME: home, SSH_AUTH_SOCK: join(home, "agent") };
      const offered = (...args: readonly string[]) =>
        offeredKeys(readSshCall([...args, "git@github.com"]), { env, cwd: home });
      const files = ["-i", "~/three", "-i", "~/one"];
      expect(offered(...files).keys).toEqual([one, two, three]);
      expect(offered(...files, "-o", "IdentitiesOnly=yes").keys).toEqual([one, three]);
      expect(offered(...files, "-o", "IdentityAgent=none").keys).toEqual([three, one]);
      expect(offered("-i", "~/open", "-o", "IdentityAgent=none")).toEqual({
        keys: [],
        warnings: [expect.stringContaining("too open") as unknown],
      });
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  it("makes keys that ssh-keygen reads, where there is one", () => {
    const folder = mkdtempSync(join(tmpdir(), "ssh-test-"));
    try {
      expect(makeSshKey("a")).toBe(makeSshKey("a"));
      writeFileSync(join(folder, "key"), makeSshKey("a"), { mode: 0o600 });
      const made = execFileSync("sh", [
        "-c",
        `command -v ssh-keygen >/dev/null || { echo ssh-ed25519; exit; }; ssh-keygen -y -f ${folder}/key`,
      ]);
      expect(made.toString()).toMatch(/^ssh-ed25519/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
