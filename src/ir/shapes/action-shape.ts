import * as at from "../availability.ts";
import type { Value } from "../node.ts";
import {
  condition,
  either,
  flag,
  list,
  map,
  nothing,
  record,
  text,
  type EitherShape,
  type RecordShape,
} from "./shape.ts";
import { actionStepsShape } from "./step-shape.ts";

const nonEmpty = { nonEmpty: true } as const;
const orNothing = (shape: RecordShape) => either("a mapping", { scalar: nothing, mapping: shape });

const input = orNothing(
  record("action-input", {
    description: text(),
    required: flag(),
    default: text(at.ACTION_INPUT),
    deprecationMessage: text(),
    type: text(),
  }),
);
const output = orNothing(record("action-output", { description: text(), value: text(at.ACTION_OUTPUT) }));

const composite = record(
  "composite-runs",
  { using: text(undefined, nonEmpty), steps: actionStepsShape },
  { required: ["steps"] },
);
const docker = record(
  "docker-runs",
  {
    using: text(undefined, nonEmpty),
    image: text(undefined, nonEmpty),
    args: list(text(at.ACTION_ARGS)),
    env: map(text(at.ACTION_ARGS), { available: at.ACTION_ARGS }),
    entrypoint: text(undefined, nonEmpty),
    "pre-entrypoint": text(undefined, nonEmpty),
    "pre-if": condition(at.ACTION_RUNS_IF),
    "post-entrypoint": text(undefined, nonEmpty),
    "post-if": condition(at.ACTION_RUNS_IF),
  },
  { required: ["image"] },
);
const node = record(
  "node-runs",
  {
    using: text(undefined, nonEmpty),
    main: text(undefined, nonEmpty),
    pre: text(undefined, nonEmpty),
    "pre-if": condition(at.ACTION_RUNS_IF),
    post: text(undefined, nonEmpty),
    "post-if": condition(at.ACTION_RUNS_IF),
  },
  { required: ["using", "main"] },
);

const runs: EitherShape = {
  shape: "either",
  expected: "a mapping with `using`",
  choose(value: Value) {
    if (value.kind !== "mapping") return undefined;
    const using = value.entries.find((entry) => entry.key.text === "using")?.value;
    const name = using?.kind === "scalar" ? using.text.toLowerCase() : "";
    return name === "composite" ? composite : name === "docker" ? docker : node;
  },
};

/** The syntax of `action.yml`. */
export const actionShape: RecordShape = record(
  "action-file",
  {
    name: text(undefined, nonEmpty),
    author: text(),
    description: text(),
    inputs: either("a mapping", { scalar: nothing, mapping: map(input) }),
    outputs: either("a mapping", { scalar: nothing, mapping: map(output) }),
    runs,
    branding: record("branding", { icon: text(), color: text() }),
  },
  { required: ["runs"] },
);
