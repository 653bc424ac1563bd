import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { headerOf } from "../../src/emit/header.ts";
import { writeFiles } from "../../src/emit/write-files.ts";

let failing: string | undefined;
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const failOn = (path: string) => {
    if (failing === undefined || !path.endsWith(failing)) return;
    throw Object.assign(new Error(`EBUSY: resource busy, rename '${path}'`), { code: "EBUSY", syscall: "rename" });
  };
  return {
    ...fs,
    renameSync: (from: string, to: string) => (failOn(to), fs.renameSync(from, to)),
    rmSync: (path: string, options?: object) => (failOn(path), fs.rmSync(path, options)),
  };
});

const [a, b, c] = [".github/workflows/a.yml", ".github/workflows/b.yml", ".github/workflows/c.yml"] as const;
const text = (version: number) => `${headerOf("workflows-src/x.ts")}# ${version}\n`;

it.each([b, c])("puts back what was replaced when %s cannot be replaced or removed", (path) => {
  const root = mkdtempSync(join(tmpdir(), "flowkeep-rollback-"));
  const read = (name: string) => readFileSync(join(root, name), "utf8");
  writeFiles(
    root,
    [b, c].map((name) => ({ path: name, text: text(1) })),
  );
  failing = path;
  const write = () =>
    writeFiles(
      root,
      [a, b].map((name) => ({ path: name, text: text(2) })),
      [c],
    );
  expect(write).toThrow(`${path} cannot be written (nothing was changed): another program uses it (EBUSY`);
  failing = undefined;
  expect(existsSync(join(root, a))).toBe(false);
  expect([read(b), read(c)]).toEqual([text(1), text(1)]);
  expect(readdirSync(join(root, ".github/workflows"))).toEqual(["b.yml", "c.yml"]);
  rmSync(root, { recursive: true });
});
