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

/** Modules that need one another because what they are about holds, or runs, its own kind. A folder stands for its modules. */
const RECURSIONS: Readonly<Record<string, readonly string[]>> = {
  "a word holds scripts: $(…)": ["shell/word.ts", "shell/script.ts", "shell/redirection.ts"],
  "a variable's default is a word, and a word is made of variables": [
    "shell/words.ts",
    "shell/variables.ts",
    "shell/output.ts",
  ],
  "an analysis knows programs, whose calls are given the analysis": [
    "credentials/analysis.ts",
    "credentials/script/walk.ts",
  ],
  "a script runs commands, which run scripts": [
    "credentials/script/",
    "credentials/programs/git-push.ts",
    "credentials/programs/meet-push.ts",
    "credentials/programs/run-for-output.ts",
  ],
  "a composite action's steps run actions, in an analysis": [
    "credentials/steps/run-action.ts",
    "credentials/steps/run-steps.ts",
  ],
  "and in a trial": ["prove/runner/run-action.ts", "prove/runner/run-composite.ts", "prove/runner/run-steps.ts"],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const modules = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = modules.flatMap(importsOf);
const importsIn = new Map(modules.map((module) => [module, new Set<string>()]));
for (const { from, to } of imports) importsIn.get(from)?.add(to);

/** Relative imports of a module, static, dynamic and in types; paths from `src`. */
function importsOf(from: string): readonly Import[] {
  const text = readFileSync(join(SRC, from), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const specifiers = text.matchAll(/(?:\bfrom|\bimport|\bimport\s*\(|\bexport\s+\*\s+from)\s*\(?\s*"(\.[^"\n]*)"/g);
  return [...specifiers].map(({ 1: specifier = "" }) => ({
    from,
    to: relative(SRC, join(SRC, dirname(from), specifier)).replaceAll("\\", "/"),
  }));
}

/** The modules that one leads to by its imports, and by theirs. */
function reachedFrom(module: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const follow = (from: string): void => {
    for (const to of importsIn.get(from) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      follow(to);
    }
  };
  follow(module);
  return reached;
}

const stageOf = (file: string): string => file.split("/", 1)[0] ?? "";

describe("the stages of src", () => {
  it("finds imports", () => {
    expect(imports.length).toBeGreaterThan(modules.length);
    expect(importsOf("pipeline.ts").map(({ to }) => to)).toContain("project/sources/compile-sources.ts");
    expect(importsOf("cli/commands/compile-commands.ts").map(({ to }) => to)).toContain("cli/commands/check.ts");
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

  it("hold no circle of modules but those of things that hold their own kind", () => {
    const reached = new Map(modules.map((module) => [module, reachedFrom(module)]));
    const inCircles = modules.filter((module) => reached.get(module)?.has(module));
    const recursionOf = (module: string): string | undefined =>
      Object.keys(RECURSIONS).find((reason) => RECURSIONS[reason]?.some((place) => module.startsWith(place)));
    const accidental = inCircles.flatMap((module) => {
      const circle = inCircles.filter((other) => reached.get(module)?.has(other) && reached.get(other)?.has(module));
      const reason = recursionOf(module);
      const isNatural = reason !== undefined && circle.every((other) => recursionOf(other) === reason);
      return isNatural ? [] : [circle.join(", ")];
    });
    expect(accidental).toEqual([]);
    const natural = new Set(inCircles.map(recursionOf));
    expect(Object.keys(RECURSIONS).filter((reason) => !natural.has(reason))).toEqual([]);
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
