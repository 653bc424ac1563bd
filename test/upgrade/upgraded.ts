import { beforeAll } from "vitest";
import { openCatalog, type Catalog } from "../../src/actions/catalog.ts";
import { printPush } from "../../src/import/planned-push.ts";
import { readFile } from "../../src/read/read-file.ts";
import { planUpgrades, type UpgradePlan } from "../../src/upgrade/plan-upgrades.ts";

let catalog: Catalog;
beforeAll(async () => void (catalog = await openCatalog()));

/** What stands around a step that pushes. */
export interface Around {
  readonly on?: string;
  readonly job?: readonly string[];
  /** `with` of the checkout. */
  readonly checkout?: string;
  /** Steps in front of it and behind it. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Keys of the step. */
  readonly step?: readonly string[];
}

export const BOT = `git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
`;

/** A workflow with a checkout, and a step with this script. */
export function workflowOf(script: string, around: Around = {}): string {
  const { on = "{ push: { branches: [main] } }", job = [], checkout, before = [], after = [], step = [] } = around;
  const items = (steps: readonly string[]) =>
    steps.flatMap((each) => each.split("\n").map((line, at) => `      ${at === 0 ? "- " : "  "}${line}`));
  return [
    `on: ${on}`,
    "permissions: { contents: write }",
    "jobs:",
    "  a:",
    "    runs-on: ubuntu-latest",
    ...job.map((line) => `    ${line}`),
    "    steps:",
    ...items([`uses: actions/checkout@v5${checkout === undefined ? "" : `\nwith: { ${checkout} }`}`, ...before]),
    ...items([`name: Push\n${[...step, "run: |"].join("\n")}`]),
    ...script
      .trimEnd()
      .split("\n")
      .map((line) => (line === "" ? "" : `          ${line}`)),
    ...items(after),
    "",
  ].join("\n");
}

export function planOf(script: string, around: Around = {}): UpgradePlan {
  const path = ".github/workflows/a.yml";
  const { node, problems } = readFile(path, workflowOf(script, around));
  if (node === undefined) throw new Error(problems[0]?.message);
  return planUpgrades(path, node, { catalog });
}

/** What a script's push becomes, or why it is left. */
export function upgraded(script: string, around: Around = {}): string {
  const { upgrades, left } = planOf(script, around);
  return [...upgrades.map(({ push }) => printPush(push)), ...left.map(({ reason }) => reason)].join("\n");
}
