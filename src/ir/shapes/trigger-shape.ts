import * as at from "../availability.ts";
import { EVENTS, eventSyntax } from "../events.ts";
import {
  anyScalar,
  either,
  flag,
  list,
  map,
  NOWHERE,
  nothing,
  record,
  text,
  texts,
  unknownName,
  type RecordShape,
  type Shape,
} from "./shape.ts";

const nonEmpty = { nonEmpty: true } as const;

/** For `workflow_run`, wherever it says nothing of the workflows that it waits for. */
export const NO_WORKFLOWS =
  "`workflow_run` names no workflow: write `workflows` with the names of those that it follows";

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

/** What stands behind `on`. */
export const triggersShape = either("an event, a list of events, or a mapping", {
  scalar: eventName,
  sequence: list(eventName, undefined, someEvent),
  mapping: map((event) => (event === "schedule" ? schedule : event === "workflow_call" ? withCall : withFilters), {
    wrongKey: (event) =>
      eventSyntax(event) ? undefined : unknownName("no event has this name", event, Object.keys(EVENTS)),
    ...someEvent,
  }),
});
