import type { LocalRepository } from "./origin-repository.ts";
import type { ProveRequest } from "./proof.ts";
import { literalBranches } from "./trigger.ts";

/** The repository that the workflow is taken to belong to: as was said, or as the config says, else the first that it pushes to, else `octo/app`. */
export function chooseRepository({ repository, predicted, around }: ProveRequest): string {
  const targets = predicted.map(({ target }) => target.repository);
  return repository ?? around.repository ?? targets.find((target) => target !== null) ?? "octo/app";
}

/** Where nobody says it, the branch that the local repository takes for the default one, else one that is named in the workflow. */
export function chooseBranch(
  { workflow, predicted, around }: ProveRequest,
  repository: string,
  local: LocalRepository | undefined,
): string {
  if (around.defaultBranch !== undefined) return around.defaultBranch;
  const own =
    local?.name === undefined || local.name.toLowerCase() === repository.toLowerCase()
      ? local?.defaultBranch
      : undefined;
  const named = [
    ...literalBranches(workflow),
    ...predicted.map(({ target }) => target.ref?.replace(/^refs\/heads\//, "")),
  ];
  return named.find((name) => name !== undefined && USUAL_BRANCHES.has(name)) ?? own ?? "main";
}

const USUAL_BRANCHES: ReadonlySet<string> = new Set(["main", "master", "trunk", "develop", "dev"]);
