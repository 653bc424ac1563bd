import { existsSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
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
  const { yaml, actions, ...found } = await workflowToProve(project, asked);
  const request = { ...asked, ...found };
  // What is wrong with the order is said before anything starts.
  chooseJobs(request);
  await checkGit(world.programs);
  return runTrial(writeOrder(request, { yaml, actions }, world), {
    ...world,
    keeps: await foldersToKeep(request.folder, world),
  });
}

/** The repository, the history that it borrows, flowkeep itself, and programs. */
async function foldersToKeep(folder: string, { program, programs }: TrialWorld): Promise<readonly string[]> {
  const local = await findLocalRepository(folder, programs);
  const own = program.filter((path) => isAbsolute(path)).flatMap((path) => [dirname(path), ...packagesOf(path)]);
  return [
    folder,
    ...(local === undefined ? [] : [local.top, local.commonDir]),
    ...own,
    ...programs.split(delimiter),
  ].filter((path) => existsSync(path));
}

/** The package that a program belongs to, and where Node looks for the packages that it imports: nodejs.org/api/modules.html. */
function packagesOf(program: string): readonly string[] {
  const found: string[] = [];
  let isInPackage = true;
  for (let folder = dirname(program); dirname(folder) !== folder; folder = dirname(folder)) {
    if (isInPackage && existsSync(join(folder, "package.json"))) {
      found.push(folder);
      isInPackage = false;
    }
    found.push(join(folder, "node_modules"));
  }
  return found;
}
