import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { scalar } from "../../src/ir/node.ts";
import type { BuilderCall } from "../../src/ir/origin.ts";
import type { Place } from "../../src/emit/print-value.ts";
import { findSource, isAsWritten, readSourceMap, sourceMapText } from "../../src/emit/source-map.ts";

const call = (file: string, line: number, column: number): BuilderCall => ({
  builder: "run",
  place: () => ({ file, line, column }),
});
const place = (line: number, by: BuilderCall | undefined): Place => ({
  line,
  node: scalar("x", { origin: { path: [], call: by } }),
});

const workflow = call("/repo/workflows-src/ci.ts", 3, 16);
const job = call("/repo/workflows-src/ci.ts", 5, 12);
const setup = call("/repo/workflows-src/setup.ts", 1, 22);
const lost: BuilderCall = { builder: "run", place: () => undefined };
const text = sourceMapText(
  [
    { path: ".github/workflows/z.yml", source: "workflows-src/z.ts", text: "", places: [] },
    {
      path: ".github/workflows/ci.yml",
      source: "workflows-src/ci.ts",
      text: "on: push\n",
      places: [
        place(4, workflow),
        place(5, workflow),
        place(8, job),
        place(8, setup),
        place(9, job),
        place(10, setup),
        place(11, undefined),
        place(12, lost),
        place(14, job),
      ],
    },
  ],
  (place) => ({ ...place, file: place.file.replace("/repo/", "") }),
);

const withoutDigests = (map: string): string => map.replace(/sha256-[A-Za-z0-9+/]{43}=/g, "sha256-@");

describe("the source map", () => {
  it("has an entry wherever another call begins", () => {
    expect(withoutDigests(text)).toBe(
      `{
  "version": 1,
  "files": {
    ".github/workflows/ci.yml": {
      "source": "workflows-src/ci.ts",
      "digest": "sha256-@",
      "lines": "4:3:16 8:5:12 10:1:22:1 12:0:0 14:5:12",
      "helpers": {
        "1": "workflows-src/setup.ts"
      }
    },
    ".github/workflows/z.yml": {
      "source": "workflows-src/z.ts",
      "digest": "sha256-@",
      "lines": ""
    }
  }
}
`,
    );
    expect(sourceMapText([], (place) => place)).toBe('{\n  "version": 1,\n  "files": {}\n}\n');
  });

  it("is as prettier leaves it", async () => {
    expect(await format(text, { parser: "json" })).toBe(text);
  });

  it.each([
    [3, undefined],
    [4, { file: "workflows-src/ci.ts", line: 3, column: 16 }],
    [7, { file: "workflows-src/ci.ts", line: 3, column: 16 }],
    [9, { file: "workflows-src/ci.ts", line: 5, column: 12 }],
    [11, { file: "workflows-src/setup.ts", line: 1, column: 22 }],
    [13, undefined],
    [99, { file: "workflows-src/ci.ts", line: 5, column: 12 }],
  ])("leads from line %i to %j", (line, want) => {
    expect(findSource(readSourceMap("map", text), ".github/workflows/ci.yml", line)).toEqual(want);
  });

  it("tells a file that was edited by hand", () => {
    const map = readSourceMap("map", text);
    expect(isAsWritten(map, ".github/workflows/ci.yml", "on: push\n")).toBe(true);
    expect(isAsWritten(map, ".github/workflows/ci.yml", "on: pull_request\n")).toBe(false);
    expect(isAsWritten(map, ".github/workflows/other.yml", "on: push\n")).toBeUndefined();
  });

  it("knows nothing of other files", () => {
    expect(findSource(readSourceMap("map", text), "toString", 1)).toBeUndefined();
  });

  it.each([
    "",
    "[]",
    '{"version":2,"files":{}}',
    '{"version":1,"files":{"a":{"source":"b","digest":"c","lines":"1:2"}}}',
  ])("refuses %j", (wrong) => {
    expect(() => readSourceMap("generated/source-map.json", wrong)).toThrow(
      "generated/source-map.json is no source map",
    );
  });
});
