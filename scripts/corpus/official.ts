import { FeatureFlags } from "@actions/expressions/features";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

/** What GitHub's own parser finds wrong with a workflow; nothing: it accepts it. */
export async function officialErrors(path: string, content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  if (value !== undefined) {
    // Without this flag it refuses keys that GitHub has had for long: `background`, `wait`, `cancel`.
    await convertWorkflowTemplate(context, value, undefined, { featureFlags: new FeatureFlags({ all: true }) });
  }
  return context.errors.getErrors().map(({ message }) => message);
}
