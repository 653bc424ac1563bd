import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account } from "../../src/prove/server/authenticate.ts";
import { makeAuthority } from "../../src/prove/server/certificate.ts";
import { GitServer } from "../../src/prove/server/git-server.ts";
import type { Refusal } from "../../src/prove/server/refusal.ts";

const runFile = promisify(execFile);
const BASIC = (token: string): string => `Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;

const account = (name: string, more: Partial<Account> = {}): Account => ({
  name,
  login: name,
  isInstallation: false,
  access: () => "write",
  ...more,
});

const accounts = new Map([
  ["pat-token", account("pat:PAT", { login: "octocat" })],
  [
    "job-token",
    account("github-token", {
      login: "github-actions[bot]",
      isInstallation: true,
      access: (name) => (name === "octo/app" ? "write" : "none"),
    }),
  ],
]);

let folder: string;
let server: GitServer;
let refusals: readonly Omit<Refusal, "ref">[] = [];
const authority = makeAuthority();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "prove-server-"));
  await writeFile(join(folder, "ca.pem"), authority.cert);
  server = await GitServer.start({
    root: join(folder, "server"),
    programs: process.env["PATH"] ?? "",
    accounts,
    authority,
    judge: ({ updates }) => updates.flatMap(({ ref }) => refusals.map((refusal) => ({ ref, ...refusal }))),
  });
  for (const name of ["octo/app", "octo/lib", "octo/open"])
    await (await server.create(name, { isPublic: name === "octo/open" })).commit("main", { "README.md": "hello\n" });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Tried {
  readonly code: number;
  readonly err: string;
  readonly requests: readonly (readonly [string, readonly string[], number])[];
}

/** git, with nothing but the environment that leads to the server. */
async function git(args: readonly string[], cwd = folder): Promise<Tried> {
  const before = server.requests.length;
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_SSL_CAINFO: join(folder, "ca.pem"),
    https_proxy: server.url,
    http_proxy: server.url,
  };
  const { code, err } = await runFile("git", [...args], { cwd, env }).then(
    ({ stderr }) => ({ code: 0, err: stderr }),
    (error: { code: number; stderr: string }) => ({ code: error.code, err: error.stderr }),
  );
  const requests = server.requests.slice(before).map(({ method, identities, status }) => [method, identities, status]);
  return { code, err, requests: requests as unknown as Tried["requests"] };
}

const header = (token: string): string => `http.https://github.com/.extraheader=AUTHORIZATION: ${BASIC(token)}`;

/** A clone of `octo/app` with one more commit. */
async function clone(name: string): Promise<string> {
  const path = join(folder, name);
  await git(["clone", "--quiet", "https://x:pat-token@github.com/octo/app", path]);
  for (const file of ["a.txt", `${name}.txt`]) await writeFile(join(path, file), name);
  await git(
    ["-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--allow-empty", "-m", name],
    path,
  );
  return path;
}

describe("a certificate authority", () => {
  it("signs for a host", () => {
    const [ca, leaf] = [authority.cert, authority.certificateFor("ghes.example.com").cert].map(
      (pem) => new X509Certificate(pem),
    );
    expect(leaf?.verify(ca!.publicKey)).toBe(true);
    expect(leaf?.checkHost("ghes.example.com")).toBe("ghes.example.com");
    expect([ca?.ca, leaf?.ca]).toEqual([true, false]);
  });
});

