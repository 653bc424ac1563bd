import type { Config } from "../../define/define-config.ts";
import { DefinitionError, type UserError } from "../../ir/errors.ts";
import { sourceFile, type SourceFile } from "../../ir/span.ts";
import { SOURCES_FOLDER } from "../../load/find-sources.ts";
import type { LoadResult } from "../../load/load-sources.ts";
import { pointAt } from "../../load/source-errors.ts";
import { takeStrays } from "../../load/source-observer.ts";
import type { Finding } from "../../report/finding.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import { moduleToCheck, sourceToCheck } from "./check-source.ts";
import { convertSources, type ConvertedSource } from "./convert-sources.ts";
import { explainCircles } from "./explain-circles.ts";
import { layoutRemarks } from "./layout-remarks.ts";
import { lockActions, type LockedActions } from "../actions/lock-actions.ts";
import { findNestedDefinitions } from "./nested-definitions.ts";
import { pickDefinitions } from "./pick-definitions.ts";
import type { Project } from "../project.ts";
import { readConfig } from "../config/read-config.ts";
import { readText } from "../read-text.ts";
import { runSources, type RanSources } from "./run-sources.ts";

/** A project's sources in the IR, with all that is known of them before the rules look. */
export interface CompiledSources {
  readonly converted: readonly ConvertedSource[];
  /** The same, for rules; and the modules that they import. */
  readonly files: readonly CheckedFile[];
  readonly locked: LockedActions;
  readonly load: LoadResult;
  readonly config: Config;
  readonly configFile: string | undefined;
  /** What kept a source from being compiled, and what is wrong with the project's other files. */
  readonly errors: readonly UserError[];
  /** What is told of the project as a whole. */
  readonly remarks: readonly Finding[];
}

/**
 * Runs `workflows-src/` and the config: sources → definitions → IR.
 *
 * @param ran the sources, where they have been started already
 */
export async function compileSources(
  project: Project,
  ran: Promise<RanSources> = runSources(project),
): Promise<CompiledSources> {
  const { root } = project;
  const { found, configFile, scripts, load } = await ran;
  const { config, errors: misconfigured } = await readConfig(root, configFile, load);
  const { defined, errors: undefinable } = pickDefinitions(found.sources, load);
  const { converted, errors: unconvertible } = convertSources(defined, load, project.observer);
  const nested = await findNestedDefinitions(root, found.nested, load.imports);
  const locked = await lockActions(root, converted, config);
  const errors = [
    ...found.errors,
    ...explainCircles(
      load.failed.flatMap((source) => source.errors),
      load.imports,
    ),
    ...misconfigured,
    ...undefinable,
    ...explainCircles(unconvertible, load.imports),
    ...nested,
    ...locked.errors,
    ...takeStrays(project, scripts, load.explain),
  ];
  if (errors.length === 0 && converted.length === 0) errors.push(onlyHelpers());
  const texts = await readTexts(root, load.imports.keys());
  const own = new Set(converted.map(({ source }) => source.file));
  const modules = [...texts.values()].filter(({ path }) => !own.has(path));
  return {
    converted,
    files: [
      ...converted.map((source) => sourceToCheck(source, texts.get(source.source.file))),
      ...modules.map(moduleToCheck),
    ],
    locked,
    load,
    config,
    configFile,
    errors,
    remarks: [...locked.remarks, ...(await layoutRemarks(project, found))],
  };
}

function onlyHelpers(): DefinitionError {
  const message = `no file in ${SOURCES_FOLDER}/ has a workflow or an action as its default export: write \`export default workflow({ … })\` in one`;
  return new DefinitionError(message, pointAt({ file: SOURCES_FOLDER }));
}

async function readTexts(root: string, files: Iterable<string>): Promise<ReadonlyMap<string, SourceFile>> {
  const read = await Promise.all(
    [...files].map(async (path) => {
      const text = await readText(root, path);
      return text === undefined ? [] : [[path, sourceFile(path, text)] as const];
    }),
  );
  return new Map(read.flat());
}
