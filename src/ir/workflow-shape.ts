import * as at from "./availability.ts";
import { EVENTS, eventSyntax } from "./events.ts";
import {
  amount,
  anyScalar,
  anything,
  byFirstKey,
  condition,
  either,
  flag,
  list,
  map,
  NOWHERE,
  nothing,
  record,
  text,
  texts,
  type RecordShape,
  type Shape,
  type WrongKey,
} from "./shape.ts";
import { jobStepsShape } from "./step-shape.ts";
import { wrongId } from "./wrong-id.ts";

/** For `workflow_run`, wherever it says nothing of the workflows that it waits for. */
export const NO_WORKFLOWS =
  "`workflow_run` names no workflow: write `workflows` with the names of those that it follows";

const nonEmpty = { nonEmpty: true } as const;

/** A newer GitHub may know the name. */
const unknownName = (message: string): WrongKey => ({ code: "unknown-key", severity: "warning", message });

// ── Triggers ────────────────────────────────────────────────────────────────────────────────────────────────

const inputDefinition = (call: boolean) =>
  either("a mapping", {
    mapping: record(
      "input-definition",
      {
        description: text(),
        type: text(undefined, {
          oneOf: call ? ["string", "boolean", "number"] : ["string", "boolean", "number", "choice", "environment"],
        }),
        required: flag(),
        default: anyScalar(call ? at.RUN_NAME : undefined),
        options: call ? NOWHERE : list(text()),
        deprecationMessage: NOWHERE,
      },
      { required: call ? ["type"] : [] },
    ),
    ...(call ? {} : { scalar: nothing }),
  });

const orNothing = (shape: Shape) => either("a mapping", { scalar: nothing, mapping: shape });

const secretDefinition = either("a mapping", {
  scalar: nothing,
  mapping: record("secret-definition", { description: text(), required: flag() }),
});

const outputDefinition = record(
  "output-definition",
  { description: text(), value: text(at.CALL_OUTPUT) },
  { required: ["value"] },
);

function filters(call: boolean): RecordShape {
  return record("filters", {
    types: texts(undefined, nonEmpty),
    branches: texts(undefined, nonEmpty),
    "branches-ignore": texts(undefined, nonEmpty),
    tags: texts(undefined, nonEmpty),
    "tags-ignore": texts(undefined, nonEmpty),
    paths: texts(undefined, nonEmpty),
    "paths-ignore": texts(undefined, nonEmpty),
    workflows: texts(undefined, { ...nonEmpty, needs: NO_WORKFLOWS }),
    names: texts(undefined, nonEmpty),
    versions: texts(undefined, nonEmpty),
    // GitHub's server takes `inputs:` with nothing behind it for a dispatch, and only there.
    inputs: call ? map(inputDefinition(call)) : orNothing(map(inputDefinition(call))),
    secrets: map(secretDefinition),
    outputs: map(outputDefinition),
  });
}

const schedule = list(
  record("schedule", { cron: text(undefined, nonEmpty), timezone: text(undefined, nonEmpty) }, { required: ["cron"] }),
  undefined,
  { needs: "a schedule needs at least one `cron`: without one it starts nothing" },
);
export const workflowFilters = filters(false);
const withFilters = either("nothing, or a mapping of filters", { scalar: nothing, mapping: workflowFilters });
const withCall = either("nothing, or a mapping", { scalar: nothing, mapping: filters(true) });
const eventName = text(undefined, { oneOf: Object.keys(EVENTS) });

const someEvent = { needs: "`on` names no event: write at least one" };

const on = either("an event, a list of events, or a mapping", {
  scalar: eventName,
  sequence: list(eventName, undefined, someEvent),
  mapping: map((event) => (event === "schedule" ? schedule : event === "workflow_call" ? withCall : withFilters), {
    wrongKey: (event) => (eventSyntax(event) ? undefined : unknownName("no event has this name")),
    ...someEvent,
  }),
});

// ── Settings ────────────────────────────────────────────────────────────────────────────────────────────────

const ANY_LEVEL = ["read", "write", "none"] as const;
/** Source: docs.github.com, "permissions", and the schema of GitHub's own parser. */
export const PERMISSION_LEVELS: Readonly<Record<string, readonly string[]>> = {
  actions: ANY_LEVEL,
  "artifact-metadata": ANY_LEVEL,
  attestations: ANY_LEVEL,
  checks: ANY_LEVEL,
  "code-quality": ANY_LEVEL,
  contents: ANY_LEVEL,
  "copilot-requests": ["write", "none"],
  deployments: ANY_LEVEL,
  discussions: ANY_LEVEL,
  drives: ANY_LEVEL,
  "id-token": ["write", "none"],
  issues: ANY_LEVEL,
  models: ["read", "none"],
  packages: ANY_LEVEL,
  pages: ANY_LEVEL,
  "pull-requests": ANY_LEVEL,
  "repository-projects": ANY_LEVEL,
  "security-events": ANY_LEVEL,
  statuses: ANY_LEVEL,
  "vulnerability-alerts": ["read", "none"],
};

const permissions = either("`read-all`, `write-all`, or a mapping from scope to level", {
  scalar: text(undefined, { oneOf: ["read-all", "write-all"] }),
  mapping: map((scope) => text(undefined, { oneOf: PERMISSION_LEVELS[scope] ?? ANY_LEVEL }), {
    wrongKey: (scope) =>
      Object.hasOwn(PERMISSION_LEVELS, scope) ? undefined : unknownName("no permission has this name"),
  }),
});

const defaults = (available?: at.Availability) =>
  record("defaults", {
    run: either("a mapping", {
      mapping: record("run-defaults", {
        shell: text(available, nonEmpty),
        "working-directory": text(available, nonEmpty),
      }),
      ...(available === undefined ? {} : { scalar: text(available) }),
    }),
  });

