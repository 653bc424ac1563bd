import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ProjectFolder, type Run } from "../cli/project-folder.ts";
import { withSteps } from "./prove-yaml.ts";

const FILE = ".github/workflows/try.yml";
const PUSH = `- uses: actions/checkout@v5
- run: |
    git config user.name x && git config user.email x@example.com
    git commit --quiet --allow-empty -m x && git push origin HEAD:main
`;

let project: ProjectFolder;
let scratch: string;
beforeEach(() => {
  project = new ProjectFolder();
  scratch = project.path("tmp");
  mkdirSync(scratch);
});
afterEach(() => {
  // Whatever happened: no file is left, and no process.
  const left = readdirSync(scratch);
  const running = processesIn(scratch);
  project.delete();
  expect({ left, running }).toEqual({ left: [], running: [] });
});

/** Processes whose environment or command line names the folder. */
function processesIn(folder: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const read = (file: string): string => {
        try {
          return readFileSync(`/proc/${name}/${file}`, "latin1");
        } catch {
          return "";
        }
      };
      const isOurs = ["environ", "cmdline"].some((file) => read(file).includes(`${folder}/flowkeep-prove`));
      return isOurs && !/\) Z/.test(read("stat")) ? [read("cmdline").replaceAll("\0", " ")] : [];
    });
}

function prove(steps: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  project.write({ [FILE]: withSteps(steps) });
  return project.runBeside(["prove", FILE, "--yes", ...args], { TMPDIR: scratch, HOME: project.path("home"), ...env });
}

/** A PATH that has these programs and no others. */
function pathWith(programs: Readonly<Record<string, string>>, without: readonly string[] = []): string {
  const bin = project.path("bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  for (const name of ["git", "bash", "sh", "env", "cat", "mkdir", "chmod", "sleep", "sed", "grep", "uname", "printf"])
    if (!(name in programs) && !without.includes(name)) {
      const found = (process.env["PATH"] ?? "")
        .split(delimiter)
        .map((folder) => join(folder, name))
        .find((path) => existsSync(path));
      if (found !== undefined) symlinkSync(found, join(bin, name));
    }
  return bin;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const hasNamespaces = ((): boolean => {
  const at = (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, "unshare")));
  return at && process.platform === "linux";
})();

describe.each([
  ["in namespaces", []],
  ["without them", ["--no-isolation"]],
])("%s", (_, flags) => {
  const isIsolated = flags.length === 0;

  it.skipIf(isIsolated && !hasNamespaces)(
    "whatever scripts do, it ends, says what they did, and leaves nothing",
    async () => {
      const outside = project.path("outside.txt");
      const steps = `- uses: actions/checkout@v4
- name: Hang
  continue-on-error: true
  timeout-minutes: 0.01
  run: |
    setsid sleep 1000 &
    sleep 1000
- name: Leave running
  run: |
    (sleep 1000 &)
    setsid sleep 1000 &
- name: Kill the parent
  continue-on-error: true
  run: kill -9 $PPID; sleep 5
- name: Write outside
  continue-on-error: true
  run: echo here > ${outside}
- name: Print a token
  continue-on-error: true
  env:
    TOKEN: \${{ secrets.PAT }}
  run: |
    git config --list && echo "::notice::$TOKEN" && exit 1
- name: Reach another host
  continue-on-error: true
  run: (echo hello > /dev/tcp/127.0.0.1/$PORT)
${PUSH}`;
      const listener = await listen();
      const yaml = steps.replace("$PORT", String(listener.port));
      const { code, out, err } = await prove(yaml, flags);
      const reached = await listener.stop();
      expect(out).toContain("'Hang': failed, it was still running after 0.6 seconds, and was ended");
      expect(out).toContain("'Kill the parent': failed, it killed the process that ran it");
      expect(out).toContain("::notice::***");
      expect(out + err).not.toMatch(/gh[ps]_|FAKE/);
      expect(out).toMatch(/landed: refs\/heads\/main updated\n +agree\n/);
      const told = err.includes(`${outside} changed while the scripts ran`);
      const expected = isIsolated
        ? { code: 0, written: false, told: false, reached: 0 }
        : { code: 2, written: true, told: true, reached: 1 };
      expect({ code, written: existsSync(outside), told, reached }).toEqual(expected);
    },
  );

  it.skipIf(isIsolated && !hasNamespaces)("a script that removes the trial's own files is not run again", async () => {
    const remove = `- name: Remove
  run: |
    case $RUNNER_TEMP in */flowkeep-prove-*/trial/*) rm -rf "\${RUNNER_TEMP%%/trial/*}"/* ;; esac
`;
    const { code, out, err } = await prove(PUSH + remove, flags);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("flowkeep: one of the workflow's scripts removed what the trial itself needs\n");
  });

  it("a signal cleans up", async () => {
    project.write({ [FILE]: withSteps(`- run: sleep 1000\n${PUSH}`) });
    const child = project.start(["prove", FILE, "--yes", ...flags], { TMPDIR: scratch, HOME: project.path("home") });
    while (!processesIn(scratch).some((name) => name.includes("sleep"))) await pause(20);
    child.kill("SIGTERM");
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(143);
  });
});

