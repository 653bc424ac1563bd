import type { ConvertContext } from "../../define/convert/convert-steps.ts";
import type { ReportThrown } from "../../define/convert/convert-value.ts";
import { actionToIr, workflowToIr, type Converted } from "../../define/convert/to-ir.ts";
import type { ActionDefinition, WorkflowDefinition } from "../../define/model.ts";
import type { FileNode } from "../../ir/any-node.ts";
import { DefinitionError, type UserError } from "../../ir/errors.ts";
import type { BuilderCall } from "../../ir/origin.ts";
import type { Source } from "../../load/find-sources.ts";
import type { LoadResult } from "../../load/load-sources.ts";
import { pointAt } from "../../load/source-errors.ts";
import type { SourceObserver } from "../../load/source-observer.ts";
import type { DefinedSource } from "./pick-definitions.ts";

/** A source in the IR, before anything but its syntax was checked. */
export interface ConvertedSource extends Converted<FileNode> {
  readonly source: Source;
}

export interface ConvertedSources {
  readonly converted: readonly ConvertedSource[];
  readonly errors: readonly UserError[];
}

/** Turns definitions into the IR. One that fails does not hide the others, and of one all that is wrong is told. */
export function convertSources(
  defined: readonly DefinedSource[],
  load: Pick<LoadResult, "explain" | "failed" | "mapPlace">,
  observer?: SourceObserver,
): ConvertedSources {
  // By call: a comment around a definition makes another one of it.
  const paths = new Map(defined.map(({ source, definition }) => [definition.call, pathInUses(source)]));
  const pathOf = ({ call }: WorkflowDefinition | ActionDefinition) => paths.get(call);
  // What stands there in the place of a mistake is for nobody to look at.
  const mistaken = new Set(load.failed.map(({ file }) => file));
  const converted: ConvertedSource[] = [];
  const errors: UserError[] = [];
  for (const { source, definition } of defined) {
    // Sources have functions that run only now: `steps: ({ matrix }) => …`.
    observer?.running({ file: source.file, explain: load.explain });
    const wrong: UserError[] = [];
    const report = (thrown: unknown, call: BuilderCall | undefined): void => {
      const error = load.explain(thrown);
      if (error === undefined) throw thrown;
      wrong.push(error.location === undefined ? atCall(error, call, source, load) : error);
    };
    const built = convertSource(definition, { pathOf, report });
    if (built !== undefined && wrong.length === 0 && !mistaken.has(source.file)) converted.push({ source, ...built });
    errors.push(...wrong);
  }
  return { converted, errors };
}

/** Undefined where nothing can be made of it: then that has been reported. */
function convertSource(
  definition: WorkflowDefinition | ActionDefinition,
  context: ConvertContext & { readonly report: ReportThrown },
): Converted<FileNode> | undefined {
  try {
    return definition.is === "workflow" ? workflowToIr(definition, context) : actionToIr(definition, context);
  } catch (thrown) {
    context.report(thrown, definition.call);
    return undefined;
  }
}

/** An error that knows no place of its own, at the builder call around it. */
function atCall(
  { message }: UserError,
  call: BuilderCall | undefined,
  { file }: Source,
  { mapPlace }: Pick<LoadResult, "mapPlace">,
): DefinitionError {
  const place = call?.place();
  return new DefinitionError(message, pointAt(place === undefined ? { file } : mapPlace(place)));
}

/** As `uses` names a file of the same repository: an action by its folder. */
function pathInUses({ output, kind }: Source): string {
  return `./${kind === "action" ? output.slice(0, output.lastIndexOf("/")) : output}`;
}
