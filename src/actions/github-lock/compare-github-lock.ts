import type { Path } from "../../ir/origin.ts";
import type { GithubLock } from "./github-lock.ts";
import { sameSet } from "./edit-github-lock.ts";

/** Where GitHub's lock is not what it should be. */
export interface GithubLockProblem {
  readonly code: "pin-not-locked" | "missing-lock-entry" | "unused-action";
  /** A sentence. */
  readonly message: string;
  /** In GitHub's lock; a key, where nothing of it is wrong but that it is there. */
  readonly path: Path;
  readonly isKey?: boolean;
  /** The workflow and the pin that it has no entry for: they stand elsewhere. */
  readonly missing?: { readonly workflow: string; readonly pin?: string };
}

/** Compares GitHub's lock as it is with what it should be. `workflowsOf` are the lists that are known: of sources, and of YAML. */
export function compareGithubLock(
  now: GithubLock,
  should: GithubLock,
  workflowsOf: ReadonlyMap<string, readonly string[]>,
): readonly GithubLockProblem[] {
  return [...compareWorkflows(now, workflowsOf), ...compareDependencies(now, should)];
}

function* compareWorkflows(
  now: GithubLock,
  known: ReadonlyMap<string, readonly string[]>,
): Generator<GithubLockProblem> {
  for (const [workflow, pins] of known) {
    const listed = now.workflows.get(workflow);
    if (listed === undefined) {
      const message = `GitHub's lock has no entry for ${workflow}, so GitHub takes whatever its refs stand for`;
      yield { code: "missing-lock-entry", message, path: ["workflows"], missing: { workflow } };
      continue;
    }
    for (const pin of pins) {
      if (listed.includes(pin)) continue;
      const message = `GitHub's lock does not list ${pin} for ${workflow}, and GitHub refuses to run a workflow that uses what is not listed`;
      yield { code: "missing-lock-entry", message, path: ["workflows", workflow], missing: { workflow, pin } };
    }
    for (const [at, pin] of listed.entries()) {
      if (pins.includes(pin)) continue;
      const message = `${workflow} does not use ${pin}`;
      yield { code: "unused-action", message, path: ["workflows", workflow, at] };
    }
  }
  for (const workflow of now.workflows.keys()) {
    if (known.has(workflow)) continue;
    const message = `there is no ${workflow}, or GitHub's lock cannot have it`;
    yield { code: "unused-action", message, path: ["workflows", workflow], isKey: true };
  }
}

function* compareDependencies(now: GithubLock, should: GithubLock): Generator<GithubLockProblem> {
  for (const [pin, want] of should.dependencies) {
    const found = now.dependencies.get(pin);
    const path = ["dependencies", pin];
    if (found === undefined) {
      const message = `GitHub's lock has no entry for ${pin}, which is used`;
      yield { code: "missing-lock-entry", message, path: ["dependencies"] };
      continue;
    }
    if (found.commit !== want.commit) {
      const message = `GitHub's lock has ${pin} at ${found.commit}, and by the lock of flowkeep it is ${want.commit}: if a bot raised it, run \`npx flowkeep actions sync\`; else run \`npx flowkeep gen\``;
      yield { code: "pin-not-locked", message, path: [...path, "commit"] };
    }
    for (const key of ["ref", "owner_id", "repo_id"] as const) {
      if (found[key] === want[key]) continue;
      const message = `\`${key}\` of ${pin} is ${found[key]}, and should be ${want[key]}${key === "ref" ? "" : ": another repository may have got the name"}`;
      yield { code: "pin-not-locked", message, path: [...path, key] };
    }
    if (!sameSet(found.uses, want.uses)) {
      const message = `${pin} uses ${want.uses.join(", ") || "nothing in turn"}, and GitHub's lock says ${found.uses.join(", ") || "that it uses nothing"}`;
      yield { code: "pin-not-locked", message, path: found.uses.length === 0 ? path : [...path, "uses"] };
    }
  }
  for (const pin of now.dependencies.keys()) {
    if (should.dependencies.has(pin)) continue;
    yield { code: "unused-action", message: `nothing uses ${pin}`, path: ["dependencies", pin], isKey: true };
  }
}
