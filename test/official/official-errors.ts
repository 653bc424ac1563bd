import { FeatureFlags } from "@actions/expressions/features";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { convertActionTemplate, getActionSchema, parseAction } from "@actions/workflow-parser/actions/index";
import { TemplateContext, TemplateValidationErrors } from "@actions/workflow-parser/templates/template-context";
import { getWorkflowSchema } from "@actions/workflow-parser/workflows/workflow-schema";

/** What GitHub's own parser has against a file. */
export interface OfficialError {
  /** Without the place. */
  readonly message: string;
  /** Counted from 1; undefined where the parser names no place. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/**
 * The errors that GitHub's parser (`@actions/workflow-parser`) finds in a workflow or, by its name, in an `action.yml`; none: it
 * would take the file. It checks the syntax, and which contexts and functions an expression may use where. It does not look into
 * called workflows, and does not know every key that GitHub has added since.
 *
 * Runs under vitest only: plain Node cannot import the package, whose modules import JSON without saying so.
 */
export async function officialErrors(path: string, text: string): Promise<readonly OfficialError[]> {
  const isAction = /(^|\/)action\.ya?ml$/.test(path);
  const schema = isAction ? getActionSchema() : getWorkflowSchema();
  const context = new TemplateContext(new TemplateValidationErrors(), schema, new NoOperationTraceWriter());
  // The reader of background steps looks for the flags here; the conversion's option comes too late for it.
  const featureFlags = new FeatureFlags({ all: true });
  context.state.featureFlags = featureFlags;
  const { value } = (isAction ? parseAction : parseWorkflow)({ name: path, content: text }, context);
  // The conversion adds what the schema cannot say: crons, ids, needs, background steps.
  if (value !== undefined && context.errors.count === 0) {
    if (isAction) convertActionTemplate(context, value);
    else await convertWorkflowTemplate(context, value, undefined, { featureFlags });
  }
  return context.errors.getErrors().map(({ rawMessage, range, message }) => {
    const [, line, column] = /\(Line: (\d+), Col: (\d+)\)/.exec(message) ?? [];
    return {
      message: rawMessage,
      line: range?.start.line ?? numberOf(line),
      column: range?.start.column ?? numberOf(column),
    };
  });
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
