import { analyzeFile, type AnalyzeOptions } from "../../credentials/analyze-file.ts";
import { sameInAll, startsOf } from "../../credentials/conditions/starts.ts";
import type { ImportResult } from "../../import/import-all.ts";
import type { ImportOutcome } from "../../import/prove-imports.ts";
import { entryOf } from "../../import/needed-jobs.ts";
import type { PlannedPush } from "../../import/planned-push.ts";
import type { Value } from "../../ir/node.ts";
import { readFile, type ReadResult } from "../../read/read-file.ts";
import { comparePushes, type Changed } from "../../upgrade/compare-pushes.ts";
import { planUpgrades, type LeftPush, type Upgrade, type UpgradePlan } from "../../upgrade/plan-upgrades.ts";

export interface UpgradedImport {
  readonly result: ImportResult;
  readonly plan: UpgradePlan;
}

/**
 * Imports files with `push({ … })` in the place of scripts that only commit and push. Each is proved: the file is imported with
 * it, all else in it is what it was, and the analysis sees the same identity push the same refs. What does not hold is left.
 *
 * @param importWith imports the files with pushes in the place of these steps
 */
export async function upgradeImports(
  files: readonly ReadResult[],
  options: AnalyzeOptions,
  importWith: (pushes: ReadonlyMap<Value, PlannedPush>) => Promise<ImportResult>,
): Promise<UpgradedImport> {
  const plans = files.map(({ source, node }) =>
    node === undefined ? NOTHING : planUpgrades(source.path, node, options),
  );
  const left = plans.flatMap((plan) => plan.left);
  let upgrades: readonly Upgrade[] = plans.flatMap((plan) => plan.upgrades);
  for (;;) {
    const result = await importWith(pushesOf(files, upgrades));
    const changed = upgrades.length === 0 ? [] : findChanged(files, result.outcomes, upgrades, options);
    if (changed.length === 0) return { result, plan: { upgrades, left: inOrder(files, left) } };
    left.push(...changed);
    const gone = new Set(changed.map(({ job, step, file }) => `${file}\0${job}\0${step}`));
    upgrades = upgrades.filter(({ job, step, file }) => !gone.has(`${file}\0${job}\0${step}`));
  }
}

const NOTHING: UpgradePlan = { upgrades: [], left: [] };

function pushesOf(files: readonly ReadResult[], upgrades: readonly Upgrade[]): ReadonlyMap<Value, PlannedPush> {
  const pushes = new Map<Value, PlannedPush>();
  for (const { file, job, step, push } of upgrades) {
    const root = files.find(({ source }) => source.path === file)?.value;
    const found = ["jobs", job, "steps"].reduce((value, key) => value && entryOf(value, key), root);
    const item = found?.kind === "sequence" ? found.items[step] : undefined;
    if (item !== undefined) pushes.set(item, push);
  }
  return pushes;
}

/** The upgrades that do not hold, with the reason. */
function findChanged(
  files: readonly ReadResult[],
  outcomes: readonly ImportOutcome[],
  upgrades: readonly Upgrade[],
  options: AnalyzeOptions,
): readonly LeftPush[] {
  return outcomes.flatMap((outcome) => {
    const own = upgrades.filter(({ file }) => file === outcome.file);
    const node = files.find(({ source }) => source.path === outcome.file)?.node;
    if (own.length === 0 || node === undefined) return [];
    const changed: readonly Changed[] =
      outcome.kind === "refused"
        ? [{ upgrade: undefined, reason: outcome.reason }]
        : compareWith(outcome.file, outcome.yaml);
    return changed.flatMap(({ upgrade, reason }) =>
      (upgrade === undefined ? own : [upgrade]).map((each) => toLeft(each, reason)),
    );

    function compareWith(path: string, yaml: string): readonly Changed[] {
      const again = readFile(path, yaml).node;
      if (node === undefined || again === undefined) return [];
      const starts = node.kind === "workflow" ? startsOf(node.on) : [];
      const only = sameInAll("github.ref_type", starts) === "branch" ? sameInAll("github.ref_name", starts) : undefined;
      const before = analyzeFile(path, node, options).pushes;
      return comparePushes(before, analyzeFile(path, again, options).pushes, own, only);
    }
  });
}

function toLeft({ push, differences, ...place }: Upgrade, reason: string): LeftPush {
  void push;
  void differences;
  return { ...place, reason };
}

function inOrder(files: readonly ReadResult[], left: readonly LeftPush[]): readonly LeftPush[] {
  const orderOf = ({ file }: LeftPush): number => files.findIndex(({ source }) => source.path === file);
  return left.toSorted((a, b) => orderOf(a) - orderOf(b) || (a.span?.startLine ?? 0) - (b.span?.startLine ?? 0));
}
