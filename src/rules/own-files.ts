import type { Workflow } from "../ir/workflow.ts";
import type { CheckedFile } from "./checked-file.ts";

/** What is known of the repository that a workflow or an action belongs to. Paths are from its root, with `/`. */
export interface OwnFiles {
  /** Whether there is a file or folder; undefined where nobody can know. */
  readonly hasFile: (file: CheckedFile, path: string) => boolean | undefined;
  /** The workflow in a file; undefined where it is none, or cannot be read. */
  readonly workflowAt: (file: CheckedFile, path: string) => Workflow | undefined;
  /** The repository's workflows that may start on an event, by path; none where nobody can know. */
  readonly workflowsOn: (file: CheckedFile, event: string) => ReadonlyMap<string, Workflow>;
}

export const nothingKnown: OwnFiles = {
  hasFile: () => undefined,
  workflowAt: () => undefined,
  workflowsOn: () => new Map(),
};
