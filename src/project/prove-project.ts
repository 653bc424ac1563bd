import { existsSync } from "node:fs";
import { delimiter, dirname, isAbsolute } from "node:path";
import type { ProveRequest } from "../prove/proof.ts";
import { checkGit } from "../prove/check-git.ts";
import { chooseJobs } from "../prove/choose-jobs.ts";
import { findLocalRepository } from "../prove/origin-repository.ts";
import { runTrial, type IsolatedProof, type TrialOptions } from "../prove/sandbox/run-trial.ts";
import { writeOrder, type TrialOrder } from "../prove/sandbox/trial-message.ts";
import type { Project } from "./project.ts";
import { workflowToProve } from "./workflow-to-prove.ts";

/** What somebody asks to be tried; what the workflow says, its file says. */
export type WorkflowTrial = Omit<ProveRequest, "workflow" | "predicted" | "folder" | "around">;

/** What a trial works with. */
export type TrialWorld = TrialOrder["world"] & Omit<TrialOptions, "keeps">;

/** Finds a workflow of a project, analyses its pushes, and tries them in a process of their own. */
export async function proveProject(project: Project, asked: WorkflowTrial, world: TrialWorld): Promise<IsolatedProof> {
  const { yaml, ...found } = await workflowToProve(project, asked);
  const request = { ...asked, ...found };
  // What is wrong with the order is said before anything starts.
  chooseJobs(request);
  await checkGit(world.programs);
  return runTrial(writeOrder(request, yaml, world), { ...world, keeps: await foldersToKeep(request.folder, world) });
}

/** The repository, the history that it borrows, flowkeep itself, and programs. */
async function foldersToKeep(folder: string, { program, programs }: TrialWorld): Promise<readonly string[]> {
  const local = await findLocalRepository(folder, programs);
  const own = program.filter((path) => isAbsolute(path)).map(dirname);
  return [
    folder,
    ...(local === undefined ? [] : [local.top, local.commonDir]),
    ...own,
    ...programs.split(delimiter),
  ].filter((path) => existsSync(path));
}
