import { actionToIr, fileDefinition, workflowToIr } from "../../src/define/convert/to-ir.ts";
import { emitFile } from "../../src/emit/emit-file.ts";
import { job, run, workflow, type AnyJob } from "../../src/index.ts";

const nowhere: Parameters<typeof workflowToIr>[1] = { pathOf: () => undefined };

/** A definition as IR, with what only the definition knows beside it. */
export function convert(value: unknown, context = nowhere) {
  const definition = fileDefinition(value);
  if (definition?.is === "workflow") return workflowToIr(definition, context);
  if (definition?.is === "action") return actionToIr(definition, context);
  throw new Error("no workflow and no action");
}

/** The YAML below the header. */
export function yaml(value: unknown, context = nowhere): string {
  const { text } = emitFile(convert(value, context).node, { source: "workflows-src/x.ts" });
  return text.slice(text.indexOf("\n\n") + 2);
}

/** A workflow of these jobs. */
export function jobs(all: Record<string, AnyJob>) {
  return workflow({ on: { push: {} }, jobs: all });
}

/** The YAML of these steps, as the steps of a job. */
export function jobYaml(...steps: Parameters<typeof run>[0][]): string {
  const text = yaml(jobs({ a: job({ "runs-on": "x", steps: steps.map((step) => run(step)) }) }));
  return text.slice(text.indexOf("    steps:\n") + "    steps:\n".length);
}
