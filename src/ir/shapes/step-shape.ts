import * as at from "../availability.ts";
import type { Availability } from "../availability.ts";
import {
  amount,
  anyScalar,
  byFirstKey,
  condition,
  flag,
  list,
  map,
  NOWHERE,
  record,
  text,
  texts,
  type ListShape,
  type RecordShape,
} from "./shape.ts";

const nonEmpty = { nonEmpty: true } as const;

function actingSteps(available: Availability, inIf: Availability, inAction: boolean): readonly RecordShape[] {
  const acting = {
    ...labels(available),
    if: condition(inIf),
    env: map(text(available), { available }),
    "timeout-minutes": inAction ? NOWHERE : amount(available),
    background: inAction ? NOWHERE : flag(),
  } as const;
  return [
    record(
      "run-step",
      {
        ...acting,
        run: text(available),
        shell: text(available, inAction ? undefined : nonEmpty),
        "working-directory": text(available),
      },
      { madeBy: { key: "run", otherwise: "other-step" }, foreignKey: foreignTo("run") },
    ),
    record(
      "uses-step",
      { ...acting, uses: text(undefined, nonEmpty), with: map(text(available), { available }) },
      { madeBy: { key: "uses", otherwise: "other-step" }, foreignKey: foreignTo("uses") },
    ),
    record("other-step", {
      ...acting,
      shell: text(available, nonEmpty),
      "working-directory": text(available),
      with: map(text(available), { available }),
    }),
  ];
}

/** Steps that steer others. Only jobs have them. */
function steeringSteps(available: Availability): readonly RecordShape[] {
  const base = labels(available);
  return [
    record(
      "wait-step",
      { ...base, wait: texts(undefined, { ...nonEmpty, needs: "name at least one step to wait for" }) },
      { madeBy: { key: "wait", otherwise: "other-step" }, foreignKey: foreignTo("wait") },
    ),
    record(
      "wait-all-step",
      { ...base, "wait-all": anyScalar() },
      { madeBy: { key: "wait-all", otherwise: "other-step" }, foreignKey: foreignTo("wait-all") },
    ),
    record(
      "cancel-step",
      { ...base, cancel: text(undefined, nonEmpty) },
      { madeBy: { key: "cancel", otherwise: "other-step" }, foreignKey: foreignTo("cancel") },
    ),
  ];
}

const labels = (available: Availability) => ({
  id: text(undefined, nonEmpty),
  name: text(available),
  "continue-on-error": flag(available),
});

/** What makes a step. */
export const STEP_KEYS: readonly string[] = ["run", "uses", "wait", "wait-all", "cancel", "parallel"];
const COMPANIONS: Readonly<Record<string, string>> = { shell: "run", "working-directory": "run", with: "uses" };

/** Why a key cannot stand in a step that its keys before have made a `main` step. */
function foreignTo(main: string): (key: string) => string | undefined {
  return (key) => {
    if (STEP_KEYS.includes(key)) return `\`${key}\` cannot stand in a \`${main}\` step: a step does one thing`;
    const companion = COMPANIONS[key];
    return companion === undefined ? undefined : `\`${key}\` goes with \`${companion}\`, not with \`${main}\``;
  };
}

/** The steps of a job. */
export const jobStepsShape: ListShape = jobSteps();

function jobSteps(): ListShape {
  const [run, uses, other] = actingSteps(at.STEP, at.STEP_IF, false) as [RecordShape, RecordShape, RecordShape];
  const shapes: RecordShape[] = [run, uses, ...steeringSteps(at.STEP)];
  const step = byFirstKey(
    "a step: a mapping with `run`, `uses`, `wait`, `wait-all`, `cancel` or `parallel`",
    shapes,
    other,
  );
  // A step under `parallel` is a step again.
  shapes.push(
    record(
      "parallel-step",
      { parallel: list(step, undefined, { needs: "name at least one step to run" }) },
      { madeBy: { key: "parallel", otherwise: "other-step" } },
    ),
  );
  return list(step, undefined, { needs: "a job needs at least one step" });
}

/** The steps of a composite action. */
export const actionStepsShape: ListShape = actionSteps();

function actionSteps(): ListShape {
  const [run, uses, other] = actingSteps(at.ACTION_STEP, at.ACTION_STEP_IF, true) as [
    RecordShape,
    RecordShape,
    RecordShape,
  ];
  return list(byFirstKey("a step: a mapping with `run` or `uses`", [run, uses], other));
}
