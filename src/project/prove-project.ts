import { actionTable } from "../credentials/actions/action-table.ts";
import { KNOWN_ACTIONS } from "../credentials/actions/known-actions.ts";
import type { Proof, ProveRequest, ProveWorld } from "../prove/proof.ts";
import { proveWorkflow } from "../prove/prove-workflow.ts";
import type { Project } from "./project.ts";
import { workflowToProve } from "./workflow-to-prove.ts";

/** What somebody asks to be tried; what the workflow says, its file says. */
export type WorkflowTrial = Omit<ProveRequest, "workflow" | "predicted" | "folder">;

export type TrialWorld = Omit<ProveWorld, "catalog" | "actions">;

/** Finds a workflow of a project, analyses its pushes, and tries them. */
export async function proveProject(project: Project, asked: WorkflowTrial, world: TrialWorld): Promise<Proof> {
  const { catalog, ...found } = await workflowToProve(project, asked.path);
  return proveWorkflow({ ...asked, ...found }, { ...world, catalog, actions: actionTable(KNOWN_ACTIONS) });
}
