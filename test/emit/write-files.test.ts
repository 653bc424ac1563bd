import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { headerOf } from "../../src/emit/header.ts";
import { planWrites } from "../../src/emit/plan-writes.ts";
import { writeFiles } from "../../src/emit/write-files.ts";
import { UsageError } from "../../src/ir/errors.ts";

const CI = ".github/workflows/ci.yml";
const MAP = "generated/source-map.json";
const generated = (text: string) => `${headerOf("workflows-src/ci.ts")}\n${text}\n`;

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "flowkeep-write-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(root, path), "utf8");
function put(path: string, text: string) {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}
function refuses(files: Parameters<typeof writeFiles>[1], message: string | RegExp, removals: readonly string[] = []) {
  expect(() => writeFiles(root, files, removals)).toThrow(UsageError);
  expect(() => writeFiles(root, files, removals)).toThrow(message);
}

describe("writeFiles", () => {
  it("writes, overwrites and removes, and leaves nothing else", () => {
    put(".github/workflows/old.yml", generated("name: old"));
    put(CI, generated("name: one"));
    put(MAP, "{}");
    const files = [
      { path: CI, text: generated("name: two") },
      { path: ".github/actions/setup/action.yml", text: generated("name: setup") },
      { path: MAP, text: '{"version":1}\n' },
    ];
    expect(writeFiles(root, files, [".github/workflows/old.yml", ".github/workflows/never-was.yml"])).toMatchObject({
      written: files.map(({ path }) => path),
      removed: [".github/workflows/old.yml"],
      unchanged: [],
    });
    for (const { path, text } of files) expect(read(path)).toBe(text);
    expect(readdirSync(join(root, ".github/workflows"))).toEqual(["ci.yml"]);
    expect(readdirSync(join(root, "generated"))).toEqual(["source-map.json"]);
  });

  it("does not touch what is the same, and keeps the mode of what is not", () => {
    put(CI, generated("name: one"));
    put(MAP, "{}");
    utimesSync(join(root, CI), 1000, 1000);
    chmodSync(join(root, MAP), 0o600);
    const { unchanged, written } = writeFiles(root, [
      { path: CI, text: generated("name: one") },
      { path: MAP, text: "[]" },
    ]);
    expect({ unchanged, written }).toEqual({ unchanged: [CI], written: [MAP] });
    expect(statSync(join(root, CI)).mtimeMs).toBe(1_000_000);
    expect(statSync(join(root, MAP)).mode & 0o777).toBe(0o600);
  });

  it("refuses to overwrite or remove what somebody wrote by hand, and then writes nothing", () => {
    put(CI, "name: mine\n");
    const other = { path: ".github/workflows/other.yml", text: generated("name: other") };
    refuses([other, { path: CI, text: generated("x") }], /ci\.yml: it does not carry flowkeep's header/);
    refuses([other], "npx flowkeep import .github/workflows/ci.yml", [CI]);
    expect(read(CI)).toBe("name: mine\n");
    expect(existsSync(join(root, other.path))).toBe(false);
  });

  it.each([
    "../ci.yml",
    ".github/workflows/../../ci.yml",
    ".github/workflows/a/ci.yml",
    ".github/workflows/.ci.yml",
    ".github/workflows/ci.txt",
    ".github/workflows/a\\b.yml",
    ".github/workflows/a\nb.yml",
    ".github/workflows/a\0b.yml",
    ".github/actions/action.yml",
    ".github/actions/../workflows/action.yml",
    "/etc/ci.yml",
    "generated/other.json",
    "package.json",
    "",
  ])("refuses the output path %j", (path) => {
    refuses([{ path, text: "x" }], "flowkeep does not write");
    refuses([], "flowkeep does not write", [path]);
  });

  it("refuses two outputs of one name", () => {
    refuses(
      [
        { path: CI, text: generated("1") },
        { path: ".github/workflows/CI.yml", text: generated("2") },
      ],
      "two sources have one output, .github/workflows/ci.yml and .github/workflows/CI.yml",
    );
  });

  it("follows a source whose name changed its case", () => {
    put(".github/workflows/CI.yml", generated("name: one"));
    const { removed } = writeFiles(root, [{ path: CI, text: generated("name: one") }], [".github/workflows/CI.yml"]);
    expect(readdirSync(join(root, ".github/workflows"))).toEqual(["ci.yml"]);
    expect(removed).toEqual([".github/workflows/CI.yml"]);
  });

  it("does not remove what it writes", () => {
    writeFiles(root, [{ path: CI, text: generated("name: one") }], [CI]);
    expect(read(CI)).toBe(generated("name: one"));
  });

  it("refuses links and folders in the way", () => {
    const outside = mkdtempSync(join(tmpdir(), "flowkeep-outside-"));
    writeFileSync(join(outside, "ci.yml"), generated("x"));
    mkdirSync(join(root, ".github/workflows/folder.yml"), { recursive: true });
    symlinkSync(join(outside, "ci.yml"), join(root, CI));
    symlinkSync(outside, join(root, "generated"));
    refuses([{ path: CI, text: generated("y") }], "it is a symbolic link");
    refuses([], "it is a symbolic link", [CI]);
    refuses([{ path: ".github/workflows/folder.yml", text: "y" }], "a folder has its name");
    refuses([{ path: MAP, text: "y" }], "generated is a symbolic link");
    rmSync(join(root, "generated"));
    writeFileSync(join(root, "generated"), "");
    refuses([{ path: MAP, text: "y" }], "generated is no folder");
    expect(readdirSync(outside)).toEqual(["ci.yml"]);
    rmSync(outside, { recursive: true });
  });

  it.skipIf(process.getuid?.() === 0)("says what cannot be written, and leaves all as it was", () => {
    put(CI, generated("name: one"));
    mkdirSync(join(root, "generated"));
    chmodSync(join(root, "generated"), 0o500);
    refuses(
      [
        { path: CI, text: generated("name: two") },
        { path: MAP, text: "{}" },
      ],
      `${MAP} cannot be written`,
    );
    chmodSync(join(root, "generated"), 0o700);
    expect(read(CI)).toBe(generated("name: one"));
    expect(readdirSync(join(root, ".github/workflows"))).toEqual(["ci.yml"]);
  });

  it("leaves all as it was if one text cannot be written beside its target", () => {
    put(CI, generated("name: one"));
    // One byte too many for a file's name, once the temporary name's parts are around it.
    const long = `.github/workflows/${"x".repeat(240)}.yml`;
    refuses(
      [
        { path: CI, text: generated("name: two") },
        { path: long, text: "y" },
      ],
      `${long} cannot be written`,
    );
    expect(read(CI)).toBe(generated("name: one"));
    expect(readdirSync(join(root, ".github/workflows"))).toEqual(["ci.yml"]);
  });

  it("removes what killed runs left, and nothing of runs that go on", () => {
    const dead = ".ci.yml.flowkeep-999999999-0a1b2c3d.tmp";
    const alive = `.ci.yml.flowkeep-${process.ppid}-0a1b2c3d.tmp`;
    const earlier = `.ci.yml.flowkeep-${process.pid}-0a1b2c3d.tmp`;
    const others = ["notes.tmp", ".ci.yml.flowkeep-1-x.tmp"];
    for (const name of [dead, alive, earlier, ...others]) put(`.github/workflows/${name}`, "x");
    utimesSync(join(root, ".github/workflows", earlier), 1000, 1000);
    writeFiles(root, [{ path: CI, text: generated("x") }]);
    expect(readdirSync(join(root, ".github/workflows")).toSorted()).toEqual([alive, "ci.yml", ...others].toSorted());
  });
});

describe("planWrites", () => {
  it("says what would change, and writes nothing", () => {
    put(CI, generated("name: one"));
    const plan = planWrites(root, [
      { path: CI, text: generated("name: two") },
      { path: MAP, text: "{}" },
    ]);
    expect(plan.writes.map(({ path, before }) => [path, before?.bytes.toString()])).toEqual([
      [CI, generated("name: one")],
      [MAP, undefined],
    ]);
    expect(existsSync(join(root, "generated"))).toBe(false);
  });
});
