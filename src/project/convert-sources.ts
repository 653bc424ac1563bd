import { actionToIr, workflowToIr, type Converted } from "../define/to-ir.ts";
import type { ActionDefinition, WorkflowDefinition } from "../define/model.ts";
import type { FileNode } from "../ir/any-node.ts";
import type { UserError } from "../ir/errors.ts";
import type { Source } from "../load/find-sources.ts";
import type { LoadResult } from "../load/load-sources.ts";
import type { DefinedSource } from "./pick-definitions.ts";

/** A source in the IR, before anything but its syntax was checked. */
export interface ConvertedSource extends Converted<FileNode> {
  readonly source: Source;
}

export interface ConvertedSources {
  readonly converted: readonly ConvertedSource[];
  readonly errors: readonly UserError[];
}

/** Turns definitions into the IR. One that fails does not hide the others. */
export function convertSources(defined: readonly DefinedSource[], load: Pick<LoadResult, "explain">): ConvertedSources {
  // By call: a comment around a definition makes another one of it.
  const paths = new Map(defined.map(({ source, definition }) => [definition.call, pathInUses(source)]));
  const context = { pathOf: ({ call }: WorkflowDefinition | ActionDefinition) => paths.get(call) };
  const converted: ConvertedSource[] = [];
  const errors: UserError[] = [];
  for (const { source, definition } of defined) {
    try {
      const built = definition.is === "workflow" ? workflowToIr(definition, context) : actionToIr(definition, context);
      converted.push({ source, ...built });
    } catch (thrown) {
      // Sources have functions that run only now: `steps: ({ matrix }) => …`.
      const error = load.explain(thrown);
      if (error === undefined) throw thrown;
      errors.push(error);
    }
  }
  return { converted, errors };
}

/** As `uses` names a file of the same repository: an action by its folder. */
function pathInUses({ output, kind }: Source): string {
  return `./${kind === "action" ? output.slice(0, output.lastIndexOf("/")) : output}`;
}
