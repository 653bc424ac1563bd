import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PushPlan } from "../../src/define/push/push-plan.ts";
import { BASIC, PushSandbox, spellings, TOKENS, type PushJob, type PushResult } from "./push-sandbox.ts";

let sandbox: PushSandbox;
beforeAll(async () => {
  sandbox = await PushSandbox.start();
});
afterAll(() => sandbox.stop());

const COMMIT = { paths: ["map.json"], message: "Refresh", author: { name: "map-bot", email: "map-bot@example.com" } };
const PLAN: PushPlan = {
  credential: { kind: "pat", secret: "ROBOT" },
  tokenExpression: "${{ secrets.ROBOT }}",
  branch: "main",
  commit: COMMIT,
};

const runs = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: "ignore" }).status === 0;
const hasLfs = runs("git", "lfs", "version");
const hasOpenssl = runs("openssl", "version");

interface State {
  readonly setup: string;
  readonly env?: (url: string, repository: string) => Record<string, string>;
  /** What `git push URL` sends in this state, as a control: the state is really there. `-` is no HTTP request at all. */
  readonly plain: string;
  /** What the control pushes to instead of the URL. */
  readonly to?: "origin" | "";
}

const withUser = (url: string) => url.replace("//", "//x-access-token@");
const otherHeader = `AUTHORIZATION: basic ${BASIC(TOKENS.OTHER)}`;

/** What a checkout, an earlier step or the runner's owner may have left. */
const STATES: Readonly<Record<string, State>> = {
  "nothing persisted": { setup: "", plain: "none" },
  "the header that checkout v5 persists": {
    setup: 'git config "http.$URL/.extraheader" "AUTHORIZATION: basic $GITHUB_TOKEN_BASIC"',
    plain: "GITHUB_TOKEN",
  },
  "the included header that checkout v6 persists": {
    setup: `file="$RUNNER_TEMP/git-credentials-1.config"
      git config --file "$file" "http.$URL/.extraheader" "AUTHORIZATION: basic $GITHUB_TOKEN_BASIC"
      git config "includeIf.gitdir:$PWD/.git.path" "$file"`,
    plain: "GITHUB_TOKEN",
  },
  "a v5 and a v6 header at once": {
    setup: `git config --file "$RUNNER_TEMP/c.config" "http.$URL/.extraheader" "AUTHORIZATION: basic $GITHUB_TOKEN_BASIC"
      git config "includeIf.gitdir:$PWD/.git.path" "$RUNNER_TEMP/c.config"
      git config "http.$URL/.extraheader" "AUTHORIZATION: basic $OTHER_BASIC"`,
    plain: "GITHUB_TOKEN, OTHER",
  },
  "a generic header": { setup: 'git config http.extraheader "AUTHORIZATION: basic $OTHER_BASIC"', plain: "OTHER" },
  "an owner's header": {
    setup: 'git config "http.$URL/octo.extraheader" "AUTHORIZATION: basic $OTHER_BASIC"',
    plain: "OTHER",
  },
  "a repository's header": {
    setup: 'git config "http.$URL/$REPO.git.extraheader" "AUTHORIZATION: basic $OTHER_BASIC"',
    plain: "OTHER",
  },
  "a repository's header with the very user name": {
    setup: `git config "http.http://x-access-token@\${URL#http://}/$REPO.git.extraheader" "AUTHORIZATION: basic $OTHER_BASIC"
      git remote set-url origin "http://x-access-token@\${URL#http://}/$REPO.git"`,
    to: "origin",
    plain: "OTHER",
  },
  "a global header": {
    setup: 'git config --global "http.$URL/.extraheader" "AUTHORIZATION: basic $OTHER_BASIC"',
    plain: "OTHER",
  },
  "a .netrc": {
    setup: `printf 'machine 127.0.0.1\nlogin x-access-token\npassword %s\n' "$OTHER" >~/.netrc`,
    plain: "none, OTHER",
  },
  "a credential helper": {
    setup: `git config --global credential.helper '!f() { echo username=x; echo "password=${TOKENS.OTHER}"; }; f'`,
    plain: "none, OTHER",
  },
  "a credential helper for this host": {
    setup: `git config --global "credential.$URL.helper" '!f() { echo username=x; echo "password=${TOKENS.OTHER}"; }; f'`,
    plain: "none, OTHER",
  },
  "a stored credential": {
    setup:
      'git config --global credential.helper store && echo "http://x-access-token:$OTHER@${URL#http://}" >~/.git-credentials',
    plain: "none, OTHER",
  },
  "insteadOf to a URL with a token": {
    setup: 'git config --global "url.http://x-access-token:$OTHER@${URL#http://}/.insteadOf" "$URL/"',
    plain: "none, OTHER",
  },
  "insteadOf for the very user name": {
    setup: `git config --global "url.http://x:$OTHER@\${URL#http://}/.insteadOf" "http://x-access-token@\${URL#http://}/"
      git remote set-url origin "http://x-access-token@\${URL#http://}/$REPO.git"`,
    to: "origin",
    plain: "none, OTHER",
  },
  "insteadOf to ssh": { setup: 'git config --global url.ssh://git@127.0.0.1:1/.insteadOf "$URL/"', plain: "-" },
  "insteadOf of every http URL to ssh": {
    setup: "git config --global url.ssh://git@127.0.0.1:1/.insteadOf http://",
    plain: "-",
  },
  "pushInsteadOf to a URL with a token": {
    setup: 'git config --global "url.http://x-access-token:$OTHER@${URL#http://}/.pushInsteadOf" "$URL/"',
    plain: "none, OTHER",
  },
  "pushInsteadOf of every http URL to ssh": {
    setup: "git config --global url.ssh://git@127.0.0.1:1/.pushInsteadOf http://",
    plain: "-",
  },
  "a pushurl with a token": {
    setup: 'git remote set-url --push origin "http://x-access-token:$OTHER@${URL#http://}/$REPO.git"',
    to: "origin",
    plain: "none, OTHER",
  },
  "remote.pushDefault": {
    setup:
      'git remote add deploy "http://x:$OTHER@${URL#http://}/$REPO.git" && git config remote.pushDefault deploy && git config push.default current',
    to: "",
    plain: "none, OTHER",
  },
  "an ssh checkout": {
    setup: 'git remote set-url origin "git@127.0.0.1:$REPO.git" && git config core.sshCommand false',
    to: "origin",
    plain: "-",
  },
  "GIT_CONFIG_COUNT in the environment": {
    setup: "",
    env: (url) => ({
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: `http.${url}/.extraheader`,
      GIT_CONFIG_VALUE_0: otherHeader,
      GIT_CONFIG_KEY_1: "push.default",
      GIT_CONFIG_VALUE_1: "current",
    }),
    plain: "OTHER",
  },
  "GIT_CONFIG_PARAMETERS in the environment": {
    setup: "",
    env: (url, repository) => ({
      GIT_CONFIG_PARAMETERS: `'http.${withUser(url)}/${repository}.git.extraheader'='${otherHeader}'`,
    }),
    plain: "none",
  },
  "an askpass program": {
    setup: `printf '#!/bin/sh\necho "%s"\n' "$OTHER" >"$RUNNER_TEMP/ask" && chmod +x "$RUNNER_TEMP/ask" && git config core.askPass "$RUNNER_TEMP/ask"`,
    plain: "none, OTHER",
  },
  "GITHUB_TOKEN and GH_TOKEN in the environment": {
    setup: "",
    env: () => ({ GITHUB_TOKEN: TOKENS.GITHUB_TOKEN, GH_TOKEN: TOKENS.OTHER }),
    plain: "none",
  },
  "a shallow clone": {
    setup:
      'rm -rf .git && git clone --quiet --bare --depth=1 "file://$BARE" .git && git config core.bare false && git reset --quiet',
    plain: "none",
  },
  "an unredacted trace": {
    setup: "",
    env: () => ({ GIT_TRACE: "1", GIT_TRACE_CURL: "1", GIT_TRACE_REDACT: "0" }),
    plain: "none",
  },
  "tracing of every shell": { setup: "", env: () => ({ SHELLOPTS: "xtrace" }), plain: "none" },
};

