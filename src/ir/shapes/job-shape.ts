import * as at from "../availability.ts";
import { concurrencyShape, defaultsShape, permissionsShape } from "./settings-shape.ts";
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
  record,
  text,
  texts,
  type WrongKey,
} from "./shape.ts";
import { jobStepsShape } from "./step-shape.ts";
import { wrongId } from "../check/wrong-id.ts";

const nonEmpty = { nonEmpty: true } as const;

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
  permissions: permissionsShape,
  concurrency: concurrencyShape(at.JOB, nonEmpty),
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
    defaults: defaultsShape(at.JOB_DEFAULTS),
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

export function wrongJobId(id: string): WrongKey | undefined {
  const message = wrongId(id);
  return message === undefined ? undefined : { code: "bad-id", severity: "error", message };
}

/** A job of steps, or one that calls a workflow. */
export const jobShape = byFirstKey("a mapping with `runs-on` and `steps`, or with `uses`", [job, callJob], job);
