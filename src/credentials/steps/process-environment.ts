import { literal, type Value } from "../../shell/value.ts";
import { sameInAll } from "../conditions/starts.ts";
import { HOME, RUNNER_TEMP, WORKSPACE } from "../paths.ts";
import type { Variable, World } from "../world.ts";
import type { JobContext } from "./job-context.ts";

const COMMAND_FILES = `${RUNNER_TEMP}/_runner_file_commands`;
export const ENV_FILE = `${COMMAND_FILES}/set_env`;
export const OUTPUT_FILE = `${COMMAND_FILES}/set_output`;
const OTHER_FILES = {
  GITHUB_PATH: "add_path",
  GITHUB_STATE: "save_state",
  GITHUB_STEP_SUMMARY: "step_summary",
} as const;

/** What is the same in every step: docs.github.com, "Variables reference", default environment variables. */
export function defaultVariables(job: JobContext): ReadonlyMap<string, Value> {
  let variables = known.get(job.analysis)?.get(job.actionPath ?? "");
  if (variables === undefined) {
    variables = makeVariables(job);
    known.set(job.analysis, new Map(known.get(job.analysis)).set(job.actionPath ?? "", variables));
  }
  return variables;
}

const known = new WeakMap<object, ReadonlyMap<string, ReadonlyMap<string, Value>>>();

function makeVariables({ analysis, runnerOs, actionPath }: JobContext): ReadonlyMap<string, Value> {
  const { symbols, repository, starts } = analysis;
  const github = (name: string, canBeEmpty = false): Value => {
    const known = sameInAll(`github.${name}`, starts);
    return known === undefined ? symbols.decode(symbols.reference(`github.${name}`, canBeEmpty)) : literal(known);
  };
  const repositoryValue = repository === undefined ? github("repository") : literal(repository);
  const owner = repository === undefined ? github("repository_owner") : literal(repository.split("/")[0] ?? "");
  return new Map<string, Value>([
    ["CI", literal("true")],
    ["HOME", literal(HOME)],
    ["GITHUB_ACTIONS", literal("true")],
    ["GITHUB_ACTION", literal("__run")],
    ["GITHUB_WORKSPACE", literal(WORKSPACE)],
    ["GITHUB_SERVER_URL", literal("https://github.com")],
    ["GITHUB_API_URL", literal("https://api.github.com")],
    ["GITHUB_REPOSITORY", repositoryValue],
    ["GITHUB_REPOSITORY_OWNER", owner],
    ["GITHUB_ACTOR", github("actor")],
    ["GITHUB_TRIGGERING_ACTOR", github("triggering_actor")],
    ["GITHUB_REF", github("ref")],
    ["GITHUB_REF_NAME", github("ref_name")],
    ["GITHUB_REF_TYPE", github("ref_type")],
    ["GITHUB_HEAD_REF", github("head_ref", true)],
    ["GITHUB_BASE_REF", github("base_ref", true)],
    ["GITHUB_SHA", github("sha")],
    ["GITHUB_RUN_ID", github("run_id")],
    ["GITHUB_RUN_NUMBER", github("run_number")],
    ["GITHUB_EVENT_NAME", github("event_name")],
    ["GITHUB_ENV", literal(ENV_FILE)],
    ["GITHUB_OUTPUT", literal(OUTPUT_FILE)],
    ...Object.entries(OTHER_FILES).map(([name, file]): [string, Value] => [name, literal(`${COMMAND_FILES}/${file}`)]),
    ["RUNNER_TEMP", literal(RUNNER_TEMP)],
    ...(runnerOs === undefined ? [] : [["RUNNER_OS", literal(runnerOs)] as [string, Value]]),
    ...(actionPath === undefined ? [] : [["GITHUB_ACTION_PATH", symbols.decode(actionPath)] as [string, Value]]),
  ]);
}

/** The variables of a step's process. */
export function processVariables(
  defaults: ReadonlyMap<string, Value>,
  world: World,
  own: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const source of [defaults, world.env, own])
    for (const [name, value] of source) variables.set(name, { value, isExported: true });
  return variables;
}
