import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { beforeAll, describe, expect, test } from "vitest";
import { firstDifference } from "../../src/ir/compare.ts";
import type { Generated } from "../../src/pipeline.ts";
import { readFile } from "../../src/read/read-file.ts";
import { officialErrors } from "../../src/read/official/run-parser.ts";
import { compileSources, generateProject, type CompiledFile } from "./compile-project.ts";

// The sources use the whole of GitHub's syntax. What they come to was read by a person before it was committed, so a change
// there is a change for every user. `npx vitest run test/end-to-end -u` writes it again.
const PROJECT = join(import.meta.dirname, "../fixtures/sources");
const OUTPUTS = [
  ...readdirSync(join(PROJECT, "workflows-src"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `.github/workflows/${name.slice(0, -3)}.yml`),
  ...readdirSync(join(PROJECT, "workflows-src/actions")).map(
    (name) => `.github/actions/${name.slice(0, -3)}/action.yml`,
  ),
];

/** What GitHub's parser refuses although GitHub takes it: docs/reader-disagreements.md. */
const REFUSED: Readonly<Record<string, readonly object[]>> = {
  ".github/workflows/beyond-the-parser.yml": [
    { message: "Unexpected value ''", start: { line: 9, column: 14 } },
    { message: "Unexpected value 'cache-mode'", start: { line: 16, column: 5 } },
  ],
};

let project: Generated;
let texts: ReadonlyMap<string, string>;
let compiled: readonly CompiledFile[];
beforeAll(async () => {
  project = await generateProject(PROJECT);
  texts = new Map(project.files.map(({ path, text }) => [path, text]));
  compiled = await compileSources(PROJECT);
});

test("the project compiles, and says only what its sources ask for", () => {
  const said = project.findings.map(({ severity, ruleId, span, message }) => {
    return `${span?.file}:${span?.startLine} ${severity} ${ruleId}: ${message}`;
  });
  expect(said).toEqual([
    "workflows-src/deliver.ts:32 note unpinned-uses: jobs.everywhere.uses: octo-org/workflows/.github/workflows/deploy.yml@v3 is not pinned: run `npx flowkeep actions add octo-org/workflows/.github/workflows/deploy.yml@v3`",
    "workflows-src/pushes.ts:67 warning persisted-but-unused: nothing in this job uses the credential that this checkout keeps: the App token of step 'mint' in a file under RUNNER_TEMP can be read by every later step. Write `persist-credentials: false`",
    "workflows-src/pushes.ts:83 warning persisted-but-unused: nothing in this job uses the credential that this checkout keeps: GITHUB_TOKEN in a file under RUNNER_TEMP can be read by every later step. Write `persist-credentials: false`",
    "workflows-src/pushes.ts:91 note allow-persisted: jobs.with-a-reason.steps[1]: another credential may lie in the repository of this push, because: the submodules are fetched with it below",
    "workflows-src/scripts.ts:39 note unsafe-script: jobs.answer.steps[4]: an outsider's text may become part of this script, because: only members may open issues",
    "workflows-src/settings.ts:108 note push-identity-unknown: who GitHub sees here cannot be told: no repository is in sight here, and `make` may have made one: if not, write actions/checkout before this push",
    "workflows-src/steps.ts:66 note unpinned-uses: jobs.every.steps[13].uses: octo-org/sign@v1 is not pinned: the catalogue does not know octo-org/sign",
    "workflows-src/steps.ts:66 note untyped-action: jobs.every.steps[13]: nobody checks the inputs of octo-org/sign@v1: it is used through `untyped(…)`",
  ]);
  expect(compiled.map(({ output }) => output).sort()).toEqual([...OUTPUTS].sort());
});

test("every expected file has its source", () => {
  expect(project.orphans).toEqual([]);
});

describe.each(OUTPUTS)("%s", (output) => {
  const text = (): string => texts.get(output) ?? "";

  test("is what is expected", async () => {
    await expect(text()).toMatchFileSnapshot(join(PROJECT, output));
  });

  test("is good for GitHub's parser", async () => {
    expect(await officialErrors(output, text())).toMatchObject(REFUSED[output] ?? []);
  });

  test("says what was defined, and no more", () => {
    const printed = compiled.find((file) => file.output === output)?.node;
    const { node, problems } = readFile(output, text());
    expect(problems).toEqual([]);
    if (node === undefined || printed === undefined) throw new Error(`${output} is missing`);
    expect(firstDifference(node, printed)).toBeUndefined();
  });

  test("is as prettier would write it", async () => {
    expect(await prettier.check(text(), { parser: "yaml" })).toBe(true);
  });
});