/** A program on this machine that counts who connects to it. */
async function listen(): Promise<{ readonly port: number; readonly stop: () => Promise<number> }> {
  const server = createServer();
  let reached = 0;
  server.on("connection", (socket) => {
    reached++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve(reached))) };
}

describe("what is missing", () => {
  it("a git", async () => {
    const { code, err } = await prove(PUSH, [], { PATH: pathWith({}, ["git"]) });
    expect({ code, err }).toEqual({
      code: 2,
      err: "flowkeep: this needs git 2.30 or later, and there is none on the PATH\n",
    });
  });

  it("a git that is not too old", async () => {
    const { code, err } = await prove(PUSH, [], { PATH: pathWith({ git: "#!/bin/sh\necho git version 2.25.1\n" }) });
    expect({ code, err }).toEqual({ code: 2, err: "flowkeep: this needs git 2.30 or later, and here is 2.25.1\n" });
  });

  it("a git with its HTTP server", async () => {
    const { code, err } = await prove(PUSH, [], {
      PATH: pathWith({ git: "#!/bin/sh\n[ $1 = --version ] && echo git version 2.40.0\n" }),
    });
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("this needs `git http-backend`") as unknown,
    });
  });

  it("namespaces: it goes on, and says so", async () => {
    const unshare = "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2\nexit 1\n";
    const { code, out } = await prove(PUSH, [], { PATH: pathWith({ unshare }) });
    expect(out).toContain("nothing but proxy settings keeps scripts from other hosts");
    expect(out).toContain("namespaces cannot be made: unshare: unshare failed: Operation not permitted");
    expect(code).toBe(0);
  });
});

it.skipIf(!hasNamespaces || !isWritable("/run"))(
  "no service of the machine can be asked through its socket",
  async () => {
    const socket = `/run/flowkeep-test-${process.pid}.sock`;
    let asked = 0;
    const server = createServer((connection) => {
      asked++;
      connection.end("hello");
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const ask = `require("node:net").connect(process.argv[1]).on("error", (error) => console.log("got", error.code))`;
    const { code, out } = await prove(`${PUSH}- run: '"${process.execPath}" -e ''${ask}'' ${socket}; exit 1'\n`);
    await new Promise((resolve) => server.close(resolve));
    expect({ code, asked }).toEqual({ code: 0, asked: 0 });
    expect(out).toContain("| got ECONNREFUSED");
  },
);

it("a port that is taken is said", async () => {
  const { port, stop } = await listen();
  const { code, err } = await prove(PUSH, ["--port", String(port), "--no-isolation"]);
  await stop();
  const message = `flowkeep: port ${port} of 127.0.0.1 cannot be used (EADDRINUSE): leave --port out, and a free one is taken\n`;
  expect({ code, err }).toEqual({ code: 2, err: message });
});