const concurrency = (available: at.Availability, options?: { readonly nonEmpty: boolean }) =>
  either("a group's name, or a mapping", {
    scalar: text(available, options),
    mapping: record(
      "concurrency",
      {
        group: text(available, nonEmpty),
        "cancel-in-progress": flag(available),
        queue: text(available, { oneOf: ["single", "max"] }),
      },
      { required: ["group"], available },
    ),
  });

// ── Jobs ────────────────────────────────────────────────────────────────────────────────────────────────────

const needs = texts(undefined, nonEmpty);

const strategy = record(
  "strategy",
  {
    matrix: map(
      (axis) =>
        axis === "include" || axis === "exclude"
          ? list(map(anything(at.STRATEGY), { available: at.STRATEGY }), at.STRATEGY)
          : list(anything(at.STRATEGY), at.STRATEGY),
      {
        available: at.STRATEGY,
        needs: "a matrix needs an axis, or an `include` that is not empty",
      },
    ),
    "fail-fast": flag(at.STRATEGY),
    "max-parallel": amount(at.STRATEGY),
  },
  { available: at.STRATEGY },
);

const common = {
  name: text(at.JOB),
  needs,
  if: condition(at.JOB_IF),
  permissions,
  concurrency: concurrency(at.JOB, nonEmpty),
  strategy,
};

const container = (service: boolean) =>
  either("an image, or a mapping", {
    scalar: text(at.JOB, service ? nonEmpty : undefined),
    mapping: record(
      "container",
      {
        image: text(at.JOB, nonEmpty),
        credentials: record(
          "registry-credentials",
          { username: text(at.REGISTRY_CREDENTIALS, nonEmpty), password: text(at.REGISTRY_CREDENTIALS, nonEmpty) },
          { available: at.REGISTRY_CREDENTIALS },
        ),
        env: map(text(at.JOB_OUTPUTS), { available: at.JOB_OUTPUTS }),
        ports: list(text(at.JOB, nonEmpty), at.JOB),
        volumes: list(text(at.JOB, nonEmpty), at.JOB),
        options: text(at.JOB),
        entrypoint: service ? text(at.JOB) : NOWHERE,
        command: service ? text(at.JOB) : NOWHERE,
      },
      { available: at.JOB },
    ),
  });

const STEPS_OR_CALL = "a job has `runs-on` and `steps`, or it `uses` a reusable workflow, not both";
const someLabel = { needs: "no label is named here: no runner could be chosen" };

const job = record(
  "job",
  {
    ...common,
    "runs-on": either("a label, a list of labels, or `group` and `labels`", {
      scalar: text(at.JOB, nonEmpty),
      sequence: list(text(at.JOB, nonEmpty), undefined, someLabel),
      mapping: record("runner-group", {
        group: text(at.JOB, nonEmpty),
        labels: texts(at.JOB, { ...nonEmpty, ...someLabel }),
      }),
    }),
    environment: either("a name, or a mapping", {
      scalar: text(at.JOB),
      mapping: record(
        "environment",
        { name: text(at.JOB), url: text(at.ENVIRONMENT_URL), deployment: flag(at.JOB) },
        { required: ["name"] },
      ),
    }),
    outputs: map(text(at.JOB_OUTPUTS)),
    env: map(text(at.JOB_ENV), { available: at.JOB_ENV }),
    defaults: defaults(at.JOB_DEFAULTS),
    "timeout-minutes": amount(at.JOB),
    "cancel-timeout-minutes": amount(at.JOB),
    "continue-on-error": flag(at.JOB),
    container: container(false),
    services: map(container(true), { available: at.JOB }),
    snapshot: either("an image's name, or a mapping", {
      scalar: text(undefined, nonEmpty),
      mapping: record(
        "snapshot",
        { "image-name": text(at.JOB, nonEmpty), version: text(at.JOB, nonEmpty), if: condition(at.JOB) },
        { required: ["image-name"] },
      ),
    }),
    "cache-mode": text(at.JOB),
    steps: jobStepsShape,
  },
  {
    required: ["runs-on"],
    foreignKey: (key) => (key === "uses" ? STEPS_OR_CALL : undefined),
  },
);

const callJob = record(
  "call-job",
  {
    ...common,
    uses: text(undefined, nonEmpty),
    with: map(anyScalar(at.JOB)),
    secrets: either("`inherit`, or a mapping", {
      scalar: text(undefined, { oneOf: ["inherit"] }),
      mapping: map(anyScalar(at.JOB_ENV)),
    }),
  },
  {
    required: ["uses"],
    // What the called workflow's own jobs say.
    foreignKey: (key) => {
      if (key === "runs-on" || key === "steps") return STEPS_OR_CALL;
      return job.fields.has(key)
        ? `a job that calls a workflow takes no \`${key}\`: write it in the called workflow`
        : undefined;
    },
  },
);

function wrongJobId(id: string): WrongKey | undefined {
  const message = wrongId(id);
  return message === undefined ? undefined : { code: "bad-id", severity: "error", message };
}

const anyJob = byFirstKey("a mapping with `runs-on` and `steps`, or with `uses`", [job, callJob], job);

/** The syntax of `.github/workflows/*.yml`. */
export const workflowShape: RecordShape = record(
  "workflow",
  {
    name: text(),
    description: text(),
    "run-name": text(at.RUN_NAME),
    on,
    permissions,
    env: map(text(at.WORKFLOW_ENV), { available: at.WORKFLOW_ENV }),
    defaults: defaults(),
    concurrency: concurrency(at.RUN_NAME),
    jobs: map(anyJob, { wrongKey: wrongJobId, needs: "a workflow needs at least one job" }),
  },
  { required: ["on", "jobs"] },
);
