import { existsSync } from "node:fs";
import { join } from "node:path";
import { pinUses } from "../actions/pin-uses.ts";
import { openCatalog, type Catalog } from "../actions/catalog.ts";
import type { PushVerdict } from "../credentials/verdicts.ts";
import type { Surroundings } from "../consequences/consequences.ts";
import { emitFile } from "../emit/emit-file.ts";
import type { PushIntent } from "../define/model.ts";
import type { PushAction } from "../define/push/push-action.ts";
import { ReadError, UsageError } from "../ir/errors.ts";
import { locate } from "../ir/span.ts";
import type { Workflow } from "../ir/workflow.ts";
import { SOURCES_FOLDER } from "../load/find-sources.ts";
import type { CheckedFile } from "../rules/checked-file.ts";
import { filesToCheck } from "./lint/files-to-check.ts";
import type { Project } from "./project.ts";
import { pushAnalysis } from "./pushes/push-analysis.ts";
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
  readonly around: Surroundings;
  readonly catalog: Catalog;
  /** What the config says of actions. */
  readonly actions: readonly PushAction[];
  /** What `push({ as })` says of a step; undefined where it is no such step. */
  readonly intentOf: (push: Pick<PushVerdict, "job" | "step">) => PushIntent | undefined;
}

/**
 * Finds one workflow: a YAML file, or a source, which is compiled.
 *
 * @param asked the file's path from the root, with `/`; the repository that it is taken to belong to
 * @throws UsageError, ReadError
 */
export async function workflowToProve(
  project: Project,
  { path, repository }: { readonly path: string; readonly repository?: string | undefined },
): Promise<WorkflowToProve> {
  if (!existsSync(join(project.root, path))) throw noSuchFile(project.root, path);
  const { files, unreadable, compiled, configured, isWanted } = await filesToCheck(project, {
    paths: [path],
    mayRun: true,
  });
  const [broken] = unreadable;
  if (broken !== undefined) throw new ReadError(broken.message, broken.span);
  const config = repository === undefined ? configured.config : { ...configured.config, repository };
  const analysis = await pushAnalysis(project, compiled, { ...configured, config });
  const [error] = [...(compiled?.errors ?? []), ...configured.errors, ...analysis.errors];
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
  const [text] = file.texts;
  const pinned = compiled === undefined ? file.node : pinUses(file.node, compiled.locked.lock);
  const folder = join(project.root, repositoryOf(project.root, path));
  const yaml = file.kind === "read" && text !== undefined ? text.text : emitFile(pinned, { source: path }).text;
  return {
    path,
    workflow: pinned,
    yaml,
    predicted: analysis.of(file).pushes,
    folder,
    catalog,
    actions: config.pushActions ?? [],
    around: analysis.surroundings(path),
    intentOf: (push) => findIntent(file, push),
  };
}

/** People write a workflow's name as `pushes` prints it: `release`, `release.yml`. */
function noSuchFile(root: string, path: string): UsageError {
  const names = /\.ya?ml$/.test(path) ? [path] : [`${path}.yml`, `${path}.yaml`];
  const meant = [...names.map((name) => `.github/workflows/${name}`), `${SOURCES_FOLDER}/${path}.ts`].filter((file) =>
    existsSync(join(root, file)),
  );
  const hint = meant.length > 0 ? `write ${meant.join(" or ")}` : "name its YAML file or its source";
  return new UsageError(`there is no file ${path}: ${hint}`);
}

function findIntent(
  { node, intents }: CheckedFile,
  { job, step }: Pick<PushVerdict, "job" | "step">,
): PushIntent | undefined {
  const found = node?.kind === "workflow" ? node.jobs?.entries.find(({ key }) => key.text === job)?.value : undefined;
  const origin = found?.kind === "job" ? found.steps?.items[step]?.origin : undefined;
  const intent = origin && intents.get(origin);
  return intent?.kind === "push" ? intent : undefined;
}
