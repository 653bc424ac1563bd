import { EVENTS, eventSyntax } from "../ir/events.ts";
import type { Value } from "../ir/node.ts";
import { PERMISSION_LEVELS } from "../ir/shapes/settings-shape.ts";
import {
  amount,
  anyScalar,
  anything,
  boolean,
  computed,
  condition,
  either,
  flag,
  interpolation,
  jobs,
  list,
  map,
  needs,
  nothing,
  oneOf,
  oneOrMore,
  orNothing,
  record,
  script,
  steps,
  string,
  text,
  type Accepted,
  type Fields,
} from "./type-model.ts";

// What the types of src/define take, key by key. The importer must know, because what they refuse it writes with a cast. The
// corpus run compiles everything that it imports (`npm run corpus`), and so holds this against the types themselves.

/** The inputs of an action without bindings. */
export const texts = map(text);
const env = either(texts, interpolation);

// ── Triggers: src/define/triggers.ts ────────────────────────────────────────────────────────────────────────

const inputTypes = { call: ["string", "boolean", "number"], dispatch: ["choice", "environment"] } as const;

/** An input takes the default that its type has. */
function dispatchInput(value: Value): Accepted {
  const type = entryText(value, "type");
  const fields = { ...inputFields(type), type: oneOf(...inputTypes.call, ...inputTypes.dispatch) };
  return type === "choice" ? record(fields, "options") : record(fields);
}

function callInput(value: Value): Accepted {
  return record({ ...inputFields(entryText(value, "type")), type: oneOf(...inputTypes.call) }, "type");
}

const inputFields = (type: string | undefined): Fields => ({
  description: string,
  required: boolean,
  options: list(string),
  default: defaultOf(type),
});

function defaultOf(type: string | undefined): Accepted {
  switch (type) {
    case "string":
      return text;
    case "boolean":
      return flag;
    case "number":
      return amount;
    case "choice":
    case "environment":
      return string;
    default:
      return anyScalar;
  }
}

function entryText(value: Value, name: string): string | undefined {
  if (value.kind !== "mapping") return undefined;
  const found = value.entries.find(({ key }) => key.text === name)?.value;
  return found?.kind === "scalar" ? found.text : undefined;
}

function triggerOf(event: string): Accepted | undefined {
  if (!Object.hasOwn(EVENTS, event)) return undefined;
  switch (event) {
    case "schedule":
      return list(record({ cron: string, timezone: string }, "cron"));
    case "workflow_dispatch":
      return orNothing(record({ inputs: orNothing(map(orNothing(computed(dispatchInput)))) }));
    case "workflow_call":
      return orNothing(
        record({
          inputs: orNothing(map(computed(callInput))),
          secrets: orNothing(map(orNothing(record({ description: string, required: boolean })))),
          outputs: orNothing(map(record({ description: string, value: text }, "value"))),
        }),
      );
  }
  const { types, filters = [] } = eventSyntax(event) ?? {};
  const fields: Record<string, Accepted> = {};
  for (const filter of filters) fields[filter] = oneOrMore(string);
  if (types !== undefined) fields["types"] = oneOrMore(types === "any" ? string : oneOf(...types));
  return orNothing(record(fields));
}

const eventName = oneOf(...Object.keys(EVENTS));

// ── Settings: src/define/job-settings.ts ────────────────────────────────────────────────────────────────────

const permissions = either(
  oneOf("read-all", "write-all"),
  map((scope) => (Object.hasOwn(PERMISSION_LEVELS, scope) ? oneOf(...(PERMISSION_LEVELS[scope] ?? [])) : undefined)),
);
const concurrency = either(
  text,
  record({ group: text, "cancel-in-progress": flag, queue: either(oneOf("single", "max"), interpolation) }, "group"),
);
const defaults = record({ run: either(record({ shell: text, "working-directory": text }), interpolation) });
const container: Fields = {
  image: text,
  credentials: either(record({ username: text, password: text }, "username", "password"), interpolation),
  env,
  ports: either(list(text), interpolation),
  volumes: either(list(text), interpolation),
  options: text,
};
const service = either(text, record({ ...container, entrypoint: text, command: text }, "image"));
const axis = either(list(anything), interpolation);

// ── Jobs: src/define/jobs.ts ────────────────────────────────────────────────────────────────────────────────

const anyJob: Fields = {
  name: text,
  needs,
  if: condition,
  permissions,
  concurrency,
  strategy: record({ matrix: either(map(axis), interpolation), "fail-fast": flag, "max-parallel": amount }),
};

export const jobOfSteps = record(
  {
    ...anyJob,
    "runs-on": either(text, list(text), record({ group: text, labels: oneOrMore(text) })),
    steps,
    outputs: map(text),
    env,
    environment: either(text, record({ name: text, url: text, deployment: flag }, "name")),
    defaults,
    container: either(text, record(container, "image")),
    services: either(map(service), interpolation),
    "timeout-minutes": amount,
    "cancel-timeout-minutes": amount,
    "continue-on-error": flag,
    snapshot: either(text, record({ "image-name": text, version: text, if: condition }, "image-name")),
    "cache-mode": text,
  },
  "runs-on",
  "steps",
);

/** A job that calls: a workflow of which nothing is known, or one with these inputs and secrets. */
export const callingJob = ({ inputs = env, secrets = env }: { inputs?: Accepted; secrets?: Accepted } = {}) =>
  record({ ...anyJob, uses: string, with: inputs, secrets: either(oneOf("inherit"), secrets) }, "uses");

// ── Steps: src/define/step-types.ts ─────────────────────────────────────────────────────────────────────────

const actingStep: Fields = {
  id: string,
  name: text,
  "continue-on-error": flag,
  if: condition,
  env,
  "timeout-minutes": amount,
  background: boolean,
};

/** The options of `run({ … })`. */
export const runOptions = record({ ...actingStep, shell: string, "working-directory": text, run: script }, "run");

/** What `push({ … })` keeps of the step that it takes the place of. */
export const pushOptions = record({
  id: string,
  name: text,
  if: condition,
  "continue-on-error": flag,
  "timeout-minutes": amount,
});

/** The options of `uses(ref, { … })`; the inputs are the action's to say. */
export const usesOptions = (inputs: Accepted) => record({ ...actingStep, with: inputs });

/** A step as a plain object. At what it has beside these keys the types do not look. */
export const plainStep = map((key) => plainFields[key] ?? anything);
const plainFields: Fields = {
  ...actingStep,
  shell: string,
  "working-directory": text,
  run: script,
  uses: string,
  with: env,
  wait: oneOrMore(string),
  "wait-all": either(nothing, boolean),
  cancel: string,
  parallel: steps,
};

// ── Files: src/define/workflow.ts, src/define/action.ts ─────────────────────────────────────────────────────

export const workflowFile = record(
  {
    name: string,
    description: string,
    "run-name": text,
    on: either(eventName, list(eventName), map(triggerOf)),
    permissions,
    env,
    defaults,
    concurrency,
    jobs,
  },
  "on",
  "jobs",
);

export const actionFile = record(
  {
    name: string,
    author: string,
    description: string,
    inputs: map(record({ description: string, required: boolean, default: text, deprecationMessage: string })),
    outputs: map(record({ description: string, value: text }, "value")),
    runs: record({ using: oneOf("composite"), steps }, "using", "steps"),
    branding: record({
      icon: string,
      color: oneOf("white", "black", "yellow", "blue", "green", "orange", "red", "purple", "gray-dark"),
    }),
  },
  "runs",
);
