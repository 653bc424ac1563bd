import { header } from "./random-commands.ts";
import type { Op } from "./random-job.ts";

/** Composite actions that lie in the repository. */
export const FILES: Readonly<Record<string, string>> = {
  ".github/actions/rewrite/action.yml": `name: Rewrite
description: sends pushes to a URL with a token
inputs:
  token:
    description: whose
    required: true
runs:
  using: composite
  steps:
    - shell: bash
      env:
        TOKEN: \${{ inputs.token }}
      run: git config --global "url.https://x:$TOKEN@github.com/.insteadOf" https://github.com/
`,
  ".github/actions/header/action.yml": `name: Header
description: keeps a token as a header
inputs:
  token:
    description: whose
    default: \${{ github.token }}
runs:
  using: composite
  steps:
    - if: inputs.token != ''
      shell: bash
      run: |
        git config --global http.https://github.com/.extraheader "AUTHORIZATION: basic $(printf 'x:%s' "\${{ inputs.token }}" | base64 -w0)"
`,
  ".github/actions/check-out/action.yml": `name: Check out
description: checks out beside
inputs:
  token:
    description: whose
    required: true
runs:
  using: composite
  steps:
    - uses: actions/checkout@v5
      with:
        path: beside
        token: \${{ inputs.token }}
`,
};

/** The directories that a job has made, as far as its writer knows, and the remotes that may be there. */
interface State {
  readonly dirs: string[];
  readonly remotes: string[];
  /** The repository's own files lie in the workspace. */
  hasOwn: boolean;
  pushes: number;
  outputs: number;
}

/** Jobs as a workflow. Every push goes to a branch of its own, and whether it lands or not, the job goes on. */
export function writeJobs(jobs: readonly (readonly Op[])[]): string {
  const written = jobs.map((ops, at) => `  ${jobName(at)}:\n    needs: prepare\n${JOB}${writeSteps(ops, jobName(at))}`);
  return `on: push
permissions:
  contents: write
env:
  PAT: \${{ secrets.PAT }}
  OTHER: \${{ secrets.OTHER }}
  JOB: \${{ github.token }}
  KEY: \${{ secrets.DEPLOY_KEY }}
  KEY2: \${{ secrets.OTHER_DEPLOY_KEY }}
  LEVEL: high
jobs:
  prepare:
    runs-on: ubuntu-latest
    outputs:
      level: \${{ steps.choose.outputs.level }}
      remote: \${{ steps.choose.outputs.remote }}
    steps:
      - id: choose
        run: |
          echo "level=high" >> "$GITHUB_OUTPUT"
          echo "remote=origin" >> "$GITHUB_OUTPUT"
${written.join("")}`;
}

export function jobName(at: number): string {
  return `job${at}`;
}

const JOB = `    runs-on: ubuntu-latest
    steps:
      - id: app
        uses: actions/create-github-app-token@v2
        with:
          app-id: 1
          private-key: \${{ secrets.KEY }}
`;

function writeSteps(ops: readonly Op[], job: string): string {
  const state: State = { dirs: [], remotes: ["origin"], hasOwn: false, pushes: 0, outputs: 0 };
  return ops.map((op) => writeOp(op, state, job)).join("");
}

function writeOp(op: Op, state: State, job: string): string {
  const dir = "dir" in op ? (state.dirs[op.dir % state.dirs.length] ?? ".") : ".";
  switch (op.kind) {
    case "checkout":
      return checkoutStep(op, state);
    case "shell": {
      const remote = /^git remote (?:add|rename origin) (\w+)/.exec(op.command)?.[1];
      if (remote !== undefined && !state.remotes.includes(remote)) state.remotes.push(remote);
      return runStep(
        place(op.way, dir, op.command, (at) => `git ${at}`),
        op.condition,
      );
    }
    case "make": {
      if (op.how.startsWith("mv ") && (dir === "." || op.name.startsWith(dir))) return "";
      if (op.how.startsWith("mv ")) state.dirs.splice(state.dirs.indexOf(dir), 1);
      if (op.how.includes("submodule")) remember(`${dir}/sub`, state);
      else if (op.how !== "mkdir -p NAME") remember(op.name, state);
      const how = op.how.replaceAll("DIR", dir).replaceAll("TOP", '"$GITHUB_WORKSPACE"').replaceAll("NAME", op.name);
      return runStep({ lines: [`{ mkdir -p ${parentOf(op.name)} && ${how}; } || true`] });
    }
    case "export":
      return runStep({ lines: op.lines.map((line) => `echo "${line}" >> "$GITHUB_ENV"`) });
    case "action":
      if (op.name === "agent")
        return "      - uses: webfactory/ssh-agent@v0.9.0\n        with:\n          ssh-private-key: ${{ secrets.DEPLOY_KEY }}\n";
      if (!state.hasOwn) return "";
      if (op.name === "check-out") remember("beside", state);
      return `      - uses: ./.github/actions/${op.name}\n        with:\n          token: ${op.token}\n`;
    case "output": {
      const id = `out${state.outputs++}`;
      if (op.path === undefined) state.hasOwn = true;
      checkedOut(op.path, state, true);
      const path = op.path === undefined ? "" : `          path: ${op.path}\n`;
      return `      - id: ${id}
        env:
          APP: \${{ steps.app.outputs.token }}
        run: echo "token=$${op.token}" >> "$GITHUB_OUTPUT"
      - uses: actions/checkout@${op.version}
        with:
${path}          token: \${{ steps.${id}.outputs.token }}
`;
    }
    case "push":
      return pushStep(op, dir, state, job);
  }
}

