import { describeIdentity } from "../credentials/identity.ts";
import { printPlace, counted } from "../report/print-text.ts";
import type { Paint } from "../report/paint.ts";
import type { Proof, ProvedJob, ProvedPush } from "./proof.ts";
import type { Isolation } from "./sandbox/enter-namespaces.ts";
import type { IsolatedProof } from "./sandbox/run-trial.ts";
import { refName } from "./runner/job-setting.ts";

/** A proof as `flowkeep prove --format json` prints it. */
export function proofReport(path: string, { jobs }: Proof): object {
  return {
    pushes: jobs.flatMap(({ job, pushes }) =>
      pushes.map(({ step, predicted, observed, agree }) => ({
        workflow: path,
        job,
        step,
        predicted: {
          identity: predicted?.identity ?? { kind: "unknown", reason: "no push was predicted here" },
          verdict: predicted?.verdict ?? "unknown",
        },
        observed: {
          identity: observed?.identity ?? { kind: "none" },
          outcome: observed?.outcome ?? "not-sent",
          message: observed?.message ?? "the job did not come to it",
        },
        // Nothing can be compared where nothing was sent, or nothing was known.
        agree: agree ?? null,
      })),
    ),
    skipped: jobs.flatMap(({ job, steps, skipped }) => [
      ...(skipped === undefined ? [] : [{ job, step: null, reason: skipped }]),
      ...steps.flatMap(({ step, outcome, reason }) =>
        outcome === "skipped" || outcome === "replaced" ? [{ job, step, reason: reason ?? "" }] : [],
      ),
    ]),
  };
}

/** What keeps scripts from the machine, in a sentence. */
export function describeIsolation(isolation: Isolation): string {
  if (isolation.kind === "namespaces")
    return "no other host can be reached, and nothing outside of the trial's folder be written";
  return `nothing but proxy settings keeps scripts from other hosts, and they could write anywhere (${isolation.reason})`;
}

/** The same for people. */
export function printProof(path: string, { proof, isolation }: IsolatedProof, paint: Paint): string {
  const { event, ref } = proof.trigger;
  const head = `${path}, as if started by \`${event}\` on ${refName(ref)} of ${proof.repository}`;
  const kept = `  ${paint(isolation.kind === "none" ? "yellow" : "dim", describeIsolation(isolation))}`;
  return [head, kept, ...proof.jobs.flatMap((job) => printJob(job, paint)), summary(proof, paint), ""].join("\n");
}

function printJob(job: ProvedJob, paint: Paint): readonly string[] {
  const lines = [
    `  job ${paint("bold", job.job)}${job.combinations > 1 ? `, the first of its matrix's ${job.combinations}` : ""}`,
  ];
  if (job.skipped !== undefined) lines.push(`    ${paint("yellow", "skipped")}: ${job.skipped}`);
  for (const { step, name, outcome, reason, log } of job.steps) {
    if (outcome !== "success" && outcome !== "failure")
      lines.push(
        `    step ${step + 1} '${name}': ${paint("yellow", outcome)}${reason === undefined || outcome === "replaced" ? " by --stub" : `, ${reason}`}`,
      );
    if (outcome === "failure") {
      lines.push(`    step ${step + 1} '${name}': ${paint("red", "failed")}, ${reason ?? ""}`);
      lines.push(...lastLines(log).map((line) => `      ${paint("dim", `| ${line}`)}`));
    }
    lines.push(...job.pushes.filter((push) => push.step === step).flatMap((push) => printPush(push, name, paint)));
  }
  const unseen = job.pushes.filter((push) => !job.steps.some(({ step }) => step === push.step));
  const cause = unreached(job);
  if (cause !== undefined)
    lines.push(`    a step can be replaced by commands that leave behind what it would: --stub '${cause}=…'`);
  return [...lines, ...unseen.flatMap((push) => printPush(push, undefined, paint))];
}

/** The step that kept the job from coming to a push: the one that failed, else one that was skipped. */
function unreached({ steps, pushes }: ProvedJob): string | undefined {
  if (pushes.every(({ observed }) => observed !== undefined && observed.outcome !== "not-sent")) return undefined;
  return (steps.find(({ outcome }) => outcome === "failure") ?? steps.find(({ outcome }) => outcome === "skipped"))
    ?.name;
}

function printPush(
  { step, predicted, observed, agree, consequences }: ProvedPush,
  name: string | undefined,
  paint: Paint,
): readonly string[] {
  const { ruleset = "unknown", reasons = [] } = consequences ?? {};
  const acceptance = ruleset === "unknown" ? "" : `, to be ${ruleset}`;
  // Without rulesets nothing is open; with them, what keeps the answer open is told.
  const about = reasons.filter((reason) => reason.about === "ruleset");
  const open =
    ruleset === "unknown" && about.some(({ rule }) => rule !== undefined) ? about.map(({ text }) => text) : [];
  const place = predicted?.span === undefined ? "" : ` ${paint("dim", printPlace(predicted.span))}`;
  const command = predicted === undefined ? "a push that was not predicted" : `\`${onOneLine(predicted.command)}\``;
  const seen =
    observed === undefined
      ? "the job did not come to this push"
      : `${describeIdentity(observed.identity)}, ${paint(observed.outcome === "landed" ? "green" : "yellow", observed.outcome)}: ${observed.message}`;
  return [
    `    step ${step + 1}${name === undefined ? "" : ` '${name}'`}: ${command}${place}`,
    `      predicted  ${predicted === undefined ? "nothing" : `${describeIdentity(predicted.identity)} (${predicted.verdict})`}${acceptance}`,
    ...open.map((text) => `                 ${paint("dim", text)}`),
    `      observed   ${seen}`,
    `      ${agreement(agree, paint)}`,
  ];
}

const MOST_OF_A_COMMAND = 160;

/** A command as it stands in a script, cut where it is long: its place says the rest. */
function onOneLine(command: string): string {
  const line = command.replace(/\\?\s*\n\s*/g, " ");
  return line.length > MOST_OF_A_COMMAND ? `${line.slice(0, MOST_OF_A_COMMAND)}…` : line;
}

function agreement(agree: boolean | undefined, paint: Paint): string {
  if (agree === undefined) return paint("yellow", "not compared");
  return agree ? paint("green", "agree") : paint("red", "disagree");
}

const MOST_LINES = 8;

function lastLines(log: string): readonly string[] {
  return log.trim() === "" ? [] : log.trimEnd().split("\n").slice(-MOST_LINES);
}

function summary({ jobs }: Proof, paint: Paint): string {
  const pushes = jobs.flatMap((job) => job.pushes);
  const count = (wanted: boolean | undefined): number => pushes.filter(({ agree }) => agree === wanted).length;
  const parts = [
    paint("green", `${count(true)} agreed`),
    ...(count(false) > 0 ? [paint("red", `${count(false)} disagreed`)] : []),
    ...(count(undefined) > 0 ? [paint("yellow", `${count(undefined)} could not be compared`)] : []),
  ];
  return `${counted(pushes.length, "push").replace(/pushs$/, "pushes")}: ${parts.join(", ")}`;
}
