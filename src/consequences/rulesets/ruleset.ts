/** A ruleset as GitHub's API and its export have it; what no push depends on is left out. */
export interface Ruleset {
  readonly name: string;
  readonly target: "branch" | "tag" | "push" | "repository";
  readonly enforcement: "active" | "evaluate" | "disabled";
  /** `owner/name`, or an organization; undefined where the file does not say. */
  readonly source: string | undefined;
  readonly isOfRepository: boolean | undefined;
  /** Whether `source` is an organization; an enterprise's name is nobody's in `owner/name`. */
  readonly isOfOrganization: boolean;
  /** Undefined: it is not told, as to all who may not edit the ruleset. */
  readonly bypassActors: readonly BypassActor[] | undefined;
  /** Undefined: it holds for every ref. */
  readonly refNames: NameCondition | undefined;
  /** Of an organization's ruleset: the repositories by name. */
  readonly repositoryNames: NameCondition | undefined;
  /** Conditions that a file cannot tell: ids, properties. */
  readonly otherConditions: readonly string[];
  readonly rules: readonly Rule[];
}

export interface NameCondition {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface BypassActor {
  /** `Integration`, `RepositoryRole`, `OrganizationAdmin`, `Team`, `User`, `DeployKey`; others may come. */
  readonly type: string;
  readonly id: number | null;
  readonly mode: string;
}

export interface Rule {
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Classic protection of one branch. */
export interface ClassicProtection {
  readonly branch: string;
  /** `owner/name`, where its address tells. */
  readonly source: string | undefined;
  readonly bindsAdmins: boolean;
  /** Undefined: no pull request is required. */
  readonly pullRequests: { readonly allowed: ActorList } | undefined;
  /** How many checks are required. */
  readonly checks: number;
  /** Who may push; undefined: who may write. */
  readonly restrictions: ActorList | undefined;
  readonly signatures: boolean;
  readonly linearHistory: boolean;
  readonly isLocked: boolean;
  readonly allowsForce: boolean;
  readonly allowsDeletion: boolean;
}

export interface ActorList {
  readonly users: readonly string[];
  readonly teams: readonly string[];
  readonly apps: readonly AppListed[];
}

export interface AppListed {
  readonly slug: string;
  readonly id: number | undefined;
}

/** What guards a repository's refs. */
export interface Protections {
  readonly rulesets: readonly Ruleset[];
  readonly classic: readonly ClassicProtection[];
}
