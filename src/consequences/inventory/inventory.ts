import type { Path } from "../../ir/origin.ts";
import type { BypassActor, Protections } from "../rulesets/ruleset.ts";

/** What a repository has on GitHub for its workflows to push with. */
export interface Inventory {
  readonly secrets: readonly InventoryName[];
  /** Those of the organization: other repositories may use them. */
  readonly organizationSecrets: readonly InventoryName[];
  readonly variables: readonly InventoryName[];
  readonly apps: readonly InventoryApp[];
  readonly bypassActors: readonly InventoryActor[];
  /** Undefined where the inventory has no rulesets. */
  readonly protections: Protections | undefined;
}

/** `path` is where it stands in the inventory. */
export interface InventoryName {
  readonly name: string;
  readonly path: Path;
}

export interface InventoryApp {
  /** One of the two is known. */
  readonly id: number | undefined;
  readonly name: string | undefined;
  /** The secrets and variables that hold its id and its key. */
  readonly secrets: readonly string[];
  readonly path: Path;
}

export interface InventoryActor {
  readonly actor: BypassActor;
  /** The ruleset that it may bypass; undefined where the list does not say. */
  readonly ruleset: string | undefined;
  readonly path: Path;
}
