import { FeatureFlags } from "@actions/expressions/features";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { convertActionTemplate, getActionSchema, parseAction } from "@actions/workflow-parser/actions/index";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import { getWorkflowSchema } from "@actions/workflow-parser/workflows/workflow-schema";
import { isActionName } from "../action-name.ts";

/** What GitHub's published parser has against a file. Lines and columns count from 1. */
export interface OfficialError {
  /** Without the place. */
  readonly message: string;
  /** Undefined where the parser names no place. */
  readonly start: { readonly line: number; readonly column: number } | undefined;
  readonly end: { readonly line: number; readonly column: number } | undefined;
}

/**
 * The errors that GitHub's parser, `@actions/workflow-parser`, finds; none: it would take the file. It does not look into called
 * workflows, and has no limits: whoever calls it has made sure that aliases do not make too much of the file.
 *
 * Imported lazily, and bundled: plain Node cannot import the package, whose modules import JSON without saying so.
 */
export async function officialErrors(
  path: string,
  text: string,
  isAction = isActionName(path),
): Promise<readonly OfficialError[]> {
  const schema = isAction ? getActionSchema() : getWorkflowSchema();
  const context = new TemplateContext(new TemplateValidationErrors(), schema, new NoOperationTraceWriter());
  // Background steps and the like are known to it only with all flags set; its reader looks for them here, its converter below.
  const featureFlags = new FeatureFlags({ all: true });
  context.state["featureFlags"] = featureFlags;
  const { value } = (isAction ? parseAction : parseWorkflow)({ name: path, content: text }, context);
  // The conversion adds what the schema cannot say: crons, ids, needs, background steps.
  if (value !== undefined && context.errors.count === 0) {
    if (isAction) convertActionTemplate(context, value);
    else await convertWorkflowTemplate(context, value, undefined, { fetchReusableWorkflowDepth: 0, featureFlags });
  }
  return context.errors.getErrors().map(({ rawMessage, range, message }) => {
    const [, line, column] = /\(Line: (\d+), Col: (\d+)\)/.exec(message) ?? [];
    const named = line === undefined ? undefined : { line: Number(line), column: Number(column) };
    return { message: rawMessage, start: range?.start ?? named, end: range?.end };
  });
}
