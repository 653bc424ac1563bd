import type { Path } from "../../ir/origin.ts";
import { nearestName } from "../../ir/suggest.ts";
import { readClassic } from "./read-classic.ts";
import { isList, isObject, type JsonObject } from "./json-shape.ts";
import type { BypassActor, ClassicProtection, NameCondition, Protections, Rule, Ruleset } from "./ruleset.ts";

/** What is wrong with a JSON file, and where in it. */
export interface JsonProblem {
  readonly path: Path;
  readonly message: string;
}

export type ReadProtections =
  | { readonly kind: "read"; readonly protections: Protections }
  | { readonly kind: "wrong"; readonly problems: readonly JsonProblem[] };

/**
 * Reads what GitHub says of a repository's rules: a ruleset as the API gives it or the settings page exports it, a list of those,
 * or the classic protection of a branch.
 *
 * @example
 * readProtections(JSON.parse(text)); // of `gh api repos/octo/app/rulesets/42`
 */
export function readProtections(value: unknown): ReadProtections {
  const problems: JsonProblem[] = [];
  const rulesets: Ruleset[] = [];
  const classic: ClassicProtection[] = [];
  const wrong = (path: Path, message: string): undefined => void problems.push({ path, message });
  const readOne = (one: unknown, path: Path): void => {
    if (!isObject(one)) return wrong(path, "a ruleset is an object");
    if ("enforce_admins" in one || "required_pull_request_reviews" in one) {
      const read = readClassic(one, path, wrong);
      if (read !== undefined) classic.push(read);
      return;
    }
    if (typeof one["type"] === "string" && "ruleset_id" in one && !("rules" in one))
      return wrong(path, `these are a branch's rules without who may bypass them: export the ruleset (${HOW})`);
    const read = readRuleset(one, path, wrong);
    if (read !== undefined) rulesets.push(read);
  };
  if (isList(value)) value.forEach((one, at) => readOne(one, [at]));
  else readOne(value, []);
  return problems.length > 0 ? { kind: "wrong", problems } : { kind: "read", protections: { rulesets, classic } };
}

type Wrong = (path: Path, message: string) => undefined;

const HOW = "gh api repos/OWNER/NAME/rulesets/ID";
const TARGETS = ["branch", "tag", "push", "repository"] as const;
const ENFORCEMENTS = ["active", "evaluate", "disabled"] as const;

function readRuleset(value: JsonObject, path: Path, wrong: Wrong): Ruleset | undefined {
  const { name, source, source_type: level } = value;
  if (typeof value["message"] === "string" && !("rules" in value))
    return wrong(path, `this is no ruleset but what GitHub answered in its place: ${value["message"]} (${HOW})`);
  if (typeof name !== "string") return wrong([...path, "name"], "a ruleset has a `name`");
  if (!("rules" in value))
    return wrong(path, `the ruleset ${name} has no \`rules\`: a list of rulesets leaves them out (${HOW})`);
  const { rules } = value;
  if (!isList(rules)) return wrong([...path, "rules"], "`rules` is a list");
  const target = oneOf(TARGETS, value["target"] ?? "branch", [...path, "target"], wrong);
  const enforcement = oneOf(ENFORCEMENTS, value["enforcement"], [...path, "enforcement"], wrong);
  const conditions = readConditions(value["conditions"], [...path, "conditions"], wrong);
  const bypassActors = readActors(value["bypass_actors"], [...path, "bypass_actors"], wrong);
  const read = rules.map((rule, at) => readRule(rule, [...path, "rules", at], wrong));
  if (target === undefined || enforcement === undefined || conditions === undefined) return undefined;
  return {
    name,
    target,
    enforcement,
    source: typeof source === "string" ? source : undefined,
    isOfRepository: typeof level === "string" ? level === "Repository" : undefined,
    isOfOrganization: level === "Organization",
    bypassActors,
    ...conditions,
    rules: read.filter((rule) => rule !== undefined),
  };
}

function oneOf<const T extends string>(list: readonly T[], value: unknown, path: Path, wrong: Wrong): T | undefined {
  const found = list.find((one) => one === value);
  if (found !== undefined) return found;
  const near = typeof value === "string" ? nearestName(value, list) : undefined;
  const hint = near === undefined ? `one of ${list.join(", ")}` : `did you mean ${near}?`;
  return wrong(
    path,
    value === undefined
      ? `\`${String(path.at(-1))}\` is missing: ${hint}`
      : `\`${String(path.at(-1))}\` is ${JSON.stringify(value)}: ${hint}`,
  );
}

function readRule(value: unknown, path: Path, wrong: Wrong): Rule | undefined {
  if (!isObject(value)) return wrong(path, 'a rule is an object: { "type": "pull_request" }');
  const { type, parameters = {} } = value;
  if (typeof type !== "string") return wrong([...path, "type"], "a rule has a `type`");
  if (parameters === null) return { type, parameters: {} };
  if (!isObject(parameters)) return wrong([...path, "parameters"], "`parameters` is an object");
  return { type, parameters };
}

function readActors(value: unknown, path: Path, wrong: Wrong): readonly BypassActor[] | undefined {
  // Who may not edit the ruleset is not shown the list: that is not the same as an empty one.
  if (value === undefined || value === null) return undefined;
  if (!isList(value)) return wrong(path, "`bypass_actors` is a list");
  return value.flatMap((actor, at) => {
    const here = [...path, at];
    const { actor_type: type, actor_id: id = null, bypass_mode: mode = "always" } = isObject(actor) ? actor : {};
    if (typeof type !== "string") return wrong([...here, "actor_type"], "a bypass actor has an `actor_type`") ?? [];
    if (id !== null && typeof id !== "number")
      return wrong([...here, "actor_id"], "`actor_id` is a number, or null for deploy keys") ?? [];
    if (typeof mode !== "string")
      return wrong([...here, "bypass_mode"], "`bypass_mode` is always, exempt or pull_request") ?? [];
    return { type, id, mode };
  });
}

type Conditions = Pick<Ruleset, "refNames" | "repositoryNames" | "otherConditions">;

function readConditions(value: unknown, path: Path, wrong: Wrong): Conditions | undefined {
  if (value === undefined || value === null)
    return { refNames: undefined, repositoryNames: undefined, otherConditions: [] };
  if (!isObject(value)) return wrong(path, "`conditions` is an object");
  const read = (key: string): NameCondition | undefined => {
    const condition = value[key];
    if (condition === undefined || condition === null) return undefined;
    if (!isObject(condition)) return wrong([...path, key], `\`${key}\` is an object with include and exclude`);
    const lists = ["include", "exclude"].map((side) => {
      const list = condition[side] ?? [];
      if (isList(list) && list.every((one) => typeof one === "string")) return list;
      return wrong([...path, key, side], `\`${side}\` is a list of patterns`) ?? [];
    });
    return { include: lists[0] ?? [], exclude: lists[1] ?? [] };
  };
  const others = Object.keys(value).filter((key) => key !== "ref_name" && key !== "repository_name");
  return { refNames: read("ref_name"), repositoryNames: read("repository_name"), otherConditions: others };
}