function expectOnlyWanted(result: PushResult, wanted = "PAT"): void {
  expect(result.log).not.toContain("::error::");
  expect(result).toMatchObject({ code: 0, identities: [wanted], outputs: { pushed: "true" } });
  // One Authorization header with each request, the first included: nothing waits for a 401.
  expect(result.requests.every(({ identities, status }) => identities.length === 1 && status === 200)).toBe(true);
}

async function expectNoTrace(job: PushJob, result: PushResult, token: string = TOKENS.PAT): Promise<void> {
  // Without these the wrappers and the trace would prove nothing.
  expect(["base64", "git-remote-http", "send-pack"].filter((program) => !result.argv.includes(program))).toEqual([]);
  expect(
    spellings(token).filter((spelling) => result.argv.includes(spelling) || result.log.includes(spelling)),
  ).toEqual([]);
  expect(await job.filesWith(token)).toEqual([]);
}

describe.concurrent("whatever is configured, the push sends its own credential and no other", () => {
  for (const [state, { setup, env, plain, to }] of Object.entries(STATES)) {
    it(state, async () => {
      const job = await sandbox.job();
      await job.bash(`${setup}\n echo '{}' >map.json`);
      const result = await job.push(PLAN, { env: env?.(sandbox.server.url, job.name) });
      expectOnlyWanted(result);
      await expectNoTrace(job, result);
      expect(await job.remote.sha("refs/heads/main")).toBe(result.outputs["sha"]);

      const control = await job.bash(
        `git commit -q --allow-empty -m control && git push -q ${to ?? '"$URL/$REPO.git"'} || true`,
        env?.(sandbox.server.url, job.name),
      );
      expect(control).toBe("");
      expect(job.identities(result.requests.length).join(", ") || "-").toBe(plain);
    });
  }

  it.each(
    [
      "the included header that checkout v6 persists",
      "a repository's header",
      "a .netrc",
      "a credential helper",
      "insteadOf for the very user name",
      "insteadOf of every http URL to ssh",
    ].map((state) => [state] as const),
  )("a lost race under %s: the fetch sends it too", async (state) => {
    const job = await sandbox.job();
    await job.bash(`${STATES[state]?.setup}\n echo '{}' >map.json`);
    await job.remote.commit("main", { theirs: "1" });
    const result = await job.push(PLAN);
    expectOnlyWanted(result);
    await expectNoTrace(job, result);
    expect(result.requests.some(({ path }) => path.endsWith("/git-upload-pack"))).toBe(true);
  });

  it.skipIf(!hasLfs)("a repository with LFS: git-lfs, which uploads from the pre-push hook, sends it too", async () => {
    const job = await sandbox.job();
    await job.bash(`git config "http.$URL/.extraheader" "AUTHORIZATION: basic $GITHUB_TOKEN_BASIC"
      git lfs install --local && git lfs track '*.bin' && echo big >map.bin`);
    const result = await job.push({ ...PLAN, commit: { ...COMMIT, paths: [".gitattributes", "*.bin"] } });
    expectOnlyWanted(result);
    await expectNoTrace(job, result);
    expect(result.requests.some(({ path }) => path.endsWith("/info/lfs/objects/batch"))).toBe(true);
    expect(await job.remote.file("main", "map.bin")).toContain("version https://git-lfs.github.com/spec/v1");
  });

  it.skipIf(!hasOpenssl)("an https server, under a persisted header", async () => {
    const folder = await mkdtemp(join(tmpdir(), "push-tls-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const request = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=127.0.0.1",
      "-addext",
      "subjectAltName=IP:127.0.0.1",
    ];
    execFileSync("openssl", [...request, "-keyout", key, "-out", cert], { stdio: "ignore" });
    const secure = await PushSandbox.start({
      tls: { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") },
    });
    try {
      const job = await secure.job();
      await job.bash(
        'git config "http.$URL/.extraheader" "AUTHORIZATION: basic $GITHUB_TOKEN_BASIC" && echo "{}" >map.json',
      );
      const result = await job.push(PLAN, { env: { GIT_SSL_CAINFO: cert } });
      expectOnlyWanted(result);
      await expectNoTrace(job, result);
    } finally {
      await secure.stop();
      await rm(folder, { recursive: true });
    }
  });

  it("an App's token of 520 characters", async () => {
    const job = await sandbox.job();
    await job.bash("echo '{}' >map.json");
    const result = await job.push({ ...PLAN, credential: { kind: "app" } }, { token: TOKENS.APP });
    expectOnlyWanted(result, "APP");
    await expectNoTrace(job, result, TOKENS.APP);
  });

  it("configuration from GIT_CONFIG_COUNT still holds", async () => {
    const job = await sandbox.job();
    await job.bash(`mkdir "$RUNNER_TEMP/hooks" && echo 'touch "$RUNNER_TEMP/seen"' >"$RUNNER_TEMP/hooks/pre-push"
      chmod +x "$RUNNER_TEMP/hooks/pre-push" && echo '{}' >map.json`);
    const hooks = {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "core.hooksPath",
      GIT_CONFIG_VALUE_0: join(job.folder, "temp", "hooks"),
    };
    expectOnlyWanted(await job.push(PLAN, { env: hooks }));
    expect(await job.bash('ls "$RUNNER_TEMP"')).toContain("seen");
  });

  it("a revoked token fails, and a good stored credential is neither tried nor erased", async () => {
    const job = await sandbox.job();
    await job.bash(`git config --global credential.helper store && echo "http://x-access-token:$OTHER@\${URL#http://}" >~/.git-credentials
      printf '#!/bin/sh\\ntouch "$RUNNER_TEMP/asked"\\n' >"$RUNNER_TEMP/ask" && chmod +x "$RUNNER_TEMP/ask" && git config core.askPass "$RUNNER_TEMP/ask"
      echo '{}' >map.json`);
    const result = await job.push(PLAN, { token: TOKENS.REVOKED });
    expect(result).toMatchObject({ identities: ["unknown"], outputs: {} });
    expect(result.code).not.toBe(0);
    expect(result.log).toContain("::error::The push as PAT ROBOT did not land: git says why above.");
    expect(await readFile(join(job.folder, "home", ".git-credentials"), "utf8")).toContain(TOKENS.OTHER);
    expect(await job.bash('ls "$RUNNER_TEMP"')).not.toContain("asked");
  });
});
