import { actionName, parseUses, type UsesRef } from "../ir/uses-ref.ts";
import type { ActionInterface } from "./action-interface.ts";
import type { Catalog } from "./catalog.ts";
import type { LockedCommit, NestedAction, RepositoryIds } from "./lock.ts";
import { nearestActions, nearestVersions } from "./nearest-refs.ts";
import type { CatalogAction, CatalogVersion } from "./packed-action.ts";

/** What is known: the catalogue, manifests that were given for refs (as written), and commits that their repositories said. */
export interface KnownActions {
  readonly catalog: Catalog;
  readonly given?: ReadonlyMap<string, ActionInterface> | undefined;
  readonly commits?: ReadonlyMap<string, FoundCommit> | undefined;
  /** What they use in turn. */
  readonly nested?: ReadonlyMap<string, NestedAction> | undefined;
  /** GitHub's numbers of repositories, by `owner/name` in lower case. */
  readonly repositories?: ReadonlyMap<string, RepositoryIds> | undefined;
}

/** A commit that a ref was found to stand for, and what its manifest or workflow uses in turn. */
export interface FoundCommit extends LockedCommit {
  readonly uses: readonly string[];
}

export type Resolution = ResolvedAction | UnknownAction;

export interface ResolvedAction {
  readonly kind: "resolved";
  /** As written. */
  readonly ref: string;
  readonly interface: ActionInterface;
  /** How the ref names its version. `given`: its manifest was given, the catalogue was not asked. */
  readonly by: "given" | "tag" | "major" | "branch" | "sha";
  /** The catalogue's version whose interface this is. */
  readonly version?: CatalogVersion | undefined;
  /** What a user should know about it, as a sentence. */
  readonly note?: string | undefined;
}

export interface UnknownAction {
  readonly kind: "unknown";
  readonly ref: string;
  /** A sentence. */
  readonly reason: string;
  /** Known refs that may have been meant, the likeliest first. */
  readonly didYouMean: readonly string[];
}

type RepositoryRef = Extract<UsesRef, { readonly kind: "repository" }>;

/**
 * Finds the interface of a `uses:` without a network: from the manifests given, else from the catalogue by exact tag, major
 * (`v5`: the newest version of it), branch, or commit. What is not known stays unknown, with the reason.
 *
 * @example
 * resolveInterface("actions/checkout@v5", { catalog }); // by "major", the interface of v5.1.0
 */
export function resolveInterface(ref: string, { catalog, given }: KnownActions): Resolution {
  const uses = parseUses(ref);
  const own = given?.get(ref);
  if (own !== undefined && uses.kind !== "docker" && uses.kind !== "invalid")
    return { kind: "resolved", ref, interface: own, by: "given" };
  switch (uses.kind) {
    case "repository":
      return findInCatalog(ref, uses, catalog);
    case "docker":
      return unknown(ref, "a docker image has no manifest, and takes any input");
    case "local":
    case "self":
      return unknown(ref, `there is no action.yml in ${ref}: the path counts from the root of the repository`);
    case "invalid":
      return unknown(ref, uses.reason, () =>
        ref.includes("@") ? [] : nearestActions(ref, catalog).map(newestMajor(catalog)),
      );
  }
}

function findInCatalog(ref: string, uses: RepositoryRef, catalog: Catalog): Resolution {
  if (isReusableWorkflow(uses)) return unknown(ref, `${ref} is a reusable workflow, not an action`);
  const action = catalog.find(actionName(uses));
  if (action === undefined) {
    return unknown(ref, `the catalogue does not know ${actionName(uses)}`, () =>
      nearestActions(actionName(uses), catalog).map((name) =>
        versionOf(uses.ref, catalog.find(name)) ? `${name}@${uses.ref}` : newestMajor(catalog)(name),
      ),
    );
  }
  const found = versionOf(uses.ref, action);
  if (found !== undefined) return { kind: "resolved", ref, interface: found.version.interface, ...found };
  return unknown(ref, missingVersion(uses, action), () => nearestVersions(uses, action));
}

type Found = Pick<ResolvedAction, "by" | "note"> & { readonly version: CatalogVersion };

/** Tags and branches are looked up as git does: case-sensitive, and `refs/tags/v1` is `v1`. */
function versionOf(ref: string, action: CatalogAction | undefined): Found | undefined {
  const versions = action?.versions ?? [];
  if (isSha(ref)) {
    const sha = ref.toLowerCase();
    const version = versions.find((version) => version.sha === sha);
    if (version !== undefined) return { by: "sha", version };
    // A moving tag's own commit has the interface of the version it stands on only where the catalogue says so.
    const moving = versions.find(({ majorRef }) => majorRef?.sameInterface && majorRef.sha === sha);
    return moving && { by: "sha", version: moving };
  }
  const name = ref.replace(/^refs\/(?:tags|heads)\//, "");
  const isMajor = versions.find(({ major, majorRef }) => major === name || majorRef?.name === name);
  // First the majors: where releases have whole numbers (cachix/cachix-action@v17), an exact tag and a moving one look alike,
  // and only the weaker statement is safe.
  if (isMajor !== undefined) return { by: "major", version: isMajor, note: staleNote(name, isMajor) };
  const tag = versions.find((version) => version.tag === name);
  if (tag !== undefined) return { by: "tag", version: tag };
  const branch = versions.find((version) => version.branch === name);
  return branch && { by: "branch", version: branch };
}

function staleNote(name: string, { tag, majorRef }: CatalogVersion): string | undefined {
  if (majorRef === undefined || majorRef.sameInterface) return undefined;
  return `${name} pointed at a commit with another interface than ${tag}'s when the catalogue was made; this is ${tag}'s`;
}

function missingVersion(uses: RepositoryRef, { name, versions }: CatalogAction): string {
  const newest = versions[0]?.tag ?? versions[0]?.branch ?? "";
  if (isSha(uses.ref)) return `the catalogue knows ${name}, but not the commit ${uses.ref}`;
  if (/^[0-9a-f]{7,39}$/i.test(uses.ref))
    return `the catalogue knows ${name}, but no ${uses.ref}; a commit must be given by all 40 digits, GitHub takes no short one`;
  return `the catalogue knows ${name}, but not ${uses.ref}; the newest it knows is ${newest}`;
}

/** `v7`, or the branch of an action without tags. */
function newestMajor(catalog: Catalog): (name: string) => string {
  return (name) => {
    const newest = catalog.find(name)?.versions[0];
    return `${name}@${newest?.majorRef?.name ?? newest?.major ?? newest?.branch ?? ""}`;
  };
}

/** Whether a ref is a whole commit SHA. */
export function isSha(ref: string): boolean {
  return /^[0-9a-f]{40}$/i.test(ref);
}

/** Whether a `uses:` names a reusable workflow, which has no manifest. */
export function isReusableWorkflow(uses: RepositoryRef): boolean {
  return /^\.github\/workflows\/.+\.ya?ml$/.test(uses.path);
}

/** Looking for what was meant takes a thousand times as long as finding that something is unknown, and few ask. */
function unknown(ref: string, reason: string, guess: () => readonly string[] = () => []): UnknownAction {
  return {
    kind: "unknown",
    ref,
    reason,
    get didYouMean() {
      return guess();
    },
  };
}
