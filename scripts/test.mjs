// Builds and runs the tests.  node scripts/test.mjs [--long] [vitest arguments]
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "..");
const args = process.argv.slice(2);
const isLong = args.includes("--long");

console.log("The tests need git 2.31 or later with `git http-backend`, and bash.");
console.log("With openssl, OpenSSH's server and client, git-lfs, shellcheck and chromium they test more.");
const needed = findMissing();
const useful = findUseful();
if (needed.length + useful.length > 0) install([...needed, ...useful]);
if (findMissing().length > 0) {
  console.error(`missing: ${needed.join(", ")}. On Debian: apt-get install ${needed.join(" ")}`);
  process.exit(1);
}
if (findUseful().length > 0) console.log(`without ${findUseful().join(", ")}: the tests that use them are skipped`);

run(process.execPath, ["scripts/build.mjs"]);
const folder = mkdtempSync(join(tmpdir(), "flowkeep-test-"));
const report = join(folder, "report.json");
const vitest = [
  "node_modules/vitest/vitest.mjs",
  "run",
  ...(isLong ? ["--mode", "long"] : []),
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...args.filter((arg) => arg !== "--long"),
];
const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: "inherit" });
const { passed, failed } = count(report);
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = status === 0 && failed === 0 ? 0 : 1;

function findMissing() {
  const version = output("git", ["--version"]);
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version ?? "") ?? [];
  const isRecent = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 31);
  const backend = join(output("git", ["--exec-path"])?.trim() ?? "", "git-http-backend");
  return [
    ...(isRecent && existsSync(backend) ? [] : ["git"]),
    ...(output("bash", ["--version"]) === undefined ? ["bash"] : []),
  ];
}

/** Packages whose tests are skipped where they are missing. */
function findUseful() {
  const commands = {
    openssl: "openssl",
    sshd: "openssh-server",
    ssh: "openssh-client",
    "git-lfs": "git-lfs",
    shellcheck: "shellcheck",
    chromium: "chromium",
  };
  const path = `${process.env.PATH}:/usr/sbin`;
  return Object.entries(commands).flatMap(([command, name]) =>
    path.split(delimiter).some((folder) => existsSync(join(folder, command))) ? [] : [name],
  );
}

/** As root on Debian and its kin; elsewhere people install as they are used to. */
function install(packages) {
  if (process.getuid?.() !== 0 || output("apt-get", ["--version"]) === undefined) return;
  console.log(`installing ${packages.join(", ")} …`);
  const stdio = ["ignore", "ignore", "inherit"];
  spawnSync("apt-get", ["update", "--quiet"], { stdio });
  spawnSync("apt-get", ["install", "--quiet", "--yes", "--no-install-recommends", ...packages], { stdio });
}

function output(command, args) {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** A file that could not even be loaded counts as one failed test. */
function count(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, "utf8"));
  const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}
