import type { ActionFile } from "../../ir/action-file.ts";
import { actionFromValue, workflowFromValue, type Built } from "../../ir/from-value.ts";
import type { Origin } from "../../ir/origin.ts";
import type { Workflow } from "../../ir/workflow.ts";
import { FileConverter } from "./convert-file.ts";
import type { ConvertContext } from "./convert-steps.ts";
import {
  commentOn,
  definitionOf,
  type ActionDefinition,
  type PlacedComment,
  type StepIntent,
  type WorkflowDefinition,
} from "../model.ts";

/** A definition in the IR, and what only the definition knows. */
export interface Converted<T> extends Built<T> {
  /** By the step's origin. */
  readonly intents: ReadonlyMap<Origin, StepIntent>;
}

function commentsOn(value: unknown): readonly PlacedComment[] {
  const comments: PlacedComment[] = [];
  for (let around = commentOn(value); around !== undefined; around = commentOn(around.node))
    comments.push(around.comment);
  return comments;
}

/** Whether a source's default export is a workflow or an action; then what it is. */
export function fileDefinition(value: unknown): WorkflowDefinition | ActionDefinition | undefined {
  const definition = definitionOf(value);
  if (definition?.is !== "workflow" && definition?.is !== "action") return undefined;
  const comments = commentsOn(value);
  return comments.length === 0 ? definition : { ...definition, comments };
}

/**
 * Turns a workflow's definition into the IR.
 *
 * @throws DefinitionError where a value cannot stand in a workflow, a handle is used where it has no meaning, or a script holds
 * text that an outsider chooses; with `report` only where nothing can be made of the whole
 */
export function workflowToIr(definition: WorkflowDefinition, context: ConvertContext): Converted<Workflow> {
  const converter = new FileConverter(context);
  return { ...workflowFromValue(converter.workflow(definition)), intents: converter.intents };
}

/** Turns a composite action's definition into the IR. Throws as `workflowToIr` does. */
export function actionToIr(definition: ActionDefinition, context: ConvertContext): Converted<ActionFile> {
  const converter = new FileConverter(context);
  return { ...actionFromValue(converter.action(definition)), intents: converter.intents };
}
