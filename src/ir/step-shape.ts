import type { Availability } from "./availability.ts";
import type { Value } from "./node.ts";
import {
  amount,
  condition,
  either,
  flag,
  list,
  map,
  record,
  text,
  texts,
  type EitherShape,
  type ListShape,
  type RecordShape,
} from "./shape.ts";

const nonEmpty = { nonEmpty: true } as const;

/**
 * The steps of a job or of a composite action.
 *
 * @param available what `run`, `with`, `env` and the like may use
 * @param inIf what `if` may use
 * @param inTimeout what `timeout-minutes` may use
 */
export function stepsShape(available: Availability, inIf: Availability, inTimeout: Availability): ListShape {
  const base = { id: text(undefined, nonEmpty), name: text(available), "continue-on-error": flag(available) };
  const acting = {
    ...base,
    if: condition(inIf),
    env: map(text(available), { available }),
    "timeout-minutes": amount(inTimeout),
    background: flag(),
  };
  const byKey: readonly (readonly [string, RecordShape])[] = [
    [
      "run",
      record("run-step", {
        ...acting,
        run: text(available),
        shell: text(available, nonEmpty),
        "working-directory": text(available),
      }),
    ],
    [
      "uses",
      record("uses-step", { ...acting, uses: text(undefined, nonEmpty), with: map(text(available), { available }) }),
    ],
    ["wait", record("wait-step", { ...base, wait: texts(undefined, nonEmpty) })],
    [
      "wait-all",
      record("wait-all-step", {
        ...base,
        "wait-all": either("nothing, or true", { scalar: { shape: "scalar", type: "any" } }),
      }),
    ],
    ["cancel", record("cancel-step", { ...base, cancel: text(undefined, nonEmpty) })],
  ];
  const other = record("other-step", base);
  const step: EitherShape = {
    shape: "either",
    expected: "a step: a mapping with `run`, `uses`, `wait`, `wait-all`, `cancel` or `parallel`",
    choose(value: Value) {
      if (value.kind !== "mapping") return undefined;
      const keys = new Set(value.entries.map((entry) => entry.key.text));
      if (keys.has("parallel")) return parallel;
      return byKey.find(([key]) => keys.has(key))?.[1] ?? other;
    },
  };
  const parallel = record("parallel-step", { parallel: list(step) });
  return list(step);
}
