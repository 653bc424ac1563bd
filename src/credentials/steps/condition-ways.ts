import { print } from "../../expressions/print.ts";
import type { Expression } from "../../expressions/ast.ts";
import type { Step } from "../../ir/workflow.ts";
import { decideIn } from "../conditions/decide-in.ts";
import { formulaOf, type JobStatus } from "./condition-formula.ts";
import { keyOfFormula, type Formula } from "../conditions/formula.ts";
import { MISHAP, withFact, type World } from "../world.ts";
import { contextsOf, type JobContext } from "./job-context.ts";
import { partsOfCondition } from "./parse-text.ts";
import { readEnv } from "./read-env.ts";

type ActingStep = Extract<Step, { kind: "run-step" | "uses-step" }>;

interface Way {
  readonly world: World;
  readonly runs: boolean;
}

/** Functions that make a step run, or not, whatever has become of the job: without one a step is for jobs in which all went well. */
const STATUS = /\b(?:success|failure|always|cancelled)\s*\(/i;

/** Whether a step runs: known, or one way each. */
export function conditionWays(step: ActingStep, world: World, job: JobContext): readonly Way[] {
  const parts = step.if === undefined ? [] : partsOfCondition(step.if.text);
  const [part] = parts;
  const hasFailed = world.facts.get(MISHAP) === true;
  if (step.if === undefined || !STATUS.test(step.if.text)) if (hasFailed) return [{ world, runs: false }];
  // A text around `${{ }}`, be it a line break, makes a text of the whole, and that counts as true: actions/runner#1173.
  if (part?.kind !== "expression" || part.expression === undefined || parts.length > 1) return [{ world, runs: true }];
  const { expression } = part;
  // The step's own `env` is there when its condition is read.
  const own = readEnv(step.env, world, job);
  const inside = own.size === 0 ? world : { ...world, env: new Map([...world.env, ...own]) };
  const answer = (status: JobStatus) => askCondition(expression, inside, job, status);
  const { truth, condition, formula } = answer(hasFailed ? "failure" : "success");
  if (truth === true) return [{ world, runs: true }];
  if (truth === false) {
    // What runs only after a failure is not the way that things mostly go.
    const inNeed = hasFailed
      ? []
      : (["failure", "cancelled"] as const).filter((status) => answer(status).truth !== false);
    const skipped: Way = { world, runs: false };
    if (inNeed.length === 0 || !STATUS.test(print(expression))) return [skipped];
    return [skipped, { world: withFact(withFact(world, condition, true), MISHAP, true), runs: true }];
  }
  job.analysis.formulas.set(condition, formula);
  return [
    { world: withFact(world, condition, true), runs: true },
    { world: withFact(world, condition, false), runs: false },
  ];
}

/** What an `if:` comes to where what is taken for true in a world holds. */
function askCondition(expression: Expression, world: World, job: JobContext, status: JobStatus) {
  const { analysis } = job;
  const formula = formulaOf(expression, contextsOf(job, world, status), status);
  const words = `\`if: ${print(expression)}\` holds`;
  // What stands in `env` may change on the way, and `inputs` are those of an action; all else stays what it is.
  const values = /\benv\b/i.test(words) ? changedSince(analysis.formulas.get(words), formula) : job.scope;
  const condition = values === "" ? words : `${words}\0${values}`;
  const truth = world.facts.get(condition) ?? decideIn(formula, world.facts, analysis);
  return { truth, condition, formula };
}

/** What tells a condition from the first one in the same words, which has those for itself; empty where it asks the same. */
function changedSince(first: Formula | undefined, now: Formula): string {
  const key = keyOfFormula(now);
  return first === undefined || keyOfFormula(first) === key ? "" : key;
}
