import { scalarsOf } from "../../ir/walk.ts";
import type { Scalar } from "../../ir/node.ts";
import type { CallJob, Job } from "../../ir/workflow.ts";
import type { Hop } from "../evidence.ts";
import { identityOfReference } from "../identity.ts";
import { evaluateText, type Contexts } from "../steps/evaluate-expression.ts";
import { contextsOf, type JobContext, type StepPlace } from "../steps/job-context.ts";
import { runSteps } from "../steps/run-steps.ts";
import { symbolsIn, type Symbols, type Text, type TextOption } from "../text.ts";
import { differenceOf, type World } from "../world.ts";
import { callFilters, callWorkflow } from "./call-workflow.ts";
import { jobContext, startWorld } from "./enter-job.ts";
import { findMatrix } from "./find-matrix.ts";
import { assumeRepository, startAnalysis } from "./start-analysis.ts";
import type { WorkflowRun } from "./workflow-run.ts";

type Remark = (hop: Hop) => void;

const NO_REMARK: Remark = () => undefined;

/** The outputs of the jobs that a job names in `needs`; of any other, GitHub knows none. */
export function needsOf(
  { needs }: Job | CallJob,
  run: WorkflowRun,
  symbols: Symbols,
  remark: Remark = NO_REMARK,
): JobContext["needs"] {
  const needed = new Set(scalarsOf(needs).map(({ text }) => text.toLowerCase()));
  return (id, name) => (needed.has(id.toLowerCase()) ? outputOf(id, name, run, symbols, remark) : "");
}

/** Jobs that are being worked out: needs in a circle have no answer. */
const open = new WeakMap<Symbols, Set<object>>();

/**
 * What a job's output holds for the jobs that need it. The runner keeps back what may hold a secret, and hands on nothing in its
 * place: actions/runner, JobExtension.cs, "Skip output … since it may contain secret".
 *
 * @returns undefined where it is not known
 */
function outputOf(id: string, name: string, run: WorkflowRun, symbols: Symbols, remark: Remark): Text | undefined {
  const job = run.workflow.jobs?.entries.find(({ key }) => key.text.toLowerCase() === id.toLowerCase())?.value;
  const busy = open.get(symbols) ?? new Set();
  if (job === undefined || busy.has(job)) return undefined;
  open.set(symbols, busy.add(job));
  try {
    if (job.kind === "call-job") return outputOfCall(id, job, name, run, symbols, remark);
    return job.kind === "job" ? outputOfJob(id, job, name, run, symbols, remark) : undefined;
  } finally {
    busy.delete(job);
  }
}

function outputOfJob(
  id: string,
  job: Job,
  name: string,
  run: WorkflowRun,
  symbols: Symbols,
  remark: Remark,
): Text | undefined {
  const output = entryOf(job.outputs, name);
  if (output === undefined) return job.outputs?.kind === "mapping" || job.outputs === undefined ? "" : undefined;
  if (!output.text.includes("${{")) return output.text;
  const ends = endsOf(id, job, run, symbols);
  const texts = ends.map(({ context, world }) => evaluateText(output.text, contextsOf(context, world)));
  const options = texts.map((text, at): TextOption => {
    const other = texts.findIndex((candidate) => candidate !== text);
    const [own, others] = [ends[at]?.world.facts, ends[other]?.world.facts];
    const facts = own === undefined || others === undefined ? undefined : differenceOf(own, others).first;
    return { text, when: facts ?? ends[at]?.when };
  });
  if (options.length === 0) return undefined;
  const handed = handOn(symbols.choose(options), symbols);
  if (handed.isWithheld)
    remark({
      span: output.span,
      text: `the output '${name}' of job '${id}' holds a secret: the runner hands it on to no other job, so it is empty there`,
    });
  return handed.text;
}

