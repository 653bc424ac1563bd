import { join } from "node:path";
import { pinUses } from "../actions/pin-uses.ts";
import { openCatalog, type Catalog } from "../actions/catalog.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import { emitFile } from "../emit/emit-file.ts";
import { ReadError, UsageError } from "../ir/errors.ts";
import { locate } from "../ir/span.ts";
import type { Workflow } from "../ir/workflow.ts";
import { filesToCheck } from "./files-to-check.ts";
import type { Project } from "./project.ts";
import { pushAnalysis } from "./push-analysis.ts";
import { repositoryOf } from "./repository-files.ts";

/** One workflow, and what is said of its pushes. */
export interface WorkflowToProve {
  /** As people know it: the source, or the YAML. */
  readonly path: string;
  readonly workflow: Workflow;
  /** The same as YAML. */
  readonly yaml: string;
  readonly predicted: readonly PushVerdict[];
  /** The folder of the repository that it belongs to. */
  readonly folder: string;
  readonly catalog: Catalog;
}

/**
 * Finds one workflow: a YAML file, or a source, which is compiled.
 *
 * @param path from the root, with `/`
 * @throws UsageError, ReadError
 */
export async function workflowToProve(project: Project, path: string): Promise<WorkflowToProve> {
  const { files, unreadable, compiled, isWanted } = await filesToCheck(project, { paths: [path], mayRun: true });
  const [broken] = unreadable;
  if (broken !== undefined) throw new ReadError(broken.message, broken.span);
  const [error] = compiled?.errors ?? [];
  if (error !== undefined) throw error;
  const file = files.find((candidate) => candidate.path === path && isWanted(candidate.path));
  if (file === undefined) throw new UsageError(`there is no workflow ${path}: name its YAML file or its source`);
  const problem = file.problems.find(({ severity }) => severity === "error");
  if (problem !== undefined) {
    const { at } = problem;
    const place = "startLine" in at ? at : "start" in at ? locate(at) : undefined;
    throw new ReadError(problem.message, place);
  }
  if (file.node?.kind !== "workflow") throw new UsageError(`${path} is an action, and only workflows can be tried`);
  const catalog = await openCatalog();
  const analysis = await pushAnalysis(project, compiled);
  const [text] = file.texts;
  const pinned = compiled === undefined ? file.node : pinUses(file.node, compiled.locked.lock, catalog).file;
  const folder = join(project.root, repositoryOf(project.root, path));
  const yaml = file.kind === "read" && text !== undefined ? text.text : emitFile(pinned, { source: path }).text;
  return { path, workflow: pinned, yaml, predicted: analysis.of(file).pushes, folder, catalog };
}
