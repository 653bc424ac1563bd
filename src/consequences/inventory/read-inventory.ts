import { nearestName } from "../../ir/suggest.ts";
import type { Path } from "../../ir/origin.ts";
import { isList, isObject, type JsonObject } from "../rulesets/json-shape.ts";
import { readProtections, type JsonProblem } from "../rulesets/read-protections.ts";
import type { Protections } from "../rulesets/ruleset.ts";
import type { Inventory, InventoryActor, InventoryApp, InventoryName } from "./inventory.ts";

export type ReadInventory =
  | { readonly kind: "read"; readonly inventory: Inventory }
  | { readonly kind: "wrong"; readonly problems: readonly JsonProblem[] };

const KEYS = ["$schema", "version", "secrets", "organizationSecrets", "variables", "apps", "bypassActors", "rulesets"];

/**
 * Reads an inventory: `schemas/inventory.schema.json`. Lists may be as GitHub's API answers them.
 *
 * @example
 * readInventory({ version: 1, secrets: ["BOT"], apps: [{ id: 7, secrets: ["BOT"] }], rulesets: [] });
 */
export function readInventory(given: unknown): ReadInventory {
  const problems: JsonProblem[] = [];
  const wrong = (path: Path, message: string): undefined => void problems.push({ path, message });
  if (!isObject(given)) return { kind: "wrong", problems: [{ path: [], message: "an inventory is an object" }] };
  const value = withCamelKeys(given);
  if (value["version"] !== undefined && value["version"] !== 1) wrong(["version"], "`version` is 1");
  for (const key of Object.keys(value).filter((key) => !KEYS.includes(key))) {
    const near = nearestName(key, KEYS);
    wrong(
      [key],
      `an inventory has no \`${key}\`; ${near === undefined ? `known: ${KEYS.slice(1).join(", ")}` : `did you mean \`${near}\`?`}`,
    );
  }
  if (!KEYS.slice(2).some((key) => key in value)) wrong([], `an inventory has one of ${KEYS.slice(2).join(", ")}`);
  const protections = readRulesets(value["rulesets"], problems);
  const inventory: Inventory = {
    secrets: readNames(value, "secrets", wrong),
    organizationSecrets: readNames(value, "organizationSecrets", wrong),
    variables: readNames(value, "variables", wrong),
    apps: readApps(value["apps"], wrong),
    bypassActors: [...readActors(value["bypassActors"], wrong), ...actorsOf(protections)],
    protections,
  };
  return problems.length > 0 ? { kind: "wrong", problems } : { kind: "read", inventory };
}

/** GitHub writes `bypass_actors`. */
function withCamelKeys(given: JsonObject): JsonObject {
  const rename = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [rename(key), value]));
}

type Wrong = (path: Path, message: string) => undefined;

/** `["A"]`, `[{ "name": "A" }]`, or the API's answer `{ "secrets": [{ "name": "A" }] }`. */
function readNames(value: JsonObject, key: string, wrong: Wrong): readonly InventoryName[] {
  const given = value[key];
  if (given === undefined) return [];
  const inner = isObject(given) ? (given["secrets"] ?? given["variables"]) : given;
  if (!isList(inner)) return wrong([key], `\`${key}\` is a list of names`) ?? [];
  const base: Path = isObject(given) ? [key, "secrets" in given ? "secrets" : "variables"] : [key];
  return inner.flatMap((one, at) => {
    const name = isObject(one) ? one["name"] : one;
    if (typeof name === "string" && name !== "") return { name, path: [...base, at] };
    return wrong([...base, at], 'this is a name, or an object with one: { "name": "BOT_TOKEN" }') ?? [];
  });
}

function readApps(value: unknown, wrong: Wrong): readonly InventoryApp[] {
  if (value === undefined) return [];
  if (!isList(value)) return wrong(["apps"], "`apps` is a list") ?? [];
  return value.flatMap((one, at) => {
    const path = ["apps", at];
    // Of an installation, `app_id` is the App's number and `id` its own: docs.github.com, REST, Apps.
    const app = isObject(one) ? one : { name: one };
    const id = app["app_id"] ?? app["id"];
    const name = app["app_slug"] ?? app["slug"] ?? app["name"];
    const { secrets = [] } = app;
    if (typeof id !== "number" && typeof name !== "string")
      return wrong(path, 'an App is an object with its number: { "id": 123456, "slug": "bot" }') ?? [];
    if (!isList(secrets) || !secrets.every((secret) => typeof secret === "string"))
      return wrong([...path, "secrets"], "`secrets` lists the secrets that hold the App's id and key") ?? [];
    return {
      id: typeof id === "number" ? id : undefined,
      name: typeof name === "string" ? name : undefined,
      secrets,
      path,
    };
  });
}

function readActors(value: unknown, wrong: Wrong): readonly InventoryActor[] {
  if (value === undefined) return [];
  if (!isList(value)) return wrong(["bypassActors"], "`bypassActors` is a list") ?? [];
  return value.flatMap((one, at) => {
    const path = ["bypassActors", at];
    const { actor_type: type, actor_id: id = null, bypass_mode: mode = "always", ruleset } = isObject(one) ? one : {};
    if (typeof type !== "string" || (id !== null && typeof id !== "number") || typeof mode !== "string")
      return (
        wrong(path, 'a bypass actor is as GitHub has it: { "actor_type": "Integration", "actor_id": 123456 }') ?? []
      );
    return { actor: { type, id, mode }, ruleset: typeof ruleset === "string" ? ruleset : undefined, path };
  });
}

function readRulesets(value: unknown, problems: JsonProblem[]): Protections | undefined {
  if (value === undefined) return undefined;
  const read = readProtections(value);
  if (read.kind === "read") return read.protections;
  problems.push(...read.problems.map(({ path, message }) => ({ path: ["rulesets", ...path], message })));
  return undefined;
}

function actorsOf(protections: Protections | undefined): readonly InventoryActor[] {
  return (protections?.rulesets ?? []).flatMap(({ name, bypassActors = [] }, at) =>
    bypassActors.map((actor, of) => ({ actor, ruleset: name, path: ["rulesets", at, "bypass_actors", of] })),
  );
}
