import type { Node } from "../ir/any-node.ts";
import type { Step } from "../ir/workflow.ts";
import { scalarsOf } from "../ir/walk.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import { describePush } from "./describe-push.ts";
import { given } from "./given.ts";
import type { GraphStep, Places } from "./graph-model.ts";

/** Longer texts are cut: a page is not where scripts are read. */
const MOST_CHARACTERS = 100;

export function describeStep(
  step: Step,
  index: number,
  pushes: readonly PushVerdict[],
  placesOf: (node: Node) => Places,
): GraphStep {
  const does = whatItDoes(step);
  const name = "name" in step ? step.name?.text : undefined;
  return {
    index,
    label: shorten(name || does),
    ...given("id", "id" in step ? step.id?.text : undefined),
    kind: KINDS[step.kind],
    ...given("does", name ? shorten(does) : undefined),
    ...given("if", "if" in step ? step.if?.text : undefined),
    places: placesOf(step),
    pushes: pushes.filter((push) => push.step === index).map(describePush),
    findings: [],
  };
}

const KINDS = {
  "run-step": "run",
  "uses-step": "uses",
  "wait-step": "wait",
  "wait-all-step": "wait",
  "cancel-step": "cancel",
  "parallel-step": "parallel",
  "other-step": "other",
} as const satisfies Record<Step["kind"], GraphStep["kind"]>;

function whatItDoes(step: Step): string {
  switch (step.kind) {
    case "run-step":
      return firstLine(step.run.text);
    case "uses-step":
      return step.uses.text;
    case "wait-step":
      return `wait for ${scalarsOf(step.wait)
        .map(({ text }) => text)
        .join(", ")}`;
    case "wait-all-step":
      return "wait for all";
    case "cancel-step":
      return `cancel ${step.cancel.text}`;
    case "parallel-step":
      return `${step.parallel.items.length} steps at the same time`;
    case "other-step":
      return "a step that GitHub does not know";
  }
}

/** The first line of a script that does something. */
function firstLine(script: string): string {
  const lines = script.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "" && !line.startsWith("#") && !/^set [-+]/.test(line)) ?? lines[0] ?? "";
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…` : text;
}
