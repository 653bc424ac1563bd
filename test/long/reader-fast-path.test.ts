import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkBothPaths, checkBothPathsOnFuzz, ownFiles } from "../read/both-paths.ts";

// Real workflows and actions from public repositories. They are not ours to publish: they are read from beside the repository.
const CORPUS = join(import.meta.dirname, "../../../shared/data/corpus");

test("the two paths agree on the repository's own files", () => {
  for (const path of ownFiles()) checkBothPaths(path, readFileSync(path, "utf8"));
});

test.skipIf(!existsSync(CORPUS))("the two paths agree on real files, and nearly all take the fast one", () => {
  const files = readdirSync(CORPUS, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name));
  const slow = files.filter((name) => !checkBothPaths(name, readFileSync(join(CORPUS, name), "utf8")));
  console.log({ files: files.length, slow: slow.length });
  expect(slow.length).toBeLessThan(files.length * 0.03);
});

test("the two paths agree on 100,000 damaged, grown and mixed texts", { timeout: 600_000 }, () => {
  checkBothPathsOnFuzz(100_000);
});
