import { analyzeFile, type AnalyzeOptions } from "../credentials/analyze-file.ts";
import type { Identity } from "../credentials/identity.ts";
import type { PushVerdict, Verdict } from "../credentials/verdicts.ts";
import type { FileNode } from "../ir/any-node.ts";
import type { Location } from "../ir/span.ts";
import { isOwnRepository } from "./around-step.ts";
import { NotPlain, notPlain } from "./not-plain.ts";
import { planUpgrade, type PlannedUpgrade } from "./plan-upgrade.ts";

/** Where a push stands, and what it is. */
export interface PushPlace {
  readonly file: string;
  readonly job: string;
  /** Index in the job's steps. */
  readonly step: number;
  readonly stepName: string | undefined;
  readonly span: Location | undefined;
  readonly command: string;
  readonly identity: Identity;
  readonly verdict: Verdict;
}

/** A push of a script that `push({ … })` can make. */
export interface Upgrade extends PushPlace, PlannedUpgrade {}

/** A push that stays as it is. */
export interface LeftPush extends PushPlace {
  readonly reason: string;
}

export interface UpgradePlan {
  readonly upgrades: readonly Upgrade[];
  readonly left: readonly LeftPush[];
}

/**
 * Plans `push({ … })` for those pushes of a file whose credential and script are plain, and says of the others why they are not.
 *
 * @example
 * const { upgrades, left } = planUpgrades(path, node, { catalog });
 */
export function planUpgrades(path: string, node: FileNode, options: AnalyzeOptions): UpgradePlan {
  const upgrades: Upgrade[] = [];
  const left: LeftPush[] = [];
  const { pushes } = analyzeFile(path, node, options);
  // A checkout without `repository` leads to the workflow's own, which has this name here and nowhere else.
  const named = pushes.length === 0 ? [] : analyzeFile(path, node, { ...options, repository: OWN }).pushes;
  for (const verdict of pushes) {
    const place = placeOf(verdict, path);
    const job = node.kind === "workflow" ? node.jobs?.entries.find(({ key }) => key.text === verdict.job) : undefined;
    try {
      if (node.kind !== "workflow") notPlain("who calls the action decides who pushes");
      // What a called workflow pushes is that file's.
      else if (job?.value.kind === "job") {
        const ofStep = pushes.filter((other) => other.job === verdict.job && other.step === verdict.step);
        if (ofStep.length > 1) notPlain("the step pushes more than once");
        // A step that runs in one repository alone is none under another name.
        const isOwn =
          isOwnRepository(job.value.steps?.items ?? [], verdict.step) ||
          named.some((other) => isSamePush(other, verdict) && other.target.repository === OWN);
        upgrades.push({ ...place, ...planUpgrade(verdict, isOwn, job.value, node) });
      }
    } catch (thrown) {
      if (!(thrown instanceof NotPlain)) throw thrown;
      left.push({ ...place, reason: thrown.message });
    }
  }
  return { upgrades, left };
}

const OWN = "flowkeep-own/flowkeep-own";

function isSamePush(a: PushVerdict, b: PushVerdict): boolean {
  return a.job === b.job && a.step === b.step && a.command === b.command;
}

function placeOf({ job, step, stepName, span, command, identity, verdict }: PushVerdict, file: string): PushPlace {
  return { file, job, step, stepName, span, command, identity, verdict };
}
