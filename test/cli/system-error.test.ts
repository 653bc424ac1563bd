import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { explainFailure } from "../../src/cli/explain-failure.ts";
import { describeSystemError, isSystemError } from "../../src/ir/system-error.ts";

function errorOf(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing failed");
}

it("says in words what the system says by its codes", () => {
  const folder = mkdtempSync(join(tmpdir(), "flowkeep-errors-"));
  const cases: readonly (readonly [() => void, string, string])[] = [
    [
      () => void readFileSync(join(folder, "it's, gone")),
      "it's, gone",
      "it does not exist (ENOENT: no such file or directory, open)",
    ],
    [
      () => void writeFileSync(join(folder, "a"), "", { flag: "wx" }),
      "a",
      "something of that name is there already: move it out of the way (EEXIST: file already exists, open)",
    ],
    [
      () => void mkdtempSync(join(folder, "a/x-")),
      "a/x-XXXXXX",
      "a part of its path is no folder: move that out of the way (ENOTDIR: not a directory, mkdtemp)",
    ],
  ];
  writeFileSync(join(folder, "a"), "");
  for (const [action, path, said] of cases) {
    const error = errorOf(action);
    if (!isSystemError(error)) throw error;
    expect(describeSystemError(error)).toBe(said);
    expect(explainFailure(error, "1")).toContain(`flowkeep: ${join(folder, path)}: ${said}`);
  }
  expect(explainFailure(errorOf(cases[2]?.[0] ?? (() => {})), "1")).toContain("TMPDIR");
  expect(isSystemError(new Error("EACCES"))).toBe(false);
  const strange = Object.assign(new Error("EWHAT: odd, open '/x'"), { code: "EWHAT", syscall: "open", path: "/x" });
  expect(explainFailure(strange, "1")).toBe("flowkeep: /x: EWHAT: odd, open\n");
  rmSync(folder, { recursive: true });
});

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

// https://man7.org/linux/man-pages/man4/full.4.html
it.runIf(existsSync("/dev/full")).each(["--help", "--version", "lint --format json"])(
  "%s fails where its output cannot be written",
  (command) => {
    const folder = mkdtempSync(join(tmpdir(), "flowkeep-full-"));
    const { status, stderr } = sh(`"${process.execPath}" "${CLI}" ${command} >/dev/full`, folder);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("flowkeep: standard output cannot be written: no space is left") as string,
    });
    rmSync(folder, { recursive: true });
  },
);

it("says so where the folder is gone that it was started in", () => {
  const folder = mkdtempSync(join(tmpdir(), "flowkeep-gone-"));
  const { status, stderr } = sh(`rmdir "${folder}" && "${process.execPath}" "${CLI}" check`, folder);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^flowkeep: the folder .* is gone/) as string,
  });
});

function sh(script: string, cwd: string) {
  return spawnSync("sh", ["-c", script], { cwd, encoding: "utf8" });
}