describe("the server, as https://github.com", () => {
  it("takes a token with any user name, and logs who it is", async () => {
    expect(await git(["ls-remote", "https://anybody:pat-token@github.com/octo/app.git"])).toMatchObject({
      code: 0,
      requests: [
        ["GET", [], 401],
        ["GET", ["pat:PAT"], 200],
        ["POST", ["pat:PAT"], 200],
      ],
    });
    expect(JSON.stringify(server.requests)).not.toMatch(/pat-token|cGF0LXRva2Vu/);
  });

  it.each([
    ["a wrong token", "https://x:nonsense@github.com/octo/app", [[], 401], [["unknown"], 401]],
    ["an empty one", "https://x:@github.com/octo/app", [[], 401], [["unknown"], 401]],
    ["an installation's as the user name", "https://job-token:@github.com/octo/app", [[], 401], [["unknown"], 401]],
  ] as const)("refuses %s", async (_, url, ...requests) => {
    const tried = await git(["ls-remote", url]);
    expect(tried).toMatchObject({ code: 128, requests: requests.map((request) => ["GET", ...request]) });
    expect(tried.err).toContain("remote: Invalid username or token.");
  });

  it("refuses two headers, whoever they are", async () => {
    const tried = await git([
      "-c",
      header("job-token"),
      "-c",
      header("job-token"),
      "ls-remote",
      "https://github.com/octo/app",
    ]);
    expect(tried).toMatchObject({ code: 128, requests: [["GET", ["github-token", "github-token"], 400]] });
    expect(tried.err).toContain('remote: Duplicate header: "Authorization"');
  });

  it("shows nobody a private repository, and everybody a public one", async () => {
    expect(await git(["ls-remote", "https://github.com/octo/app"])).toMatchObject({
      code: 128,
      requests: [["GET", [], 401]],
    });
    expect(await git(["ls-remote", "https://github.com/octo/open"])).toMatchObject({ code: 0 });
    const tried = await git(["-c", header("job-token"), "ls-remote", "https://github.com/octo/lib"]);
    expect(tried).toMatchObject({ requests: [["GET", ["github-token"], 404]] });
    expect(tried.err).toContain("remote: Repository not found.");
  });

  it("refuses a push without the right to, by its login", async () => {
    const path = await clone("denied");
    const tried = await git(["-c", header("job-token"), "push", "https://github.com/octo/open", "HEAD:x"], path);
    expect(tried).toMatchObject({ code: 128, requests: [["GET", ["github-token"], 403]] });
    expect(tried.err).toContain("remote: Permission to octo/open.git denied to github-actions[bot].");
  });

  it("sends http on to https", async () => {
    const { code, requests } = await git(["ls-remote", "http://github.com/octo/open"]);
    expect({ code, first: requests[0] }).toEqual({ code: 0, first: ["GET", [], 301] });
  });

  it("is every other host, too", async () => {
    expect(await git(["ls-remote", "https://x:pat-token@git.example.com/octo/app"])).toMatchObject({ code: 0 });
    expect(server.requests.at(-1)?.host).toBe("git.example.com");
  });

  it("gives the requests of one push one number", async () => {
    const before = server.requests.length;
    await git(["push", "https://x:pat-token@github.com/octo/app", "HEAD:numbered"], await clone("numbered"));
    await git(["ls-remote", "https://x:pat-token@github.com/octo/app"]);
    const numbers = server.requests
      .slice(before)
      .map(({ connection, path }) => [path.includes("receive-pack"), connection]);
    const pushed = new Set(numbers.filter(([isPush]) => isPush).map(([, number]) => number));
    const read = new Set(numbers.filter(([isPush]) => !isPush).map(([, number]) => number));
    expect(pushed.size).toBe(1);
    expect([...read].some((number) => pushed.has(number))).toBe(false);
  });
});

describe("a judge's refusals", () => {
  const GH013: Omit<Refusal, "ref"> = {
    condition: "always",
    heading: "error: GH013: Repository rule violations found for refs/heads/main.",
    says: ["- Changes must be made through a pull request."],
    reason: "push declined due to repository rule violations",
  };

  /** Pushes with a judge that says this of every ref. */
  async function push(name: string, said: readonly Omit<Refusal, "ref">[], ...args: readonly string[]): Promise<Tried> {
    const path = await clone(name);
    refusals = said;
    try {
      return await git(["push", "https://x:pat-token@github.com/octo/app", ...args], path);
    } finally {
      refusals = [];
    }
  }

  it("come in GitHub's words, and nothing moves", async () => {
    const tried = await push("refused", [GH013], "HEAD:main", "HEAD:topic-of-refused");
    expect(tried.code).toBe(1);
    expect(tried.err).toContain("remote: error: GH013: Repository rule violations found for refs/heads/main.");
    expect(tried.err).toContain("! [remote rejected] HEAD -> main (push declined due to repository rule violations)");
    expect(server.requests.at(-1)?.updates.map(({ ref, refused }) => [ref, refused])).toEqual([
      ["refs/heads/main", "push declined due to repository rule violations"],
      ["refs/heads/topic-of-refused", "push declined due to repository rule violations"],
    ]);
  });

  it("that hold only for forced pushes let others pass", async () => {
    const forced = { ...GH013, condition: "forced" as const };
    expect(await push("ahead", [forced], "HEAD:fast-forward")).toMatchObject({ code: 0 });
    expect(await push("behind", [forced], "--force", "HEAD^:fast-forward")).toMatchObject({ code: 1 });
    expect(await push("aside", [forced], "--delete", "fast-forward")).toMatchObject({ code: 0 });
  });

  it("that hold only for workflow files look at what is pushed", async () => {
    const workflows = { ...GH013, condition: "workflows" as const };
    const path = await clone("workflow");
    expect(await push("no-workflow", [workflows], "HEAD:plain")).toMatchObject({ code: 0 });
    const tree = await runFile("bash", [
      "-c",
      `cd '${path}' && rm -rf .github && mkdir -p .github/workflows && echo on: push > .github/workflows/ci.yml && git add .github &&
       git -c user.name=x -c user.email=x@example.com commit --quiet -m workflow && git rev-parse HEAD`,
    ]);
    refusals = [workflows];
    const tried = await git(["push", "https://x:pat-token@github.com/octo/app", "HEAD:with-workflow"], path);
    refusals = [];
    expect(tree.stdout.trim()).toMatch(/^[0-9a-f]{40}$/);
    expect(tried).toMatchObject({ code: 1 });
  });
});

describe("starting and stopping", () => {
  it("says that a port is taken", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    const options = { root: join(folder, "second"), programs: "", accounts, port };
    await expect(GitServer.start(options)).rejects.toMatchObject({ code: "EADDRINUSE" });
    await new Promise((resolve) => taken.close(resolve));
  });
});
