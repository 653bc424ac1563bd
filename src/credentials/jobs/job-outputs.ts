import { decide } from "../conditions/decide.ts";
import { deciding } from "../steps/condition-formula.ts";
import { scalarsOf } from "../../ir/walk.ts";
import type { Scalar } from "../../ir/node.ts";
import type { CallJob, Job } from "../../ir/workflow.ts";
import type { Hop } from "../evidence.ts";
import { identityOfReference } from "../identity.ts";
import { evaluateText, type Contexts } from "../steps/evaluate-expression.ts";
import type { StepPlace } from "../step-place.ts";
import { contextsOf, type JobContext } from "../steps/job-context.ts";
import { runSteps } from "../steps/run-steps.ts";
import { replaceSymbols, Symbols, symbolsIn, type Text, type TextOption } from "../text.ts";
import { differenceOf, type World } from "../world.ts";
import { callFilters, callWorkflow } from "./call-workflow.ts";
import { jobContext, startWorld } from "./enter-job.ts";
import { findMatrix, walkMatrix, type MatrixValues } from "./find-matrix.ts";
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
  return (id, name) => {
    if (!needed.has(id.toLowerCase())) return "";
    const { text, remarks } = outputOf(id, name, run);
    remarks.forEach(remark);
    return text === undefined ? undefined : transfer(text, memoryOf(run).symbols, symbols);
  };
}

/** What a job's output holds for the jobs that need it. */
interface Output {
  /** Undefined where it is not known. */
  readonly text: Text | undefined;
  readonly remarks: readonly Hop[];
}

const UNKNOWN: Output = { text: undefined, remarks: [] };

/** What has been worked out of one run's jobs. */
interface Memory {
  readonly symbols: Symbols;
  readonly outputs: Map<string, Output>;
  readonly ends: Map<Job, { readonly steps: number; readonly ends: readonly End[] }>;
}

const memories = new WeakMap<WorkflowRun, Memory>();

function memoryOf(run: WorkflowRun): Memory {
  let memory = memories.get(run);
  if (memory === undefined) {
    memory = { symbols: run.caller?.symbols ?? new Symbols(), outputs: new Map(), ends: new Map() };
    memories.set(run, memory);
  }
  return memory;
}

function outputOf(id: string, name: string, run: WorkflowRun): Output {
  const { outputs } = memoryOf(run);
  const key = `${id}.${name}`.toLowerCase();
  const known = outputs.get(key);
  if (known !== undefined) return known;
  // While it is being worked out: needs in a circle have no answer.
  outputs.set(key, UNKNOWN);
  const job = run.workflow.jobs?.entries.find(({ key }) => key.text.toLowerCase() === id.toLowerCase())?.value;
  const output =
    job?.kind === "job"
      ? outputOfJob(id, job, name, run)
      : job?.kind === "call-job"
        ? outputOfCall(id, job, name, run)
        : UNKNOWN;
  outputs.set(key, output);
  return output;
}

/**
 * The runner keeps back what may hold a secret, and hands on nothing in its place: actions/runner, JobExtension.cs, "Skip output …
 * since it may contain secret".
 */
function outputOfJob(id: string, job: Job, name: string, run: WorkflowRun): Output {
  const output = entryOf(job.outputs, name);
  if (output === undefined)
    return job.outputs === undefined || job.outputs.kind === "mapping" ? { text: "", remarks: [] } : UNKNOWN;
  const { symbols } = memoryOf(run);
  const ends = endsOf(id, job, stepsFor(output.text, job), run);
  const texts = ends.map(({ context, world }) => evaluateText(output.text, contextsOf(context, world)));
  const options = texts.map((text, at): TextOption => {
    const other = texts.findIndex((candidate) => candidate !== text);
    const [own, others] = [ends[at]?.world.facts, ends[other]?.world.facts];
    const facts = own === undefined || others === undefined ? undefined : differenceOf(own, others).first;
    return { text, when: facts ?? ends[at]?.when };
  });
  if (options.length === 0) return UNKNOWN;
  const { text, isWithheld } = handOn(symbols.choose(options), symbols);
  const remark = `the output '${name}' of job '${id}' holds a secret: the runner hands it on to no other job, so it is empty there`;
  return { text, remarks: isWithheld ? [{ span: output.span, text: remark }] : [] };
}

