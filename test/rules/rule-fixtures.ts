import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lint } from "../../src/pipeline.ts";
import type { Finding } from "../../src/report/finding.ts";
import { withProject } from "../end-to-end/compile-project.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/rules");

/**
 * `test/fixtures/rules/<rule>/<name>.yml` or `.ts`: `# expect: rule-id, other-id` on a line says what is found there,
 * `// expect-next: …` what is found on the line below.
 */
export interface RuleFixture {
  readonly rule: string;
  /** `found.yml` */
  readonly name: string;
  readonly text: string;
  /** `7 unknown-key` */
  readonly expected: readonly string[];
}

export const ruleFixtures: readonly RuleFixture[] = readdirSync(FIXTURES).flatMap((rule) =>
  readdirSync(join(FIXTURES, rule)).map((name) => {
    const text = readFileSync(join(FIXTURES, rule, name), "utf8");
    return { rule, name, text, expected: expectedIn(text) };
  }),
);

function expectedIn(text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const [, next, ids = ""] = /(?:#|\/\/) expect(-next)?: ([\w-]+(?:, [\w-]+)*)/.exec(line) ?? [];
    const at = index + (next === undefined ? 1 : 2);
    return ids === "" ? [] : ids.split(", ").map((id) => `${at} ${id}`);
  });
}

/** Lints fixtures as the workflows and sources of one project; by fixture, what is found in it. */
export async function lintFixtures(
  fixtures: readonly RuleFixture[],
  options: { readonly official?: boolean } = {},
): Promise<ReadonlyMap<RuleFixture, readonly Finding[]>> {
  const root = mkdtempSync(join(tmpdir(), "flowkeep-rules-"));
  try {
    const paths = new Map(fixtures.map((fixture) => [pathOf(fixture), fixture]));
    for (const [path, { text }] of paths) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { findings } = await withProject(root, (project) => lint(project, { paths: [], mayRun: true, ...options }));
    const found = new Map<RuleFixture, Finding[]>(fixtures.map((fixture) => [fixture, []]));
    for (const finding of findings) {
      const fixture = paths.get(finding.span?.file ?? "");
      if (fixture === undefined) throw new Error(`this is found in no fixture: ${JSON.stringify(finding)}`);
      found.get(fixture)?.push(finding);
    }
    return found;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function pathOf({ rule, name }: RuleFixture): string {
  if (name === "action.yml") return `.github/actions/${rule}/action.yml`;
  return name.endsWith(".ts") ? `workflows-src/${rule}-${name}` : `.github/workflows/${rule}-${name}`;
}
