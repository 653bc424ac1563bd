import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GITHUB_HOST_KEYS } from "../../src/define/push/push-host-keys.ts";
import type { PushPlan } from "../../src/define/push/push-plan.ts";
import { protect } from "../git-server/test-server.ts";
import { PushSandbox, type PushJob } from "./push-sandbox.ts";

const PLAN: PushPlan = {
  credential: { kind: "deploy-key", secret: "MAP_KEY" },
  tokenExpression: "${{ secrets.MAP_KEY }}",
  branch: "main",
  commit: { paths: ["map.json"], message: "Refresh", author: { name: "map-bot", email: "map-bot@example.com" } },
};

let sandbox: PushSandbox;
beforeAll(async () => {
  sandbox = await PushSandbox.start();
});
afterAll(() => sandbox.stop());

async function program(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/bash\n${script}\n`);
  await chmod(path, 0o755);
}

async function jobWithChange(setup = ""): Promise<PushJob> {
  const job = await sandbox.job();
  await job.bash(`${setup}\n echo '{}' >map.json`);
  return job;
}

describe.concurrent("a deploy key, through an ssh that logs and runs git here", () => {
  const KEY = `-----BEGIN OPENSSH PRIVATE KEY-----\n${"KeyWanted".repeat(9)}\n-----END OPENSSH PRIVATE KEY-----`;

  /** Runs what ssh is asked to run, and keeps its arguments, the key file and the pinned hosts as ssh would see them. */
  async function stubSsh(
    job: PushJob,
  ): Promise<{ readonly env: Record<string, string>; readonly seen: (name: string) => Promise<string> }> {
    const bin = join(job.folder, "bin");
    await mkdir(bin);
    await program(
      join(bin, "ssh"),
      `printf '%s\\n' "$@" >'${bin}/args'
      while [[ $1 == -* ]]; do
        [[ $1 != -i ]] || { cat "$2" >'${bin}/key' && stat -c %a "$2" >'${bin}/mode'; }
        [[ $2 != UserKnownHostsFile=* ]] || { file=\${2#*=}; file=\${file//\\"/}; cat "$file" >'${bin}/hosts'; }
        shift 2
      done
      echo "$1" >'${bin}/destination'
      REMOTE_USER=DEPLOY_KEY exec sh -c "\${2/ \\'/ \\'${sandbox.server.root}}"`,
    );
    const seen = async (name: string) => (await readFile(join(bin, name), "utf8")).trimEnd();
    return { env: { PATH: `${bin}:${process.env["PATH"]}` }, seen };
  }

  const STATES: Readonly<Record<string, string>> = {
    "nothing persisted": "",
    "a persisted header": 'git config "http.$URL/.extraheader" "AUTHORIZATION: basic $GITHUB_TOKEN_BASIC"',
    "an ssh checkout with another key":
      'git remote set-url origin "git@127.0.0.1:$REPO.git" && git config core.sshCommand false && git config ssh.variant tortoiseplink',
    "insteadOf of ssh to https": `git config --global "url.http://x:$OTHER@\${URL#http://}/.insteadOf" ssh://git@127.0.0.1/`,
    "pushInsteadOf of ssh to https": `git config --global "url.http://x:$OTHER@\${URL#http://}/.pushInsteadOf" ssh://`,
  };

  it.each(Object.entries(STATES))("%s: that key and no other", async (_, setup) => {
    const job = await jobWithChange(setup);
    await protect(job.remote, "refs/heads/main", ["DEPLOY_KEY"]);
    const { env, seen } = await stubSsh(job);
    const result = await job.push(PLAN, {
      token: KEY,
      env: { GIT_SSH_COMMAND: "false", GIT_SSH: "false", SSH_AUTH_SOCK: "/nowhere", ...env },
    });
    expect(result).toMatchObject({ code: 0, requests: [], outputs: { pushed: "true", sha: await job.sha("HEAD") } });
    expect(await job.remote.sha("refs/heads/main")).toBe(await job.sha("HEAD"));
    expect(await seen("destination")).toBe("git@127.0.0.1");
    expect(await seen("key")).toBe(KEY);
    expect(await seen("mode")).toBe("600");
    expect((await seen("hosts")).split("\n")).toEqual([...GITHUB_HOST_KEYS]);
    const args = (await seen("args")).split("\n");
    for (const option of [
      "IdentitiesOnly=yes",
      "IdentityAgent=none",
      "StrictHostKeyChecking=yes",
      "BatchMode=yes",
      "/dev/null",
    ]) {
      expect(args).toContain(option);
    }
    expect(`${result.argv}${result.log}`).not.toContain("KeyWanted");
    expect(await job.filesWith("KeyWanted")).toEqual([]);
    expect(await job.bash('ls "$RUNNER_TEMP" "$TMPDIR"')).not.toContain("push-key");
  });

  it("a lost race fetches with the same key", async () => {
    const job = await jobWithChange();
    await job.remote.commit("main", { theirs: "1" });
    const { env } = await stubSsh(job);
    expect(await job.push(PLAN, { token: KEY, env })).toMatchObject({
      code: 0,
      requests: [],
      outputs: { pushed: "true" },
    });
    expect(await job.remote.log("main")).toEqual(["Refresh", "By somebody else", "By somebody else"]);
  });

  it("a refusal: one sentence, and the key's file is gone", async () => {
    const job = await jobWithChange();
    await protect(job.remote, "refs/heads/main", []);
    const { env } = await stubSsh(job);
    const result = await job.push(PLAN, { token: KEY, env });
    expect(result.code).not.toBe(0);
    expect(result.log).toContain("::error::The push as deploy key MAP_KEY did not land: git says why above.");
    expect(await job.filesWith("KeyWanted")).toEqual([]);
  });

  it("an empty secret, and an old git", async () => {
    const job = await jobWithChange();
    const { env } = await stubSsh(job);
    const empty = await job.push(PLAN, { token: "", env });
    expect(empty.log).toBe(
      "::error::deploy key MAP_KEY is empty: it is not set, or this run comes from a fork or Dependabot, which get no secrets.\n",
    );
    await program(join(job.folder, "bin", "git"), 'echo "unknown option: $1" >&2; exit 129');
    const old = await job.push(PLAN, { token: KEY, env });
    expect(old.log).toContain("::error::This needs git 2.31 or later");
    expect(await job.filesWith("KeyWanted")).toEqual([]);
  });

  it("a cancelled run leaves no key behind", async () => {
    const job = await jobWithChange();
    const { env } = await stubSsh(job);
    const [connected, seen] = [join(job.folder, "connected"), join(job.folder, "seen")];
    await program(join(job.folder, "bin", "ssh"), `touch '${connected}'; until [ -e '${seen}' ]; do sleep 0.1; done`);
    const cancellation = new AbortController();
    const pushed = job.push(PLAN, { token: KEY, env, cancelled: cancellation.signal });
    await until(() => existsSync(connected));
    expect(await job.filesWith("KeyWanted")).toHaveLength(1);
    cancellation.abort();
    await writeFile(seen, "");
    expect((await pushed).code).not.toBe(0);
    expect(await job.filesWith("KeyWanted")).toEqual([]);
  });

  it.each([
    ["https://github.com", "git@github.com"],
    ["https://ghes.example.com:8443", "git@ghes.example.com"],
    ["https://octocorp.ghe.com", "octocorp@octocorp.ghe.com"],
  ])("%s is %s", async (server, destination) => {
    const job = await jobWithChange();
    const { env, seen } = await stubSsh(job);
    await job.push(PLAN, { token: KEY, env: { ...env, GITHUB_SERVER_URL: server } });
    expect(await seen("destination")).toBe(destination);
  });
});