/** What arrives in another job; undefined where nobody can tell. */
function handOn(text: Text, symbols: Symbols): { readonly text: Text | undefined; readonly isWithheld: boolean } {
  const [symbol] = symbolsIn(text);
  const meaning = symbol === undefined ? undefined : symbols.meaningOf(symbol);
  if (symbol !== undefined && meaning?.kind === "choice" && meaning.options.length <= 4) {
    const ways = meaning.options.map((option) => ({
      when: option.when,
      ...handOn(text.replace(symbol, option.text), symbols),
    }));
    const known = ways.flatMap(({ text, when }) => (text === undefined ? [] : [{ text, when }]));
    return {
      text: known.length < ways.length ? undefined : symbols.choose(known),
      isWithheld: ways.some(({ isWithheld }) => isWithheld),
    };
  }
  if (holdsSecret(text, symbols)) return { text: "", isWithheld: true };
  return { text: isKnown(text, symbols) ? text : undefined, isWithheld: false };
}

/** The runner also looks for secrets in base64. */
function holdsSecret(text: Text, symbols: Symbols): boolean {
  return symbolsIn(text).some((symbol) => {
    const meaning = symbols.meaningOf(symbol);
    if (meaning.kind === "reference") return identityOfReference(meaning.id) !== undefined;
    return meaning.kind === "base64" && holdsSecret(meaning.text, symbols);
  });
}

/** Letters, and what means the same in every job. */
function isKnown(text: Text, symbols: Symbols): boolean {
  return symbolsIn(text).every((symbol) => {
    const meaning = symbols.meaningOf(symbol);
    return meaning.kind === "reference" && /^(?:github|inputs|vars)\./.test(meaning.id);
  });
}

interface End {
  readonly context: JobContext;
  readonly world: World;
  readonly when: string | undefined;
}

const ends = new WeakMap<Symbols, Map<Job, readonly End[]>>();

/** How a job may have ended; nobody is told what it pushes. */
function endsOf(id: string, job: Job, run: WorkflowRun, symbols: Symbols): readonly End[] {
  const known = ends.get(symbols) ?? new Map<Job, readonly End[]>();
  ends.set(symbols, known);
  const found = known.get(job) ?? walk(id, job, run, symbols);
  known.set(job, found);
  return found;
}

function walk(id: string, job: Job, run: WorkflowRun, symbols: Symbols): readonly End[] {
  const { workflow, caller } = run;
  const options = { ...run.options, observe: undefined, notice: undefined, meet: undefined };
  const site: StepPlace = { job: id, step: 0, stepName: undefined, span: undefined };
  return findMatrix(job).flatMap(({ values, when }) => {
    const analysis = startAnalysis({
      options,
      symbols,
      assumedRepository: assumeRepository(options, workflow),
      record: () => undefined,
    });
    const needs = needsOf(job, run, symbols);
    const enter = (): void => undefined;
    const context = jobContext(job, { id, workflow, analysis, caller, matrix: values, needs, site, enter });
    const worlds = runSteps(job.steps?.items ?? [], [startWorld(context, workflow, job)], context);
    return worlds.map((world) => ({ context, world, when }));
  });
}

/** `on.workflow_call.outputs` of the workflow that a job calls: texts over `jobs.<id>.outputs`. */
function outputOfCall(
  id: string,
  job: CallJob,
  name: string,
  run: WorkflowRun,
  symbols: Symbols,
  remark: Remark,
): Text | undefined {
  const called = callWorkflow(id, job, run, symbols, needsOf(job, run, symbols), { always: true });
  const outputs = called === undefined ? undefined : callFilters(called.workflow)?.outputs;
  if (called === undefined || outputs?.kind !== "mapping") return undefined;
  const output = outputs.entries.find(({ key }) => key.text.toLowerCase() === name.toLowerCase())?.value;
  if (output?.kind !== "output-definition" || output.value === undefined) return undefined;
  const contexts: Contexts = {
    symbols,
    look: ([context, from = "", kind, inner = ""]) =>
      context === "jobs" && kind === "outputs" ? outputOf(from, inner, called, symbols, remark) : undefined,
  };
  const text = evaluateText(output.value.text, contexts);
  return isKnown(text, symbols) ? text : undefined;
}

function entryOf(outputs: Job["outputs"], name: string): Scalar | undefined {
  if (outputs?.kind !== "mapping") return undefined;
  return outputs.entries.find(({ key }) => key.text.toLowerCase() === name.toLowerCase())?.value;
}
