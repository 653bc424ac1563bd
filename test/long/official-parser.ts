import { FeatureFlags } from "@actions/expressions/features";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { convertActionTemplate, getActionSchema, parseAction } from "@actions/workflow-parser/actions/index";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import { getWorkflowSchema } from "@actions/workflow-parser/workflows/workflow-schema";

/** Background steps and the like are known to it only with all flags set. */
const featureFlags = new FeatureFlags({ all: true });

/** What GitHub's own parser says is wrong, as `line:column message`. */
export async function officialErrors(kind: "workflow" | "action", content: string): Promise<readonly string[]> {
  const schema = kind === "workflow" ? getWorkflowSchema() : getActionSchema();
  const context = new TemplateContext(new TemplateValidationErrors(), schema, new NoOperationTraceWriter());
  context.state["featureFlags"] = featureFlags;
  const file = { name: `${kind}.yml`, content };
  const { value } = kind === "workflow" ? parseWorkflow(file, context) : parseAction(file, context);
  if (value !== undefined && kind === "workflow") {
    await convertWorkflowTemplate(context, value, undefined, { fetchReusableWorkflowDepth: 0, featureFlags });
  } else if (value !== undefined) {
    convertActionTemplate(context, value);
  }
  return context.errors.getErrors().map(({ range, rawMessage }) => {
    return `${range?.start.line ?? "?"}:${range?.start.column ?? "?"} ${rawMessage}`;
  });
}