const sshd = spawnSync("bash", ["-c", "PATH=$PATH:/usr/sbin; type -P sshd && type -P ssh && type -P ssh-agent"], {
  encoding: "utf8",
});
const [SSHD = "", SSH = ""] = sshd.status === 0 ? sshd.stdout.split("\n") : [];

describe.skipIf(SSHD === "")("a deploy key, against a real sshd", () => {
  let folder: string;
  let port: number;
  let listener: Server;
  let agent: ChildProcess;
  let hostKey: string;
  const keygen = (name: string) =>
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", join(folder, name)]);
  const publicKey = async (name: string) => (await readFile(join(folder, `${name}.pub`), "utf8")).trim();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "push-sshd-"));
    for (const name of ["host", "wanted", "other"]) keygen(name);
    // Without a server that knows which key it was, a push by the agent's key would look the same.
    await program(
      join(folder, "serve"),
      `echo "$1" >>'${folder}/log' && eval "set -- $SSH_ORIGINAL_COMMAND" && exec "$1" '${sandbox.server.root}'"$2"`,
    );
    const keys = await Promise.all(
      ["wanted", "other"].map(async (name) => `command="'${folder}/serve' ${name}" ${await publicKey(name)}`),
    );
    await writeFile(join(folder, "authorized_keys"), keys.join("\n"));
    hostKey = (await publicKey("host")).split(" ").slice(0, 2).join(" ");
    // sshd wants this folder when it runs as root; the package makes it when the service starts.
    if (userInfo().uid === 0) await mkdir("/run/sshd", { recursive: true });
    const options = [
      "UsePAM=no",
      "StrictModes=no",
      "PidFile=none",
      "PermitRootLogin=prohibit-password",
      `AuthorizedKeysFile=${folder}/authorized_keys`,
    ];
    const flags = ["-i", "-f", "/dev/null", "-h", join(folder, "host"), ...options.flatMap((option) => ["-o", option])];
    // One sshd a connection, so that the system chooses the port: sshd itself wants to be told one.
    listener = createServer({ pauseOnConnect: true }, (socket) => {
      spawn(SSHD, flags, { stdio: [socket, socket, "ignore"] });
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    ({ port } = listener.address() as AddressInfo);
    // `timeout`, so that it does not outlive a test run that is killed.
    agent = spawn("timeout", ["120", "ssh-agent", "-D", "-a", join(folder, "agent")], { stdio: "ignore" });
    // The URL has neither port nor this user: the ssh that git finds adds them, and nothing else.
    await mkdir(join(folder, "bin"));
    await program(join(folder, "bin", "ssh"), `exec ${SSH} -p ${port} -l '${userInfo().username}' "$@"`);
    const added = () =>
      spawnSync("ssh-add", ["-q", join(folder, "other")], {
        env: { ...process.env, SSH_AUTH_SOCK: join(folder, "agent") },
      });
    await until(() => added().status === 0);
  });
  afterAll(async () => {
    listener.close();
    agent.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const env = () => ({ PATH: `${folder}/bin:${process.env["PATH"]}`, SSH_AUTH_SOCK: join(folder, "agent") });
  const log = async () => (await readFile(join(folder, "log"), "utf8").catch(() => "")).split("\n").filter(Boolean);

  it("offers its own key though an agent holds another that the server would take", async () => {
    const job = await jobWithChange();
    await job.remote.commit("main", { theirs: "1" });
    const token = await readFile(join(folder, "wanted"), "utf8");
    const pinned = { PUSH_HOST_KEYS: `[127.0.0.1]:${port} ${hostKey}` };
    // As a secret that was pasted on Windows, without its last line feed.
    const result = await job.push(PLAN, {
      token: token.trimEnd().replaceAll("\n", "\r\n"),
      env: { ...env(), ...pinned },
    });
    expect(result).toMatchObject({ code: 0, outputs: { pushed: "true" } });
    expect(new Set(await log())).toEqual(new Set(["wanted"]));
    expect(await job.remote.sha("refs/heads/main")).toBe(result.outputs["sha"]);

    // The control: by itself ssh offers the agent's key first.
    const plain = `ssh -i '${folder}/wanted' -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null`;
    await job.bash(`git push -q "ssh://git@127.0.0.1/$REPO.git" HEAD:control 2>/dev/null`, {
      ...env(),
      GIT_SSH_COMMAND: plain,
    });
    expect((await log()).at(-1)).toBe("other");
  });

  it("does not talk to a server whose host key is not pinned", async () => {
    const job = await jobWithChange();
    const before = await log();
    const result = await job.push(PLAN, { token: await readFile(join(folder, "wanted"), "utf8"), env: env() });
    expect(result.code).not.toBe(0);
    expect(result.log).toContain("Host key verification failed");
    expect(await log()).toEqual(before);
  });
});

/** As long as the test itself may take. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 50));
}
