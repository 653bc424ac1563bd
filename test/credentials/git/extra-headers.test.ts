import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Entry } from "../../../src/credentials/git/config-entries.ts";
import { parseKey } from "../../../src/credentials/git/config-key.ts";
import { extraHeaders } from "../../../src/credentials/git/extra-headers.ts";
import { matchUrl, normalizeUrl } from "../../../src/credentials/git/url.ts";

const run = promisify(execFile);

function entry(key: string, value: string): Entry {
  return { key: parseKey(key)!, value, by: undefined };
}

function valuesFor(url: string, entries: readonly Entry[]): readonly string[] {
  return extraHeaders(normalizeUrl(url)!, entries).map(({ value }) => value);
}

describe("extraHeaders", () => {
  const url = "https://github.com/octo/app.git";
  const HOST = "http.https://github.com/.extraheader";

  it.each([
    { name: "C04: the same key adds", entries: [entry(HOST, "a"), entry(HOST, "b")], want: ["a", "b"] },
    {
      name: "C01: a generic key behind it is ignored",
      entries: [entry(HOST, "a"), entry("http.extraheader", "b")],
      want: ["a"],
    },
    {
      name: "H26: a generic key in front counts",
      entries: [entry("http.extraheader", "b"), entry(HOST, "a")],
      want: ["b", "a"],
    },
    { name: "B37: an empty value clears", entries: [entry(HOST, "a"), entry(HOST, "")], want: [] },
    {
      name: "B39: a generic empty value does not",
      entries: [entry(HOST, "a"), entry("http.extraheader", "")],
      want: ["a"],
    },
    { name: "C06", entries: [entry(HOST, "a"), entry(HOST, ""), entry(HOST, "b")], want: ["b"] },
    {
      name: "C13: a longer path adds",
      entries: [entry(HOST, "a"), entry("http.https://github.com/octo/.extraheader", "b")],
      want: ["a", "b"],
    },
    {
      name: "H20: a shorter one behind it is ignored",
      entries: [entry("http.https://github.com/octo/.extraheader", "b"), entry(HOST, "a")],
      want: ["b"],
    },
    { name: "another host", entries: [entry("http.https://example.com/.extraheader", "b")], want: [] },
  ])("$name", ({ entries, want }) => expect(valuesFor(url, entries)).toEqual(want));
});

describe("matchUrl", () => {
  it.each([
    ["https://GITHUB.COM/octo/app", "https://github.com/", true],
    ["https://github.com:443/octo/app", "https://github.com/", true],
    ["http://github.com/octo/app", "https://github.com/", false],
    ["https://github.com/octo/app", "https://github.com/oct", false],
    ["https://github.com/octo/app", "https://github.com/octo", true],
    ["https://github.com/octo/app.git", "https://github.com/octo/app", false],
    ["https://github.com/octo/app", "https://github.com/octo/app.git", false],
    ["https://github.com/%6Fcto/app", "https://github.com/octo", true],
    ["https://www.github.com/octo/app", "https://*.github.com/", true],
    ["https://github.com/octo/app", "https://*.github.com/", false],
    ["https://a.b.github.com/octo/app", "https://*.github.com/", false],
    ["https://x@github.com/octo/app", "https://github.com/", true],
    ["https://github.com/octo/app", "https://x@github.com/", false],
    ["https://github.com/octo/./sub/../app", "https://github.com/octo/app", true],
  ])("%s and the key %s: %s", (url, key, want) => {
    expect(matchUrl(normalizeUrl(url)!, normalizeUrl(key, { allowWildcard: true })!) !== undefined).toBe(want);
  });
});

describe("against a real git", () => {
  let server: Server;
  let port = 0;
  let seen: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen = request.rawHeaders.flatMap((name, at) => (name === "X-N" ? [request.rawHeaders[at + 1] ?? ""] : []));
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const KEYS = [
    "http.extraheader",
    "http.HTTP://127.0.0.1:PORT/.extraheader",
    "http.http://127.0.0.1:PORT/octo.extraheader",
    "http.http://127.0.0.1:PORT/octo/.ExtraHeader",
    "http.http://127.0.0.1:PORT/octo/app.extraheader",
    "http.http://127.0.0.1:PORT/octo/app.git.extraheader",
    "http.http://127.0.0.1:PORT/oct.extraheader",
    "http.http://me@127.0.0.1:PORT/.extraheader",
    "http.http://you@127.0.0.1:PORT/octo/.extraheader",
    "http.http://*.0.0.1:PORT/.extraheader",
    "http.http://127.0.0.1/.extraheader",
    "http.https://127.0.0.1:PORT/.extraheader",
  ];
  const URLS = [
    "http://127.0.0.1:PORT/octo/app.git",
    "http://me@127.0.0.1:PORT/octo/app",
    "http://127.0.0.1:PORT/%6fcto/./app.git/",
    "http://127.0.0.1:PORT/Octo/app",
  ];

  it("sends the same headers", async () => {
    const settings = fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom("", "1", "2", "3")), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...URLS), settings, async (urlText, pairs) => {
        const withPort = (text: string): string => text.replaceAll("PORT", String(port));
        const values = pairs.map(([key, value]) => [withPort(key), value === "" ? "" : `X-N: ${value}`] as const);
        const url = withPort(urlText);
        seen = [];
        const options = values.flatMap(([key, value]) => ["-c", `${key}=${value}`]);
        const env = {
          PATH: process.env["PATH"],
          HOME: "/nonexistent",
          GIT_CONFIG_NOSYSTEM: "1",
          GIT_TERMINAL_PROMPT: "0",
        };
        await run("git", [...options, "ls-remote", url], { env, cwd: "/" }).catch(() => undefined);
        const ours = valuesFor(
          url,
          values.map(([key, value]) => entry(key, value)),
        );
        expect(ours.map((value) => value.slice("X-N: ".length))).toEqual(seen);
      }),
      { numRuns: 60 },
    );
  });
});
