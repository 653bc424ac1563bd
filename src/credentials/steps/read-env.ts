import type { Env } from "../../ir/workflow.ts";
import type { Value } from "../../shell/value.ts";
import type { World } from "../world.ts";
import { evaluateText } from "./evaluate-expression.ts";
import { contextsOf, type JobContext } from "./job-context.ts";

/** What stands in an `env:`. */
export function readEnv(env: Env | undefined, world: World, job: JobContext): ReadonlyMap<string, Value> {
  if (env?.kind !== "mapping") return NO_ENV;
  const contexts = contextsOf(job, world);
  const { symbols } = job.analysis;
  return new Map(
    env.entries.map(({ key, value }) => [key.text, symbols.decode(evaluateText(value.text ?? "", contexts))]),
  );
}

export const NO_ENV: ReadonlyMap<string, Value> = new Map();
