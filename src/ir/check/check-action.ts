import type { ActionFile, CompositeRuns } from "../action-file.ts";
import { checkId, checkShell, checkUses } from "./check-steps.ts";
import type { Report } from "../syntax-problem.ts";
import type { Step } from "../workflow.ts";

/** Runtimes that GitHub's runner knows or knew. Source: docs.github.com, "runs for JavaScript actions". */
const RUNTIMES = ["composite", "docker", "node12", "node16", "node20", "node24"];
/** Source: docs.github.com, "branding.color". */
const COLORS = ["white", "black", "yellow", "blue", "green", "orange", "red", "purple", "gray-dark"];

/** What an action's file must hold. */
export function checkAction(action: ActionFile, report: Report): void {
  // The runner asks for neither; the Marketplace does: actions/runner, src/Runner.Worker/action_yaml.json.
  for (const name of ["name", "description"] as const) {
    if (action[name] !== undefined || action.keys.some((key) => key.text === name)) continue;
    report("missing-key", `an action should have a \`${name}\``, action, [], "warning");
  }
  const using = action.runs?.using;
  if (using !== undefined && using.text !== "" && !RUNTIMES.includes(using.text)) {
    // A newer GitHub may have a newer Node.
    const severity = /^node\d+$/.test(using.text) ? "warning" : "error";
    report("bad-value", `\`${using.text}\` is none of ${RUNTIMES.join(", ")}`, using, ["runs", "using"], severity);
  }
  const color = action.branding?.color;
  if (color !== undefined && !COLORS.includes(color.text)) {
    report("bad-value", `\`${color.text}\` is none of ${COLORS.join(", ")}`, color, ["branding", "color"], "warning");
  }
  if (action.runs?.kind === "composite-runs") checkComposite(action.runs, report);
}

function checkComposite({ steps }: CompositeRuns, report: Report): void {
  const known = new Map<string, Step>();
  steps?.items.forEach((step, index) => {
    const path = ["runs", "steps", index];
    if (step.kind === "other-step" && !step.keys.some(({ text }) => text === "run" || text === "uses")) {
      report("bad-step", "a step of an action needs `run` or `uses`", step, path);
    }
    if (step.kind === "run-step" && !step.keys.some(({ text }) => text === "shell")) {
      report("missing-key", "a `run` step of an action needs a `shell`: no default reaches it", step, path);
    }
    if (step.kind === "run-step") checkShell(step.shell, [...path, "shell"], report);
    if (step.kind === "uses-step") checkUses(step, path, report);
    if ("id" in step && step.id !== undefined) checkId(step.id, step, known, [...path, "id"], report);
  });
}
