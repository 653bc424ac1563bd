import type { ProvedPush } from "../../../src/prove/proof.ts";
import { tryYaml, type Tried } from "../prove-yaml.ts";
import type { Op } from "./random-job.ts";
import { writeJob } from "./write-job.ts";

/** What became of the pushes of many jobs. */
export interface Tally {
  agreed: number;
  /** Agreed with one of several answers, each with its condition. */
  depends: number;
  unknown: number;
  /** The job did not come to it, or git sent nothing. */
  unsent: number;
  readonly wrong: WrongJob[];
}

export interface WrongJob {
  readonly ops: readonly Op[];
  readonly yaml: string;
  readonly lines: readonly string[];
}

/** Tries jobs, some at the same time, and counts. */
export async function tryJobs(jobs: readonly (readonly Op[])[], atOnce: number): Promise<Tally> {
  const tally: Tally = { agreed: 0, depends: 0, unknown: 0, unsent: 0, wrong: [] };
  const left = [...jobs];
  const work = async (): Promise<void> => {
    for (let ops = left.shift(); ops !== undefined; ops = left.shift()) {
      const { pushes, lines } = await tryOps(ops);
      for (const push of pushes) count(push, tally);
      if (pushes.some(({ agree }) => agree === false)) tally.wrong.push({ ops, yaml: writeJob(ops), lines });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tally;
}

function count({ agree, observed, predicted }: ProvedPush, tally: Tally): void {
  if (observed === undefined || observed.outcome === "not-sent") tally.unsent++;
  else if (agree === undefined) tally.unknown++;
  else if (agree) tally[predicted?.alternatives.length === 0 ? "agreed" : "depends"]++;
}

export async function tryOps(ops: readonly Op[]): Promise<Tried> {
  return tryYaml(writeJob(ops), {
    around: {
      repository: "octo/app",
      defaultBranch: "main",
      protections: undefined,
      credentials: new Map(),
    },
  });
}

/** The smallest job that is still wrong: one thing after the other is left out, as long as that does not help. */
export async function shrink({ ops }: WrongJob): Promise<WrongJob> {
  let smallest = ops;
  for (let at = smallest.length - 1; at >= 0; at--) {
    const smaller = smallest.filter((_, index) => index !== at);
    if (await isWrong(smaller)) smallest = smaller;
  }
  for (const [at, op] of smallest.entries())
    for (const simpler of simplify(op)) {
      const changed = smallest.with(at, simpler);
      if (await isWrong(changed)) smallest = changed;
    }
  return { ops: smallest, yaml: writeJob(smallest), lines: (await tryOps(smallest)).lines };
}

async function isWrong(ops: readonly Op[]): Promise<boolean> {
  // Without a push there is nothing to try.
  if (!ops.some(({ kind }) => kind === "push")) return false;
  return (await tryOps(ops)).pushes.some(({ agree }) => agree === false);
}

function simplify(op: Op): readonly Op[] {
  switch (op.kind) {
    case "checkout":
      return [
        { ...op, full: false },
        { ...op, clean: true },
        { ...op, repository: undefined },
        { ...op, token: undefined },
        { ...op, persist: undefined },
        { ...op, path: undefined },
        { ...op, version: "v4" },
      ];
    case "shell":
      return [
        { ...op, way: "cd" },
        { ...op, dir: 0 },
      ];
    case "push":
      return [
        { ...op, way: "cd" },
        { ...op, dir: 0 },
        { ...op, flag: "" },
        { ...op, options: [] },
        { ...op, remote: "origin" },
      ];
    case "make":
      return [{ ...op, dir: 0 }];
    case "export":
      return [];
  }
}

/** For the message of a test that fails. */
export function describe({ yaml, lines }: WrongJob): string {
  return `${yaml}\n${lines.map((line) => `# ${line}`).join("\n")}\n`;
}
