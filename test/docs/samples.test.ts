import { beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../src/report/finding.ts";
import { officialErrors } from "../../src/read/official/run-parser.ts";
import { compileSamples, type CompiledSample } from "./compile-samples.ts";
import { PAGES } from "./markdown.ts";
import { samplesIn, shownOf, type Sample } from "./samples.ts";

const samples = PAGES.flatMap(samplesIn);
const nameOf = ({ page, line }: Sample): string => `${page}:${line}`;
let compiled: ReadonlyMap<Sample, CompiledSample>;
beforeAll(async () => {
  compiled = new Map((await compileSamples(samples)).map((each) => [each.sample, each]));
}, 120_000);

const of = (sample: Sample): CompiledSample & { readonly errors: readonly Finding[] } => {
  const found = compiled.get(sample);
  if (found === undefined) throw new Error("this sample was not compiled");
  return { ...found, errors: found.findings.filter(({ severity }) => severity === "error") };
};
const taken = samples.filter(({ refusals }) => refusals.length === 0);
const named = (some: readonly Sample[]) => some.map((sample) => ({ name: nameOf(sample), sample }));

test("the pages have samples", () => {
  const pages = [...new Set(samples.map(({ page }) => page))];
  expect(pages.filter((page) => !page.startsWith("docs/recipes/"))).toEqual(
    expect.arrayContaining(["README.md", "docs/actions.md", "docs/config.md", "docs/language.md", "docs/push.md"]),
  );
  // Every recipe is a whole source.
  expect(pages.filter((page) => page.startsWith("docs/recipes/"))).toEqual(
    PAGES.filter((page) => page.startsWith("docs/recipes/") && !page.endsWith("README.md")),
  );
});

describe("a sample", () => {
  test.each(named(taken))("$name compiles", ({ sample }) => {
    const { diagnostics, findings } = of(sample);
    expect(diagnostics.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
    expect(findings.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
  });

  const workflows = taken.filter(({ shows }) => shows !== "config" && shows !== "module");
  test.each(named(workflows))("$name is taken by GitHub's parser", async ({ sample }) => {
    const { yaml = "", output } = of(sample);
    expect(await officialErrors(output, yaml)).toEqual([]);
  });

  test.each(named(taken.filter(({ yaml }) => yaml !== undefined)))("$name becomes the YAML below it", ({ sample }) => {
    const { yaml = "" } = of(sample);
    expect(shownOf(sample, yaml)).toMatch(pattern(sample.yaml ?? ""));
  });
});

describe("a sample that is refused", () => {
  const refused = samples.filter(({ refusals }) => refusals.length > 0);
  const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
  const lineOf = ({ source }: Sample, mark: string): number =>
    source.split("\n").findIndex((line) => line.includes(mark)) + 1;

  test.each(named(refused))("$name is refused with the sentence below it", ({ sample }) => {
    const { diagnostics, errors } = of(sample);
    for (const [who, messages] of [
      ["types", diagnostics.map(({ message }) => message)],
      ["gen", errors.map(({ message }) => message)],
    ] as const) {
      const sentences = sample.refusals.filter(({ by }) => by.includes(who)).map(({ sentence }) => plain(sentence));
      expect(messages.map(plain), who).toEqual(sentences.map((each) => expect.stringContaining(each) as string));
    }
  });

  const marked = refused.filter(({ source }) => source.includes("// ✗"));
  test.each(named(marked))("$name is refused at its mark", ({ sample }) => {
    const { diagnostics, errors } = of(sample);
    const lines = [...diagnostics.map(({ line }) => line), ...errors.map(({ span }) => span?.startLine)];
    expect(new Set(lines)).toEqual(new Set([lineOf(sample, "// ✗")]));
  });

  test("of the README is refused at the push, with exactly the sentence that it quotes", () => {
    const broken = refused.filter(({ page }) => page === "README.md");
    expect(broken).toHaveLength(1);
    for (const sample of broken) {
      const { diagnostics, errors } = of(sample);
      const line = lineOf(sample, "push({");
      const sentence = plain(sample.refusals[0]?.sentence ?? "");
      expect(errors.map(({ span, message }) => [span?.startLine, message])).toEqual([[line, sentence]]);
      expect(diagnostics.map((each) => [each.line, each.message])).toEqual([
        [line, expect.stringContaining(`"${sentence}"`)],
      ]);
    }
  });
});

/** `# …` stands for any lines. */
function pattern(yaml: string): RegExp {
  const lines = yaml
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => (line.trim() === "# …" ? "(?:.*\n)*?" : `${line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\n`));
  return new RegExp(`^${lines.join("")}$`);
}
