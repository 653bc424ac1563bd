// What the action does, behind its inputs: check, lint, and the pushes that a pull request changes.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const { env } = process;
const cli = join(import.meta.dirname, "../dist/cli.js");
const folder = resolve(env.FLOWKEEP_FOLDER || ".");
const temporary = mkdtempSync(join(env.RUNNER_TEMP || "/tmp", "flowkeep-"));
// Under these events the workspace may be a stranger's, and secrets are near: only YAML is read, and nothing of it is run.
const isForeign = ["pull_request_target", "workflow_run"].includes(env.GITHUB_EVENT_NAME ?? "");
let code = 0;

try {
  const sources = existsSync(join(folder, "workflows-src"));
  if (wants("CHECK") && !isForeign && (sources || env.FLOWKEEP_CHECK === "true")) report("check");
  // `check` lints, too.
  else if (wants("LINT")) report("lint");
  if (isForeign && sources)
    console.log(`::notice::flowkeep: sources are not run under ${env.GITHUB_EVENT_NAME}; only YAML is analysed`);
  if (env.FLOWKEEP_SARIF === "true") writeSarif();
  if (wants("PUSHES")) comparePushes();
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.exitCode = code;

function wants(name) {
  const value = env[`FLOWKEEP_${name}`] || "auto";
  if (!["true", "false", "auto"].includes(value))
    fail(`the input ${name.toLowerCase()} is true, false or auto, and not ${JSON.stringify(value)}`);
  return value !== "false";
}

function report(command) {
  const { status } = flowkeep(
    [command, "--format", "github", "--fail-on", env.FLOWKEEP_FAIL_ON || "warning"],
    folder,
    "inherit",
  );
  code ||= status;
}

function writeSarif() {
  const file = join(env.RUNNER_TEMP || temporary, "flowkeep.sarif");
  const { status, stdout, stderr } = flowkeep(["lint", "--format", "sarif"], folder);
  if (status === 2 || stdout.trim() === "") fail(`no SARIF was made: ${stderr}`);
  writeFileSync(file, stdout);
  setOutput("sarif-file", file);
}

/** Compares the YAML of the pull request with that of the commit that it goes to. */
function comparePushes() {
  const base = baseCommit();
  if (base === undefined) {
    report("pushes");
    return;
  }
  const before = join(temporary, "before.json");
  const tree = join(temporary, "base");
  const top = git(["rev-parse", "--show-toplevel"]).stdout.trim();
  if (git(["cat-file", "-e", `${base}^{commit}`]).status !== 0)
    git(["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--depth=1", "origin", base]);
  // No hook of the repository runs.
  const added = git(["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", tree, base]);
  if (added.status !== 0) {
    console.log(
      `::notice::flowkeep: the commit ${base} is not to be had, so there is nothing to compare with: check out with fetch-depth: 0`,
    );
    report("pushes");
    return;
  }
  try {
    const there = join(tree, folder.slice(top.length));
    const { status, stdout } = flowkeep(["pushes", ".github", "--format", "json"], there);
    writeFileSync(before, status === 2 ? '{ "version": 1, "pushes": [] }' : stdout);
  } finally {
    git(["worktree", "remove", "--force", tree]);
  }
  const compared = flowkeep(["pushes", ".github", "--compare", before, "--format", "github"], folder, "inherit");
  const changes = JSON.parse(
    flowkeep(["pushes", ".github", "--compare", before, "--format", "json"], folder).stdout || "{}",
  ).changes;
  setOutput("changed-pushes", String(changes?.length ?? 0));
  if (compared.status === 2) code ||= 2;
}

/** The commit that a pull request goes to, or that a push began at. */
function baseCommit() {
  if (!env.GITHUB_EVENT_PATH || !existsSync(env.GITHUB_EVENT_PATH)) return undefined;
  const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
  const sha = event.pull_request?.base?.sha ?? event.merge_group?.base_sha ?? event.before;
  return /^[0-9a-f]{40}$/.test(sha ?? "") && !/^0+$/.test(sha) ? sha : undefined;
}

function flowkeep(args, cwd, stdio) {
  return spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: "utf8",
    stdio: stdio ?? "pipe",
    maxBuffer: 1 << 28,
  });
}

function git(args) {
  return spawnSync("git", args, { cwd: folder, encoding: "utf8", env: { ...env, GIT_TERMINAL_PROMPT: "0" } });
}

function setOutput(name, value) {
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, `${name}=${value}\n`);
}

function fail(message) {
  console.log(`::error::flowkeep: ${message.replaceAll("%", "%25").replaceAll("\n", "%0A")}`);
  code = 2;
}
