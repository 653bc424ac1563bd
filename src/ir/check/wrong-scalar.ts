import type { Scalar, Value } from "../node.ts";
import type { ScalarShape } from "../shapes/shape.ts";
import { nearestName } from "../suggest.ts";

/** What is wrong with a scalar at a place of the syntax; undefined where it fits. */
export function wrongScalar(shape: ScalarShape, { value, text, raw }: Scalar): string | undefined {
  const found = value === null ? "nothing" : `\`${raw ?? text}\``;
  switch (shape.type) {
    case "any":
      return undefined;
    case "null":
      return value === null ? undefined : `expected nothing here, found ${found}`;
    case "boolean":
      return typeof value === "boolean" ? undefined : `expected true or false, found ${found}`;
    case "number":
      return typeof value === "number" ? undefined : `expected a number, found ${found}`;
    case "string":
      if (shape.oneOf !== undefined && !shape.oneOf.includes(text)) {
        const near = nearestName(text, shape.oneOf);
        const known = near === undefined ? shape.oneOf.join(", ") : "what GitHub knows here";
        return `\`${text}\` is none of ${known}${near === undefined ? "" : `; did you mean \`${near}\`?`}`;
      }
      return shape.nonEmpty && text === "" ? "expected a text, found nothing" : undefined;
  }
}

/** What is expected where the shape is. */
export function scalarName(shape: ScalarShape): string {
  return {
    string: "a text",
    boolean: "true or false",
    number: "a number",
    null: "nothing",
    any: "a text, number or boolean",
  }[shape.type];
}

/** What was found instead. */
export function describeValue(value: Value): string {
  if (value.kind === "sequence") return "a list";
  if (value.kind === "mapping") return "a mapping";
  return value.value === null ? "nothing" : `\`${value.raw ?? value.text}\``;
}
