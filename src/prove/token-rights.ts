import type { FoundJob } from "./find-jobs.ts";
import type { TokenRights } from "./fake-credentials.ts";

/**
 * What the job's token may do: `contents` of its own repository, and nothing anywhere else (push-acceptance facts LT-008, PM-001, PM-003). Where
 * no `permissions` are given the repository's setting decides, which is not to be seen here: it is taken for the permissive one.
 */
export function jobRights({ job, workflow, call }: FoundJob, repository: string): TokenRights {
  // What is called may have less than its caller gives, and no more: docs.github.com, "Reuse workflows", permissions.
  const levels = [job.permissions ?? workflow.permissions];
  for (let at = call; at !== undefined; at = at.caller.call)
    levels.push(at.job.permissions ?? at.caller.workflow.permissions);
  const mayWrite = levels.every((permissions) => {
    if (permissions === undefined) return true;
    if (permissions.kind === "scalar") return permissions.text === "write-all";
    return permissions.entries.find(({ key }) => key.text === "contents")?.value.text === "write";
  });
  return { access: (name) => (sameName(name, repository) && mayWrite ? "write" : "read") };
}

/**
 * What an App's token may do: without inputs that say otherwise, it reaches the workflow's own repository; with an `owner` alone, all of
 * that owner's (fact LT-004).
 */
export function appRights(inputs: ReadonlyMap<string, string>, repository: string): TokenRights {
  const [own = ""] = repository.split("/");
  const owner = inputs.get("owner") || own;
  const names = (inputs.get("repositories") ?? inputs.get("repository") ?? "")
    .split(/[\s,]+/)
    .filter((name) => name !== "");
  const reached = names.map((name) => (name.includes("/") ? name : `${owner}/${name}`));
  const isReached = (name: string): boolean => {
    if (reached.length > 0) return reached.some((other) => sameName(name, other));
    return inputs.has("owner") ? sameName(name.split("/")[0] ?? "", owner) : sameName(name, repository);
  };
  return { access: (name) => (isReached(name) ? "write" : "read") };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
