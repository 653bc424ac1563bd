import type { CredentialFacts } from "../../define/credential-facts.ts";
import type { FileNode } from "../../ir/any-node.ts";
import type { Path } from "../../ir/origin.ts";
import type { PushVerdict } from "../../credentials/verdicts.ts";
import { findAllMintingInputs, type MintingInputs } from "../minting-step.ts";
import type { Pusher } from "../pusher.ts";
import { describe, describePusher } from "../rulesets/bypass.ts";
import { findNames } from "./find-names.ts";
import type { Inventory, InventoryActor, InventoryApp, InventoryName } from "./inventory.ts";

/** Something of the inventory that nothing uses, or of which nobody can tell. */
export interface Leftover {
  readonly kind: "secret" | "variable" | "app" | "bypass-actor";
  /** `MAP_APP_KEY`, `App 123456 (map-bot)`, `App 123456 in "protect main"`. */
  readonly name: string;
  /** Where it stands in the inventory. */
  readonly path: Path;
  /** A sentence without a full stop. */
  readonly text: string;
}

export interface Audit {
  readonly unused: readonly Leftover[];
  readonly undecided: readonly Leftover[];
}

/** A push, and whom GitHub sees pushing. */
export interface AuditedPush {
  readonly push: PushVerdict;
  readonly pusher: Pusher;
}

/** What of an inventory the workflows and actions of a repository use, and what they do not. */
export function auditInventory(
  inventory: Inventory,
  files: readonly FileNode[],
  pushes: readonly AuditedPush[],
  credentials: ReadonlyMap<string, CredentialFacts>,
): Audit {
  const names = files.map(findNames);
  const secrets = new Set(names.flatMap((found) => [...found.secrets]));
  const variables = new Set(names.flatMap((found) => [...found.variables]));
  const [any] = names.flatMap((found) => found.any);
  const minting = files.flatMap(findAllMintingInputs);
  const apps = mintedApps(minting, inventory.apps, credentials);
  const unused: Leftover[] = [];
  const undecided: Leftover[] = [];
  const add = (leftover: Leftover, why: string | undefined): void => {
    if (why === undefined) unused.push(leftover);
    else undecided.push({ ...leftover, text: why });
  };
  for (const secret of inventory.secrets) if (!has(secrets, secret)) add(leftoverName("secret", secret), any?.text);
  for (const variable of inventory.variables)
    if (!has(variables, variable)) add(leftoverName("variable", variable), undefined);
  for (const app of inventory.apps) if (!apps.used.has(app)) add(leftoverApp(app), apps.unknown);
  for (const actor of inventory.bypassActors) {
    const uses = usesActor(actor, pushes);
    if (uses !== "yes") add(leftoverActor(actor, inventory.apps), uses === "no" ? undefined : uses.why);
  }
  return { unused, undecided };
}

function has(used: ReadonlySet<string>, { name }: InventoryName): boolean {
  return used.has(name.toUpperCase());
}

function leftoverName(kind: "secret" | "variable", { name, path }: InventoryName): Leftover {
  return { kind, name, path, text: `no workflow and no action uses the ${kind} ${name}` };
}

function leftoverApp(app: InventoryApp): Leftover {
  const name = nameApp(app);
  return { kind: "app", name, path: app.path, text: `no step mints a token of ${name}` };
}

function leftoverActor({ actor, ruleset, path }: InventoryActor, apps: readonly InventoryApp[]): Leftover {
  const app = actor.type === "Integration" ? apps.find(({ id }) => id === actor.id) : undefined;
  const who = app === undefined ? describe(actor) : nameApp(app);
  const where = ruleset === undefined ? "a ruleset" : `the ruleset "${ruleset}"`;
  const when = actor.mode === "pull_request" ? "on pull requests" : actor.mode;
  return {
    kind: "bypass-actor",
    name: `${who} in ${where}`,
    path,
    text: `no push goes out as ${who}, who may bypass ${where} (${when})`,
  };
}

function nameApp({ id, name }: InventoryApp): string {
  if (id === undefined) return `App ${name ?? ""}`;
  return name === undefined ? `App ${id}` : `App ${id} (${name})`;
}

/** The Apps that some step mints a token of, whether or not it is pushed with. */
function mintedApps(
  minting: readonly MintingInputs[],
  apps: readonly InventoryApp[],
  credentials: ReadonlyMap<string, CredentialFacts>,
): { readonly used: ReadonlySet<InventoryApp>; readonly unknown: string | undefined } {
  const used = new Set<InventoryApp>();
  let unknown: string | undefined;
  for (const { appId, keySecret } of minting) {
    const facts = keySecret === undefined ? undefined : credentials.get(keySecret);
    const id = appId ?? (facts?.kind === "app" ? facts.appId : undefined);
    const own = apps.filter((app) =>
      id !== undefined && app.id !== undefined
        ? app.id === id
        : keySecret !== undefined && app.secrets.includes(keySecret),
    );
    for (const app of own) used.add(app);
    if (own.length === 0 && id === undefined)
      unknown ??= `whose key ${keySecret ?? "in a step"} is is not declared: name it among the App's \`secrets\``;
  }
  return { used, unknown };
}

/** Roles, teams and users are people's: they push from elsewhere, too. */
function usesActor({ actor }: InventoryActor, pushes: readonly AuditedPush[]): "yes" | "no" | { readonly why: string } {
  if (actor.type !== "Integration" && actor.type !== "DeployKey") return "yes";
  let why: string | undefined;
  for (const { pusher } of pushes) {
    const isOne =
      actor.type === "DeployKey" ? pusher.kind === "deploy-key" : pusher.kind === "app" && pusher.appId === actor.id;
    if (isOne) return "yes";
    const mayBe =
      pusher.kind === "unknown" ||
      (actor.type === "DeployKey" ? pusher.kind === "ssh" : pusher.kind === "app" && pusher.appId === undefined);
    if (mayBe) why ??= `whether ${describePusher(pusher)} is ${describe(actor)} is not declared`;
  }
  return why === undefined ? "no" : { why };
}
