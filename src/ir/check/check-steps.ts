import { checkCount } from "./check-count.ts";
import type { Scalar, Sequence } from "../node.ts";
import type { Path } from "../origin.ts";
import type { Report } from "../syntax-problem.ts";
import { STEP_KEYS } from "../shapes/step-shape.ts";
import { nearestName } from "../suggest.ts";
import { scalarsOf } from "../walk.ts";
import { wrongId } from "./wrong-id.ts";
import { wrongShell } from "./wrong-shell.ts";
import { wrongAction } from "./wrong-uses.ts";
import type { ParallelStep, Step, UsesStep } from "../workflow.ts";

/** The steps of a job: ids, what they wait for, what may run in parallel. */
export function checkSteps(steps: Sequence<Step>, path: Path, report: Report): void {
  const known = new Map<string, Step>();
  steps.items.forEach((step, index) => {
    const at = [...path, index];
    switch (step.kind) {
      case "other-step":
        // Where one of these keys is there, what is wrong with it has been reported.
        if (!step.keys.some((key) => STEP_KEYS.includes(key.text)))
          report("bad-step", `a step needs one of ${STEP_KEYS.map((key) => `\`${key}\``).join(", ")}`, step, at);
        break;
      case "wait-step":
        for (const target of scalarsOf(step.wait)) checkTarget(target, step.id, known, [...at, "wait"], report);
        break;
      case "cancel-step":
        checkTarget(step.cancel, step.id, known, [...at, "cancel"], report);
        break;
      case "wait-all-step":
        if (step.waitAll.value !== null && step.waitAll.value !== true)
          report("bad-value", "`wait-all` is true or nothing; leave the step out if it should not wait", step.waitAll, [
            ...at,
            "wait-all",
          ]);
        break;
      case "parallel-step":
        checkParallel(step, [...at, "parallel"], report);
        break;
      case "run-step":
        checkShell(step.shell, [...at, "shell"], report);
        checkCount(step.timeoutMinutes, [...at, "timeout-minutes"], report);
        break;
      case "uses-step":
        checkUses(step, at, report);
        checkCount(step.timeoutMinutes, [...at, "timeout-minutes"], report);
        break;
      default:
        // Not a step at all: that has been reported.
        return;
    }
    if (step.kind !== "parallel-step" && step.id !== undefined) checkId(step.id, step, known, [...at, "id"], report);
  });
}

/** Whether GitHub can look for the action. */
export function checkUses({ uses }: UsesStep, path: Path, report: Report): void {
  const wrong = wrongAction(uses.text);
  if (wrong !== undefined) report("bad-uses", wrong, uses, [...path, "uses"]);
}

/** Whether a runner can start the shell. GitHub takes the file, and the step fails. */
export function checkShell(shell: Scalar | undefined, path: Path, report: Report): void {
  const wrong = shell && wrongShell(shell.text);
  if (shell !== undefined && wrong !== undefined) report("bad-shell", wrong, shell, path, "warning");
}

/** Ids are unique in a list of steps, without regard to case: GitHub's server. */
export function checkId(id: Scalar, step: Step, known: Map<string, Step>, path: Path, report: Report): void {
  const wrong = id.text === "" ? undefined : wrongId(id.text);
  if (wrong !== undefined) report("bad-id", `\`${id.text}\`: ${wrong}`, id, path);
  else if (known.has(id.text.toLowerCase()))
    report("duplicate-id", `another step above has the id \`${id.text}\`: give this one another`, id, path);
  else known.set(id.text.toLowerCase(), step);
}

function checkTarget(
  target: Scalar,
  own: Scalar | undefined,
  known: ReadonlyMap<string, Step>,
  path: Path,
  report: Report,
): void {
  const id = target.text;
  const step = known.get(id.toLowerCase());
  if (own !== undefined && own.text.toLowerCase() === id.toLowerCase()) {
    report("unknown-step", "a step cannot wait for itself or cancel itself", target, path);
  } else if (step === undefined) {
    const near = nearestName(id, known.keys());
    const hint = near === undefined ? "" : `; did you mean \`${near}\`?`;
    report("unknown-step", `no step above has the id \`${id}\`${hint}`, target, path);
  } else if (!("background" in step) || (step.background?.value ?? false) === false) {
    report(
      "unknown-step",
      `the step \`${id}\` does not run in the background: it has ended here`,
      target,
      path,
      "warning",
    );
  }
}

function checkParallel(step: ParallelStep, path: Path, report: Report): void {
  checkSteps(step.parallel, path, report);
  const refuse = (what: string, index: number) =>
    report("bad-step", `no step under \`parallel\` may have \`${what}\``, step.parallel.items[index] ?? step, [
      ...path,
      index,
    ]);
  step.parallel.items.forEach((inner, index) => {
    if ((inner.kind === "run-step" || inner.kind === "uses-step") && inner.background) refuse("background", index);
    if (inner.kind === "wait-step") refuse("wait", index);
    if (inner.kind === "wait-all-step") refuse("wait-all", index);
    if (inner.kind === "cancel-step") refuse("cancel", index);
    if (inner.kind === "parallel-step") refuse("parallel", index);
  });
}
