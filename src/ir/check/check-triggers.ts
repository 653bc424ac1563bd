import { hasExpression } from "../expression-text.ts";
import { checkFilters } from "./check-filters.ts";
import { fastestMinutes, wrongCron } from "./cron.ts";
import type { Scalar, Sequence } from "../node.ts";
import type { Path } from "../origin.ts";
import type { Report } from "../syntax-problem.ts";
import { scalarsOf } from "../walk.ts";
import type { Filters, InputDefinition, On, Schedule, Trigger } from "../workflow.ts";
import { NO_WORKFLOWS } from "../shapes/trigger-shape.ts";

/** What each event must say, and may not: filters, schedules, inputs. */
export function checkTriggers(on: On | undefined, report: Report): void {
  if (on?.kind !== "mapping") {
    for (const event of scalarsOf(on)) checkBare(event, report);
    return;
  }
  for (const { key, value } of on.entries) {
    const path = ["on", key.text];
    if (value.kind === "sequence") checkSchedules(value, path, report);
    else if (value.kind === "filters") {
      checkFilters(value, path, report);
      checkInputs(value, path, report);
    }
    if (key.text === "workflow_run" && !hasWorkflows(value)) report("missing-key", NO_WORKFLOWS, key, path);
    if (key.text === "workflow_dispatch" && value.kind === "filters") checkInputCount(value, path, report);
  }
}

/** An event without anything behind it. */
function checkBare(event: Scalar, report: Report): void {
  if (event.text === "workflow_run") report("missing-key", NO_WORKFLOWS, event, ["on"]);
  if (event.text !== "schedule") return;
  const message = "`schedule` names no times, so it starts nothing: write `schedule` with a list of `cron`s";
  report("missing-key", message, event, ["on"], "warning");
}

/** GitHub says of such a file: "`on.workflow_run` does not reference any workflows". */
function hasWorkflows(trigger: Trigger): boolean {
  return trigger.kind === "filters" && trigger.keys.some(({ text }) => text === "workflows");
}

/** Source: docs.github.com, "workflow_dispatch". There have been ten once, so there may be more one day. */
const MOST_INPUTS = 25;

function checkInputCount({ inputs }: Filters, path: Path, report: Report): void {
  if (inputs?.kind !== "mapping" || inputs.entries.length <= MOST_INPUTS) return;
  const message = `\`workflow_dispatch\` takes at most ${MOST_INPUTS} inputs, and these are ${inputs.entries.length}`;
  report("bad-value", message, inputs, [...path, "inputs"], "warning");
}

/** GitHub starts a schedule at most every five minutes: docs.github.com, "schedule". */
const FASTEST = 5;

function checkSchedules(schedules: Sequence<Schedule>, path: Path, report: Report): void {
  schedules.items.forEach(({ cron }, index) => {
    if (cron === undefined || cron.text === "") return;
    const at = [...path, index, "cron"];
    const wrong = wrongCron(cron.text);
    if (wrong !== undefined) report("bad-cron", wrong, cron, at);
    else if (fastestMinutes(cron.text) < FASTEST) {
      report("bad-cron", `GitHub starts a schedule at most every ${FASTEST} minutes`, cron, at, "warning");
    }
  });
}

function checkInputs({ inputs }: Filters, path: Path, report: Report): void {
  if (inputs?.kind !== "mapping") return;
  for (const { key, value } of inputs.entries) {
    if (value.kind !== "input-definition") continue;
    const at = [...path, "inputs", key.text];
    checkOptions(value, at, report);
    checkDefault(value, at, report);
  }
}

function checkOptions(input: InputDefinition, path: Path, report: Report): void {
  const type = input.type?.text ?? "string";
  // Options of another shape have been reported.
  const has = input.keys.some((key) => key.text === "options");
  if (type === "choice" && (has ? input.options?.items.length === 0 : true)) {
    report("bad-input", "an input of type `choice` needs `options`", input, path);
  }
  if (type !== "choice" && input.options !== undefined) {
    report("bad-input", `only an input of type \`choice\` has \`options\`; this one is a \`${type}\``, input, path);
  }
}

/** GitHub's server checks the default of a call's input. That of a dispatch's input only its published parser checks. */
function checkDefault({ type, options, default: value }: InputDefinition, path: Path, report: Report): void {
  if (value === undefined || value.value === null || hasExpression(value.text)) return;
  const wrong = wrongDefault(type?.text ?? "string", scalarsOf(options), value);
  const severity = path.includes("workflow_call") ? "error" : "warning";
  if (wrong !== undefined) report("bad-input", wrong, value, [...path, "default"], severity);
}

function wrongDefault(type: string, options: readonly Scalar[], { value, text, raw }: Scalar): string | undefined {
  switch (type) {
    case "boolean":
      return typeof value === "boolean"
        ? undefined
        : `the default of a boolean is true or false, without quotes; this is \`${text}\``;
    case "number":
      return typeof value === "number"
        ? undefined
        : `the default of a number is a number, without quotes; this is \`${text}\``;
    case "choice":
      return options.length === 0 || options.some((option) => option.text === text)
        ? undefined
        : `the default \`${text}\` is not among the options`;
    default:
      return raw === undefined || raw === text || typeof value === "string"
        ? undefined
        : `GitHub reads ${raw} as \`${text}\`: put it in quotes`;
  }
}
