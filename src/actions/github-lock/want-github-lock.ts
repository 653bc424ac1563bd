import type { Path } from "../../ir/origin.ts";
import { parseUses } from "../../ir/uses-ref.ts";
import { compareText } from "../action-interface.ts";
import type { Lock } from "../lock.ts";
import { ownRef } from "../own-ref.ts";
import { isReusableWorkflow } from "../resolve-interface.ts";
import { isDigest, type WantedDependency } from "./github-lock.ts";
import { pinOf, refOfPin, repositoryOfPin } from "./pin-of.ts";

/** A workflow that is to be in GitHub's lock. */
export interface LockedWorkflow {
  /** `.github/workflows/ci.yml` */
  readonly path: string;
  readonly uses: readonly WorkflowUses[];
}

export interface WorkflowUses {
  readonly ref: string;
  /** Where it stands in the workflow. */
  readonly place: Path;
}

/** What a workflow's own uses come to in GitHub's lock. */
export interface WantedLock {
  readonly workflows: ReadonlyMap<string, readonly string[]>;
  readonly dependencies: ReadonlyMap<string, WantedDependency>;
  readonly problems: readonly WantedProblem[];
}

/** What keeps the lock from being complete. */
export interface WantedProblem {
  readonly code: "missing-lock-entry" | "local-action-not-locked";
  /** A sentence. */
  readonly message: string;
  readonly workflow: string;
  /** In the workflow. */
  readonly place: Path;
}

/**
 * What GitHub's lock must say of some workflows, as far as the lock of flowkeep knows the commits. A workflow's list has what it uses
 * itself, and what actions of this repository (`$/…`) use for it; a dependency has what it uses in turn. What a reusable workflow uses
 * is in the lock of its own repository. Source: docs.github.com, "Locking action dependencies in a repository's workflows".
 */
export function wantGithubLock(workflows: readonly LockedWorkflow[], lock: Lock): WantedLock {
  const collector = new Collector(lock);
  const listed = new Map<string, readonly string[]>();
  for (const { path, uses } of workflows) {
    const pins = new Set(uses.flatMap((one) => collector.pinsOf(one.ref, { workflow: path, place: one.place })));
    // GitHub's own tool leaves a workflow out that uses nothing of others, or something by a path of the workspace.
    if (pins.size > 0 && !uses.some(isWorkspacePath)) listed.set(path, [...pins]);
  }
  return { workflows: listed, dependencies: collector.dependencies, problems: collector.problems };
}

/** `./path` of a step: whatever lies there when the job runs. */
function isWorkspacePath({ ref, place }: WorkflowUses): boolean {
  return parseUses(ref).kind === "local" && place.length > 3;
}

type User = Pick<WantedProblem, "workflow" | "place">;

class Collector {
  readonly dependencies = new Map<string, WantedDependency>();
  readonly problems: WantedProblem[] = [];
  readonly #lock: Lock;
  readonly #refsOf = new Map<string, Set<string>>();

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  /** The pins of a `uses:` in a workflow, or in an action of this repository. */
  pinsOf(ref: string, user: User, seen: ReadonlySet<string> = new Set()): readonly string[] {
    const uses = parseUses(ref);
    const pin = pinOf(ref);
    if (pin !== undefined) return this.#add(ref, pin, user) ? [pin] : [];
    if (uses.kind === "self" && !seen.has(ref))
      return (this.#lock.actions.get(ref)?.uses ?? []).flatMap((used) =>
        this.pinsOf(used, user, new Set([...seen, ref])),
      );
    if (uses.kind === "local" && user.place.length > 3)
      this.#problem(
        "local-action-not-locked",
        `GitHub's lock cannot hold ${ref}, so it leaves the whole workflow out: write ${ref.replace(/^\.\/?/, "$/")}, the action at the workflow's own commit`,
        user,
      );
    return [];
  }

  /** Whether the commit is known. */
  #add(ref: string, pin: string, user: User): boolean {
    const refs = this.#refsOf.get(pin) ?? new Set();
    this.#refsOf.set(pin, refs);
    if (refs.has(ref)) return this.dependencies.has(pin);
    refs.add(ref);
    const found = this.#find(ref);
    if (found === undefined) {
      this.#problem(
        "missing-lock-entry",
        `nobody knows here which commit ${ref} is: run \`npx flowkeep actions add ${ref}\``,
        user,
      );
      return false;
    }
    const before = this.dependencies.get(pin);
    if (before !== undefined && before.commit !== found.commit) {
      const [name, version] = [repositoryOfPin(pin), refOfPin(pin)];
      const message = `${name} is locked at two commits for ${version}, ${before.commit} and ${found.commit}, and GitHub's lock has one: run \`npx flowkeep actions update ${name}\``;
      this.#problem("missing-lock-entry", message, user);
      return true;
    }
    const ids = this.#lock.repositories?.get(repositoryOfPin(pin));
    const named = refOfPin(pin);
    // Before what it uses: it may use itself.
    this.dependencies.set(pin, { ref: isDigest(named) ? found.name : named, commit: found.commit, uses: [], ids });
    const below = this.#below(ref, found, user);
    const now = this.dependencies.get(pin);
    const all = [...new Set([...(before?.uses ?? []), ...below])].sort(compareText);
    if (now !== undefined) this.dependencies.set(pin, { ...now, uses: all });
    return true;
  }

  #find(ref: string): FoundEntry | undefined {
    const entry = this.#lock.actions.get(ref) ?? this.#lock.nested?.get(ref);
    if (entry === undefined || !("sha" in entry) || entry.sha === undefined) return undefined;
    const { sha: commit, tag, branch, uses } = entry;
    return { commit, name: tag ?? branch, uses };
  }

  /** What an action uses in turn. Its own `$/…` is at its own commit, and no dependency; what that uses is. */
  #below(ref: string, { commit, uses }: FoundEntry, user: User): readonly string[] {
    const by = parseUses(ref);
    if (by.kind !== "repository" || isReusableWorkflow(by)) return [];
    return uses.flatMap((used) => {
      const own = ownRef(used, ref, commit);
      const pin = pinOf(own);
      if (pin === undefined) return [];
      if (repositoryOfPin(pin) === `${by.owner}/${by.name}`.toLowerCase() && refOfPin(pin) === commit) {
        const found = this.#find(own);
        return found === undefined ? [] : this.#below(own, found, user);
      }
      return this.#add(own, pin, user) ? [pin] : [];
    });
  }

  #problem(code: WantedProblem["code"], message: string, user: User): void {
    this.problems.push({ code, message, ...user });
  }
}

interface FoundEntry {
  readonly commit: string;
  /** The tag or branch behind the commit. */
  readonly name: string | undefined;
  readonly uses: readonly string[];
}
