import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../src");

// A workflow's way. A module imports from its own stage and from those before it.
const STAGES = [
  "ir",
  "expressions",
  "define",
  "load",
  "read",
  "emit",
  "actions",
  "import",
  "shell",
  "credentials",
  "upgrade",
  "consequences",
  "rules",
  "report",
  "fix",
  "prove",
  "smoke",
  "graph",
  "project",
  "pipeline.ts",
  "cli",
];

// What a stage may use although it is further back than others that it may not.
const ONLY: Readonly<Record<string, readonly string[]>> = {
  ir: ["ir"],
  expressions: ["ir", "expressions"],
  define: ["ir", "expressions", "define"],
  "index.ts": ["ir", "define"],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const modules = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = modules.flatMap(importsOf);

/** Relative imports of a module, static, dynamic and in types; paths from `src`. */
function importsOf(from: string): readonly Import[] {
  const text = readFileSync(join(SRC, from), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const specifiers = text.matchAll(/(?:\bfrom|\bimport|\bimport\s*\(|\bexport\s+\*\s+from)\s*\(?\s*"(\.[^"\n]*)"/g);
  return [...specifiers].map(({ 1: specifier = "" }) => ({
    from,
    to: relative(SRC, join(SRC, dirname(from), specifier)).replaceAll("\\", "/"),
  }));
}

const stageOf = (file: string): string => file.split("/", 1)[0] ?? "";

describe("the stages of src", () => {
  it("finds imports", () => {
    expect(imports.length).toBeGreaterThan(modules.length);
    expect(importsOf("pipeline.ts").map(({ to }) => to)).toContain("project/sources/compile-sources.ts");
    expect(importsOf("cli/program.ts").map(({ to }) => to)).toContain("cli/commands/check.ts");
  });

  it("are all known", () => {
    const stages = new Set(modules.map(stageOf));
    expect([...stages].filter((stage) => ![...STAGES, "index.ts"].includes(stage))).toEqual([]);
  });

  it("import only backward", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [user, used] = [stageOf(from), stageOf(to)];
      const only = ONLY[user];
      return only === undefined ? STAGES.indexOf(used) > STAGES.indexOf(user) : !only.includes(used);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it("end their relative imports in .ts", () => {
    expect(imports.filter(({ to }) => !to.endsWith(".ts"))).toEqual([]);
  });

  it("say and end nothing below cli", () => {
    const outside =
      /\bconsole\.|\bprocess\.(?:exit|cwd|stdout|stderr|env|argv)\b|\bDate\.now\(|\bnew Date\(\)|\bos\.tmpdir\(/;
    const wrong = modules.filter(
      (file) =>
        stageOf(file) !== "cli" &&
        outside.test(readFileSync(join(SRC, file), "utf8").replace(/^\s*(?:\/\/|\*|\/\*).*$|`[^`]*`/gm, "")),
    );
    expect(wrong).toEqual([]);
  });
});
