import type { ProvedPush } from "../../../src/prove/proof.ts";
import { lineOf, tryYaml } from "../prove-yaml.ts";
import type { Op } from "./random-job.ts";
import { FILES, jobName, writeJobs } from "./write-job.ts";

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
  readonly lines: readonly string[];
}

/** Jobs that share a server: what there is to start is started once. */
const TOGETHER = 10;

/** Tries jobs, some at the same time, and counts. */
export async function tryJobs(jobs: readonly (readonly Op[])[], atOnce: number): Promise<Tally> {
  const tally: Tally = { agreed: 0, depends: 0, unknown: 0, unsent: 0, wrong: [] };
  const left = Array.from({ length: Math.ceil(jobs.length / TOGETHER) }, (_, at) =>
    jobs.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
  const work = async (): Promise<void> => {
    for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
      const tried = await tryTogether(batch);
      for (const [at, ops] of batch.entries()) {
        const pushes = tried[at] ?? [];
        for (const push of pushes) count(push, tally);
        if (pushes.some(isWrong)) tally.wrong.push({ ops, lines: pushes.map(lineOf) });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tally;
}

function isWrong({ agree }: ProvedPush): boolean {
  return agree === false;
}

function count({ agree, observed, predicted }: ProvedPush, tally: Tally): void {
  if (observed === undefined || observed.outcome === "not-sent") tally.unsent++;
  else if (agree === undefined) tally.unknown++;
  else if (agree) tally[predicted?.alternatives.length === 0 ? "agreed" : "depends"]++;
}

/** The pushes of each job. */
async function tryTogether(jobs: readonly (readonly Op[])[]): Promise<readonly (readonly ProvedPush[])[]> {
  const { proof } = await tryYaml(writeJobs(jobs), {
    files: FILES,
    emptySecrets: new Set(["MISSING"]),
    around: {
      repository: "octo/app",
      defaultBranch: "main",
      protections: undefined,
      credentials: new Map(),
    },
  });
  return jobs.map((_, at) => proof.jobs.find(({ job }) => job === jobName(at))?.pushes ?? []);
}

async function pushesOf(ops: readonly Op[]): Promise<readonly ProvedPush[]> {
  // Without a push there is nothing to try.
  return ops.some(({ kind }) => kind === "push") ? ((await tryTogether([ops]))[0] ?? []) : [];
}

/** The smallest job that is still wrong: one thing after the other is left out or made plain, as long as that does not help. */
export async function shrink({ ops }: WrongJob): Promise<WrongJob> {
  let smallest = ops;
  const stays = async (smaller: readonly Op[]): Promise<void> => {
    if ((await pushesOf(smaller)).some(isWrong)) smallest = smaller;
  };
  for (let at = smallest.length - 1; at >= 0; at--) await stays(smallest.filter((_, index) => index !== at));
  for (let at = 0; at < smallest.length; at++) {
    const op = smallest[at];
    if (op !== undefined)
      for (const simpler of simplify(op)) await stays(smallest.with(at, simpler(smallest[at] ?? op)));
  }
  return { ops: smallest, lines: (await pushesOf(smallest)).map(lineOf) };
}

type Simpler = (op: Op) => Op;

function simplify({ kind }: Op): readonly Simpler[] {
  switch (kind) {
    case "checkout":
      return [
        { full: false },
        { clean: true },
        { submodules: undefined },
        { sshKey: undefined },
        { condition: undefined },
        { repository: undefined },
        { token: undefined },
        { persist: undefined },
        { path: undefined },
        { version: "v4" },
      ].map(withChange);
    case "shell":
      return [{ way: "cd" }, { dir: 0 }, { condition: undefined }].map(withChange);
    case "push":
      return [
        { way: "cd" },
        { dir: 0 },
        { flag: "" },
        { form: "plain" },
        { condition: undefined },
        { env: [] },
        { options: [] },
        { remote: 0 },
      ].map(withChange);
    case "make":
      return [{ dir: 0 }].map(withChange);
    case "export":
    case "action":
    case "output":
      return [];
  }
}

function withChange(change: object): Simpler {
  return (op) => ({ ...op, ...change });
}

/** For the message of a test that fails. */
export function describe({ ops, lines }: WrongJob): string {
  return `${writeJobs([ops])}\n${lines.map((line) => `# ${line}`).join("\n")}\n`;
}
