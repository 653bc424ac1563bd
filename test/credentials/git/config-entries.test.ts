import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as config from "../../../src/credentials/git/config-entries.ts";
import { parseKey, printKey } from "../../../src/credentials/git/config-key.ts";

type Entries = readonly config.Entry[];

const KEYS = [
  "http.https://github.com/.extraheader",
  "HTTP.extraHeader",
  "http.https://github.com/.proxy",
  "remote.origin.url",
  "user.name",
];
const VALUES = ["one", "two", "AUTHORIZATION: basic abc"];

/** An action with the arguments that git takes for it, and the same on our side. */
interface Step {
  readonly args: readonly string[];
  readonly apply: (entries: Entries) => config.Changed<unknown>;
}

const entry = (key: string, value: string): config.Entry => ({ key: parseKey(key)!, value, by: undefined });
const test =
  (pattern: string): config.ValueTest =>
  (value) =>
    new RegExp(pattern).test(value);

const steps = fc
  .tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), fc.integer({ min: 0, max: 7 }))
  .map(([key, value, which]): Step => {
    const section = key.slice(0, key.lastIndexOf("."));
    switch (which) {
      case 0:
        return { args: [key, value], apply: (entries) => config.setEntry(entries, entry(key, value), undefined) };
      case 1:
        return {
          args: ["--replace-all", key, value],
          apply: (entries) => config.replaceAll(entries, entry(key, value), undefined),
        };
      case 2:
        return { args: ["--unset", key], apply: (entries) => config.unsetEntry(entries, parseKey(key)!, undefined) };
      case 3:
        return { args: ["--unset-all", key], apply: (entries) => config.unsetAll(entries, parseKey(key)!, undefined) };
      case 4:
        return {
          args: ["--unset", key, "^AUTH"],
          apply: (entries) => config.unsetEntry(entries, parseKey(key)!, test("^AUTH")),
        };
      case 5:
        return { args: ["--remove-section", section], apply: (entries) => config.removeSection(entries, section) };
      default:
        return { args: ["--add", key, value], apply: (entries) => config.addEntry(entries, entry(key, value)) };
    }
  });

describe("git config, against a real git", () => {
  let folder = "";
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "git-config-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("leaves the same entries, and answers the same", () => {
    const file = join(folder, "config");
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 7 }), (sequence) => {
        writeFileSync(file, "");
        let entries: Entries = [];
        for (const { args, apply } of sequence) {
          const { status } = spawnSync("git", ["config", "--file", file, ...args], { stdio: "ignore" });
          const changed = apply(entries);
          ({ entries } = changed);
          expect(changed.exitCode === 0).toBe(status === 0);
        }
        const listed = execFileSync("git", ["config", "--file", file, "--list", "-z"], { encoding: "utf8" });
        const ours = entries.map(({ key, value }) => `${printKey(key)}\n${value}\0`);
        expect(ours.toSorted()).toEqual(
          listed
            .split(/(?<=\0)/)
            .filter(Boolean)
            .toSorted(),
        );
      }),
      { numRuns: 25 },
    );
  });
});