const HOLDS = /push|always|success|high|!= /;

/** A checkout of the workspace takes away what lies in it, unless it is told not to clean what is its repository already. */
function checkedOut(path: string | undefined, state: State, cleans: boolean): void {
  if (path === undefined && (cleans || !state.dirs.includes("."))) state.dirs.length = 0;
  remember(path ?? ".", state);
}

function remember(dir: string, state: State): void {
  if (!state.dirs.includes(dir)) state.dirs.push(dir);
}

function parentOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}

interface Placed {
  readonly lines: readonly string[];
  readonly directory?: string;
}

/** A command in a directory. @param gitAt git in a directory, by its options */
function place(way: string, dir: string, command: string, gitAt: (options: string) => string): Placed {
  const isGit = command.startsWith("git ");
  const safe = `{ ${command}; } || true`;
  if (dir === "." || way === "working-directory") return { lines: [safe], directory: dir };
  if (way === "-C" && isGit) return { lines: [`{ ${gitAt(`-C ${dir}`)} ${command.slice(4)}; } || true`] };
  if (way === "--git-dir" && isGit)
    return { lines: [`{ ${gitAt(`--git-dir=${dir}/.git`)} ${command.slice(4)}; } || true`] };
  if (way === "subshell") return { lines: [`(cd ${dir} && ${command}) || true`] };
  if (way === "pushd") return { lines: [`pushd ${dir}`, safe, "popd"] };
  return { lines: [`cd ${dir}`, safe] };
}

function pushStep(op: Extract<Op, { kind: "push" }>, dir: string, state: State, job: string): string {
  const remote =
    typeof op.remote === "number" ? (state.remotes[op.remote % state.remotes.length] ?? "origin") : op.remote;
  const ref = `${job}-${state.pushes++}`;
  const options = [...op.options, "push", op.flag].filter((word) => word !== "").join(" ");
  const env = op.env.map((word) => `${word} `).join("");
  const isPlaced = dir !== "." && (op.way === "-C" || op.way === "--git-dir");
  const at = !isPlaced ? "" : op.way === "-C" ? `-C ${dir} ` : `--git-dir=${dir}/.git `;
  const push = `${env}git ${at}${options} ${remote} HEAD:refs/heads/${ref}`;
  const placed = isPlaced ? { lines: around(op.form, push) } : enter(op.way, dir, around(op.form, push));
  return runStep(placed, op.condition);
}

function enter(way: string, dir: string, lines: readonly string[]): Placed {
  if (dir === "." || way === "working-directory") return { lines, directory: dir };
  if (way === "subshell") return { lines: ["(", `cd ${dir}`, ...lines, ") || true"] };
  if (way === "pushd") return { lines: [`pushd ${dir}`, ...lines, "popd"] };
  return { lines: [`cd ${dir}`, ...lines] };
}

function around(form: string, push: string): readonly string[] {
  switch (form) {
    case "if":
      return [`if ! ${push}; then echo refused; fi`];
    case "for":
      return [`for try in 1 2; do ${push} && break; done || true`];
    case "function":
      return [`send() { ${push}; }`, "send || true"];
    case "bash -c":
      return push.includes("'") ? [`${push} || true`] : [`bash -c '${push}' || true`];
    case "eval":
      return push.includes("'") ? [`${push} || true`] : [`eval '${push}' || true`];
    case "timeout":
      return [push.replace(/git /, "timeout 60 git ") + " || true"];
    case "here-document":
      return ["cat > /tmp/send.sh <<'END'", push, "END", "bash /tmp/send.sh || true"].map((line) =>
        line.replaceAll("/tmp/send.sh", '"$RUNNER_TEMP/send.sh"'),
      );
    case "chain":
      return [`git status --short && ${push} || true`];
    default:
      return [`${push} || true`];
  }
}

const TOKENS = ["PAT", "OTHER", "APP", "JOB"];

function runStep({ lines, directory = "." }: Placed, condition?: string): string {
  const used = TOKENS.filter((name) => lines.some((line) => line.includes(`H_${name}`)));
  const headers = used.map((name) => `export H_${name}="${header(name)}"`);
  const where = directory === "." ? "" : `        working-directory: ${directory}\n`;
  const when = condition === undefined ? "" : `        if: ${condition}\n`;
  const script = [...headers, ...lines].map((line) => `          ${line}\n`).join("");
  return `      - env:\n          APP: \${{ steps.app.outputs.token }}\n${when}${where}        run: |\n${script}`;
}

function checkoutStep(op: Extract<Op, { kind: "checkout" }>, state: State): string {
  const inputs = [
    ["path", op.path],
    ["repository", op.repository],
    ["token", op.token],
    ["persist-credentials", op.persist],
    ["clean", op.clean ? undefined : "false"],
    ["fetch-depth", op.full ? "0" : undefined],
    ["submodules", op.submodules],
    ["ssh-key", op.sshKey],
  ].filter((input) => input[1] !== undefined);
  // What is skipped, or fails, makes nothing; then pushes from there are not sent, and not compared.
  if (op.condition === undefined || HOLDS.test(op.condition)) checkedOut(op.path, state, op.clean);
  if (op.path === undefined) state.hasOwn = op.repository === undefined && op.condition === undefined;
  const given = inputs.map(([name, text]) => `          ${name}: ${text}\n`).join("");
  const when = op.condition === undefined ? "" : `        if: ${op.condition}\n`;
  return `      - uses: actions/checkout@${op.version}\n${when}${given === "" ? "" : `        with:\n${given}`}`;
}