/** How many of a job's steps an output needs: those up to the last whose outputs it names. */
function stepsFor(output: string, job: Job): number {
  const steps = job.steps?.items ?? [];
  return steps.findLastIndex((step) => "id" in step && step.id !== undefined && output.includes(step.id.text)) + 1;
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

/** One way in which a job may have gone. */
interface End {
  readonly context: JobContext;
  readonly world: World;
  readonly when: string | undefined;
}

function endsOf(id: string, job: Job, steps: number, run: WorkflowRun): readonly End[] {
  const { ends } = memoryOf(run);
  const known = ends.get(job);
  if (known !== undefined && known.steps >= steps) return known.ends;
  const found = walk(id, job, steps, run);
  ends.set(job, { steps, ends: found });
  return found;
}

/** Walks through a job's steps; nobody is told what they push. */
function walk(id: string, job: Job, steps: number, run: WorkflowRun): readonly End[] {
  const { workflow, caller } = run;
  const { symbols } = memoryOf(run);
  const options = { ...run.options, observe: undefined, notice: undefined, meet: undefined };
  const site: StepPlace = { job: id, step: 0, stepName: undefined, span: undefined };
  const askers = job.outputs?.kind === "mapping" ? job.outputs.entries.map(({ value }) => value.text) : [];
  const walkOne = (matrix: MatrixValues, when: string | undefined): readonly End[] => {
    const analysis = startAnalysis({
      options,
      symbols,
      assumedRepository: assumeRepository(options, workflow),
      starts: run.starts,
      record: () => undefined,
    });
    const needs = needsOf(job, run, symbols);
    const enter = (): void => undefined;
    const context = jobContext(job, { id, workflow, analysis, caller, matrix, needs, site, enter, askers });
    const worlds = runSteps(job.steps?.items.slice(0, steps) ?? [], [startWorld(context, workflow, job)], context);
    return worlds.map((world) => ({ context, world, when }));
  };
  // An output may name a value that no step has read.
  const readsMatrix = askers.some((text) => /matrix/i.test(text));
  return (
    readsMatrix ? findMatrix(job).map(({ values, when }) => walkOne(values, when)) : walkMatrix(job, walkOne)
  ).flat();
}

/** `on.workflow_call.outputs` of the workflow that a job calls: texts over `jobs.<id>.outputs`. */
function outputOfCall(id: string, job: CallJob, name: string, run: WorkflowRun): Output {
  const { symbols } = memoryOf(run);
  const called = callWorkflow(id, job, run, symbols, needsOf(job, run, symbols), { always: true });
  const outputs = called === undefined ? undefined : callFilters(called.workflow)?.outputs;
  if (called === undefined || outputs?.kind !== "mapping") return UNKNOWN;
  const output = outputs.entries.find(({ key }) => key.text.toLowerCase() === name.toLowerCase())?.value;
  if (output?.kind !== "output-definition" || output.value === undefined) return UNKNOWN;
  const remarks: Hop[] = [];
  const look: Contexts["look"] = ([context, from = "", kind, inner = ""]) => {
    if (context !== "jobs" || kind !== "outputs") return undefined;
    const found = outputOf(from, inner, called);
    remarks.push(...found.remarks);
    return found.text;
  };
  const contexts = deciding({ symbols, look }, (formula) => decide(formula, [], run.starts, symbols));
  const text = evaluateText(output.value.text, contexts);
  return { text: isKnown(text, symbols) ? text : undefined, remarks };
}

/** The same text in another job's symbols. */
function transfer(text: Text, from: Symbols, to: Symbols): Text {
  if (from === to) return text;
  return replaceSymbols(text, (symbol) => {
    const meaning = from.meaningOf(symbol);
    switch (meaning.kind) {
      case "reference":
        return to.reference(meaning.id, meaning.canBeEmpty);
      case "choice":
        return to.choose(meaning.options.map(({ text, when }) => ({ text: transfer(text, from, to), when })));
      default:
        return to.unknown("it is computed in another job");
    }
  });
}

function entryOf(outputs: Job["outputs"], name: string): Scalar | undefined {
  if (outputs?.kind !== "mapping") return undefined;
  return outputs.entries.find(({ key }) => key.text.toLowerCase() === name.toLowerCase())?.value;
}
