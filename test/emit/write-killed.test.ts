import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeFiles } from "../../src/emit/write-files.ts";
import { writtenSet } from "./written-set.ts";

let scratch = "";
let program = "";
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "flowkeep-killed-"));
  program = join(scratch, "write-loop.mjs");
  await build({
    entryPoints: [fileURLToPath(new URL("write-loop.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
  });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const allowed = new Map(
  writtenSet(0).map(({ path, text }, index) => [path, [text, writtenSet(1)[index]?.text ?? ""] as const]),
);

async function startWriter(root: string, first: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, root, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  expect(child.exitCode).toBeNull();
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

function expectWhole(root: string): void {
  for (const [path, texts] of allowed) {
    const isWhole = texts.includes(readFileSync(join(root, path), "utf8"));
    expect(isWhole, `${path} is old or new`).toBe(true);
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it("leaves each file old or new when it is killed, 50 times", async () => {
  const root = join(scratch, "killed");
  let leftovers = 0;
  for (let round = 0; round < 50; round++) {
    const child = await startWriter(root, round);
    await pause(Math.random() * 20);
    await kill(child);
    expectWhole(root);
    leftovers += readdirSync(join(root, ".github/workflows")).filter((name) => name.endsWith(".tmp")).length;
  }
  expect(leftovers, "some run was killed in the middle of its work").toBeGreaterThan(0);
  writeFiles(root, writtenSet(0));
  expect(readdirSync(join(root, ".github/workflows"))).toHaveLength(7);
});

it("leaves each file whole when two write at once", async () => {
  const root = join(scratch, "both");
  const writers = [await startWriter(root, 0), await startWriter(root, 1)];
  for (let look = 0; look < 20; look++) {
    await pause(10);
    expectWhole(root);
  }
  for (const writer of writers) await kill(writer);
  expectWhole(root);
});
