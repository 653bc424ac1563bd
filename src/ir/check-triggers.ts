import { hasExpression } from "./expression-text.ts";
import { fastestMinutes, wrongCron } from "./cron.ts";
import type { Sequence } from "./node.ts";
import type { Path } from "./origin.ts";
import type { Report } from "./syntax-problem.ts";
import type { Filters, InputDefinition, On, Schedule } from "./workflow.ts";

/** Schedules and inputs. */
export function checkTriggers(on: On | undefined, report: Report): void {
  if (on?.kind !== "mapping") return;
  for (const { key, value } of on.entries) {
    const path = ["on", key.text];
    if (value.kind === "sequence") checkSchedules(value, path, report);
    else if (value.kind === "filters") checkInputs(value, path, report);
  }
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
    if (value.kind === "input-definition") checkInput(value, [...path, "inputs", key.text], report);
  }
}

function checkInput(input: InputDefinition, path: Path, report: Report): void {
  const type = input.type?.text ?? "string";
  const options = input.options?.items;
  if (type === "choice" && (options?.length ?? 0) === 0) {
    report("bad-input", "an input of type `choice` needs `options`", input, path);
  }
  if (type !== "choice" && input.options !== undefined) {
    report("bad-input", `only an input of type \`choice\` has \`options\`; this one is a \`${type}\``, input, path);
  }
  const value = input.default;
  if (value === undefined || hasExpression(value.text)) return;
  const at = [...path, "default"];
  // GitHub's own parser refuses what is another type; GitHub itself turns it into the text that it offers.
  if (type === "choice" && options?.length && !options.some(({ text }) => text === value.text)) {
    report("bad-input", `the default \`${value.text}\` is not among the options`, value, at, "warning");
  } else if (type === "boolean" && typeof value.value !== "boolean") {
    report(
      "bad-input",
      `the default of a boolean is true or false, without quotes; this is \`${value.text}\``,
      value,
      at,
      "warning",
    );
  } else if (type === "number" && value.value !== null && !Number.isFinite(Number(value.text))) {
    report("bad-input", `the default of a number is a number; this is \`${value.text}\``, value, at, "warning");
  } else if ((type === "string" || type === "environment") && typeof value.value !== "string" && value.value !== null) {
    const raw = value.raw ?? value.text;
    report(
      "bad-input",
      `the default of a text wants quotes: GitHub reads ${raw} as \`${value.text}\``,
      value,
      at,
      "warning",
    );
  }
}
