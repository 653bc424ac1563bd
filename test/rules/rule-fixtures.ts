import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lint } from "../../src/pipeline.ts";
import type { Finding } from "../../src/report/finding.ts";
import { withProject } from "../end-to-end/compile-project.ts";

const CONFIG = "config.json";
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
  /** `config.json` beside it: the project's config. Such a rule's fixtures are a project of their own. */
  readonly config: string | undefined;
  /** `7 unknown-key` */
  readonly expected: readonly string[];
}

export const ruleFixtures: readonly RuleFixture[] = readdirSync(FIXTURES).flatMap((rule) => {
  const read = (name: string): string => readFileSync(join(FIXTURES, rule, name), "utf8");
  const names = readdirSync(join(FIXTURES, rule));
  const config = names.includes(CONFIG) ? read(CONFIG) : undefined;
  return names
    .filter((name) => name !== CONFIG)
    .map((name) => {
      const text = read(name);
      return { rule, name, text, config, expected: expectedIn(text) };
    });
});

function expectedIn(text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const [, next, ids = ""] = /(?:#|\/\/) expect(-next)?: ([\w-]+(?:, [\w-]+)*)/.exec(line) ?? [];
    const at = index + (next === undefined ? 1 : 2);
    return ids === "" ? [] : ids.split(", ").map((id) => `${at} ${id}`);
  });
}

type Options = { readonly official?: boolean };
type Found = ReadonlyMap<RuleFixture, readonly Finding[]>;

/** Lints fixtures as the workflows and sources of one project, those with a config by themselves; by fixture, what is found in it. */
export async function lintFixtures(fixtures: readonly RuleFixture[], options: Options = {}): Promise<Found> {
  const groups = new Map<string, RuleFixture[]>();
  for (const fixture of fixtures) {
    const key = fixture.config === undefined ? "" : fixture.rule;
    groups.set(key, [...(groups.get(key) ?? []), fixture]);
  }
  const found: [RuleFixture, readonly Finding[]][] = [];
  for (const group of groups.values()) found.push(...(await lintTogether(group, options)));
  return new Map(found);
}

async function lintTogether(fixtures: readonly RuleFixture[], options: Options): Promise<Found> {
  const root = mkdtempSync(join(tmpdir(), "flowkeep-rules-"));
  try {
    const config = fixtures[0]?.config;
    if (config !== undefined) writeFileSync(join(root, "flowkeep.config.json"), config);
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
