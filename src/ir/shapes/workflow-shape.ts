import * as at from "../availability.ts";
import { jobShape, wrongJobId } from "./job-shape.ts";
import { concurrencyShape, defaultsShape, permissionsShape } from "./settings-shape.ts";
import { map, record, text, type RecordShape } from "./shape.ts";
import { triggersShape } from "./trigger-shape.ts";

/** The syntax of `.github/workflows/*.yml`. */
export const workflowShape: RecordShape = record(
  "workflow",
  {
    name: text(),
    description: text(),
    "run-name": text(at.RUN_NAME),
    on: triggersShape,
    permissions: permissionsShape,
    env: map(text(at.WORKFLOW_ENV), { available: at.WORKFLOW_ENV }),
    defaults: defaultsShape(),
    concurrency: concurrencyShape(at.RUN_NAME),
    jobs: map(jobShape, { wrongKey: wrongJobId, needs: "a workflow needs at least one job" }),
  },
  { required: ["on", "jobs"] },
);
