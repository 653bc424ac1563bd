import type { Permissions, Workflow } from "../../ir/workflow.ts";
import type { AnalyzeOptions } from "../analyze-options.ts";
import type { Start } from "../conditions/starts.ts";
import type { Symbols, Text } from "../text.ts";

/** A workflow as it runs: by itself, or called by another. */
export interface WorkflowRun {
  readonly workflow: Workflow;
  readonly options: AnalyzeOptions;
  readonly caller: Caller | undefined;
  /** The ways in which the events of the outermost workflow start it. */
  readonly starts: readonly Start[];
}

/** What a reusable workflow's caller gives it. */
export interface Caller {
  readonly inputs: ReadonlyMap<string, Text>;
  /** Undefined: its secrets have their own names. */
  readonly secrets: ReadonlyMap<string, Text> | undefined;
  /** Those of the texts above. */
  readonly symbols: Symbols;
  /** In front of a job's name. */
  readonly prefix: string;
  /** Of the calling job: what its token may. */
  readonly permissions: Permissions | undefined;
  readonly depth: number;
}
