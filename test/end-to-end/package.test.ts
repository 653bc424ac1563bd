import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

test("the package holds what it needs to run, and nothing else", () => {
  const json = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ files, unpackedSize }] = JSON.parse(json) as [Packed];
  const paths = files.map(({ path }) => path);
  const { bin, exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly bin: Readonly<Record<string, string>>;
    readonly exports: { readonly ".": Readonly<Record<string, string>> };
  };
  const named = [...Object.values(bin), ...Object.values(exports["."])].map((path) => path.replace(/^\.\//, ""));
  // What the command starts or reads beside itself.
  const beside = ["dist/run.js", "dist/trial.js", "dist/ssh.js", "dist/verdict-thread.js", "dist/official.js"];
  const read = [
    "dist/data/action-catalog.json",
    "dist/graph/page.js",
    "dist/graph/page.css",
    "dist/rules/push-hijacked.md",
  ];
  for (const path of [...named, ...beside, ...read, "LICENSE", "README.md"]) expect(paths).toContain(path);

  const known =
    /^(?:dist\/(?:[\w-]+\.js|chunks\/[\w.-]+\.js|types\/[\w/.-]+\.d\.ts|rules\/[\w-]+\.md|graph\/page\.(?:js|css)|data\/[\w-]+\.json|LICENSES-of-bundled-packages\.txt)|schemas\/[\w.-]+\.json|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
  expect(paths.filter((path) => !known.test(path))).toEqual([]);
  expect(unpackedSize).toBeLessThan(4_000_000);
});
