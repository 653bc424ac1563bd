import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Entry } from "../../../src/credentials/git/config-entries.ts";
import { parseKey } from "../../../src/credentials/git/config-key.ts";
import { defaultPushRemote, fetchUrl, pushUrls } from "../../../src/credentials/git/remote-urls.ts";

const entry = (key: string, value: string): Entry => ({ key: parseKey(key)!, value, by: undefined });

const SETTINGS = [
  ["url.https://token@github.com/.insteadOf", "https://github.com/"],
  ["url.https://token@github.com/octo/.insteadOf", "https://github.com/octo/"],
  ["url.git@github.com:.pushInsteadOf", "https://github.com/"],
  ["url.https://other@github.com/.pushInsteadOf", "https://github.com/octo/"],
  ["url.https://github.com/.insteadOf", "gh:"],
  ["remote.origin.pushurl", "https://github.com/octo/app"],
  ["remote.origin.pushurl", "gh:octo/pushed"],
] as const;

describe("where a remote leads", () => {
  let repository = "";
  beforeAll(() => {
    repository = mkdtempSync(join(tmpdir(), "git-remote-"));
    execFileSync("git", ["init", "-q", repository]);
  });
  afterAll(() => rmSync(repository, { recursive: true, force: true }));

  it("is where a real git says", () => {
    const urls = fc.constantFrom(
      "https://github.com/octo/app",
      "https://GITHUB.com/octo/app",
      "gh:octo/app",
      "https://github.com/hubot/app",
    );
    fc.assert(
      fc.property(urls, fc.array(fc.constantFrom(...SETTINGS), { maxLength: 4 }), (url, settings) => {
        const pairs = [["remote.origin.url", url] as const, ...settings];
        // git takes no remote from the command line alone.
        execFileSync("git", ["-C", repository, "config", "remote.origin.url", url]);
        const options = settings.flatMap(([key, value]) => ["-c", `${key}=${value}`]);
        const ask = (...args: string[]): string[] =>
          execFileSync("git", ["-C", repository, ...options, "remote", "get-url", ...args, "origin"], {
            encoding: "utf8",
          })
            .trim()
            .split("\n");
        const entries = pairs.map(([key, value]) => entry(key, value));
        expect(pushUrls(entries, "origin").map((found) => found.url)).toEqual(ask("--push", "--all"));
        expect([fetchUrl(entries, "origin").url]).toEqual(ask());
      }),
      { numRuns: 40 },
    );
  });
});

describe("defaultPushRemote", () => {
  const both = [entry("remote.a.url", "https://a"), entry("remote.b.url", "https://b")];
  it.each([
    { name: "origin where nothing is said", entries: both, want: "origin" },
    { name: "the only one", entries: both.slice(0, 1), want: "a" },
    { name: "E17", entries: [...both, entry("remote.pushDefault", "b")], want: "b" },
    {
      name: "E18",
      entries: [...both, entry("remote.pushDefault", "a"), entry("branch.main.pushRemote", "b")],
      want: "b",
    },
    { name: "the branch's own", entries: [...both, entry("branch.main.remote", "a")], want: "a" },
  ])("$name", ({ entries, want }) => expect(defaultPushRemote(entries, "main").name).toBe(want));
});
