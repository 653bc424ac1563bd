import type { Expression, FunctionCall } from "./ast.ts";
import { propertyName } from "./ast.ts";
import type { UntrustedTree } from "./untrusted-paths.ts";
import { UNTRUSTED } from "./untrusted-paths.ts";

/** A part of an expression whose text an outsider chooses. */
export interface UntrustedSource {
  /** As it is written in GitHub's documentation: `github.event.commits.*.message`. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The parts through which an outsider's text reaches the expression's value. Comparisons, `!`, `contains` and the like let
 * none through: what they give is true or false.
 *
 * @example
 * findUntrusted(expression); // [{ path: "github.event.issue.title", start: 7, end: 31 }]
 */
export function findUntrusted(expression: Expression): readonly UntrustedSource[] {
  return textsOf(follow(expression)).map(({ path, start, end }) => ({ path, start, end }));
}

/** Whether an outsider chooses text that is in the expression's value. */
export function isUntrusted(expression: Expression): boolean {
  return textsOf(follow(expression)).length > 0;
}

/**
 * Whether an outsider chooses the text at a path of the contexts; `*` stands for an item of a list.
 *
 * @example
 * isUntrustedPath(["github", "event", "commits", "*", "message"]); // true
 */
export function isUntrustedPath(path: readonly string[]): boolean {
  let tree: UntrustedTree = UNTRUSTED;
  for (const name of path) {
    const step = stepName(tree, name);
    const inner: UntrustedTree | undefined = step === undefined ? undefined : stepInto(tree, step);
    if (inner === undefined) return false;
    tree = inner;
  }
  return tree === "text" || tree === "all";
}

/** A place in the contexts that a part of the expression leads to. */
interface Reached extends UntrustedSource {
  readonly tree: UntrustedTree;
}

const NOTHING: readonly Reached[] = [];

function follow(expression: Expression): readonly Reached[] {
  switch (expression.kind) {
    case "literal":
    case "not":
    case "comparison":
      return NOTHING;
    case "context":
      return enter(
        [{ tree: UNTRUSTED, path: "", start: expression.start, end: expression.end }],
        expression.name,
        expression,
      );
    case "index": {
      const object = follow(expression.object);
      const name = propertyName(expression);
      if (name !== undefined) return enter(object, name, expression);
      // Any property can be meant, or any item.
      return enterAll(object, expression);
    }
    case "filter":
      return enterAll(follow(expression.object), expression);
    case "logical":
      return expression.operands.flatMap(follow);
    case "call":
      return followCall(expression);
  }
}

function followCall({ name, args }: FunctionCall): readonly Reached[] {
  switch (name.toLowerCase()) {
    case "contains":
    case "startswith":
    case "endswith":
    case "hashfiles":
    case "success":
    case "failure":
    case "cancelled":
    case "always":
      return NOTHING;
    case "case":
      return args.filter((_, at) => at % 2 === 1 || at === args.length - 1).flatMap(follow);
    case "tojson":
      // Writes out what the object holds, too.
      return args.flatMap(follow).map((reached) => ({ ...reached, tree: "text" }));
    case "fromjson":
      return textsOf(args.flatMap(follow)).map((reached) => ({ ...reached, tree: "all" }));
    case "join":
      // A list's items become text.
      return args.flatMap((arg) => follow(arg).flatMap(itemsOf)).map((reached) => ({ ...reached, tree: "text" }));
    default:
      // `format`, and whatever GitHub may add.
      return textsOf(args.flatMap(follow)).map((reached) => ({ ...reached, tree: "text" }));
  }
}

/** What is text by itself: an object in the place of a text is only the word `Object`. */
function textsOf(reached: readonly Reached[]): readonly Reached[] {
  return reached.filter(({ tree }) => tree === "text" || tree === "all");
}

function itemsOf(reached: Reached): readonly Reached[] {
  if (typeof reached.tree === "string") return [reached];
  const items = reached.tree["*"];
  return items === "text" || items === "all" ? [{ ...reached, tree: items, path: `${reached.path}.*` }] : NOTHING;
}

function enter(objects: readonly Reached[], name: string, access: Expression): readonly Reached[] {
  const reached: Reached[] = [];
  for (const object of objects) {
    const step = stepName(object.tree, name);
    const tree = step === undefined ? undefined : stepInto(object.tree, step);
    if (step === undefined || tree === undefined) continue;
    const path = object.path === "" ? step : `${object.path}.${step}`;
    reached.push({ tree, path, start: access.start, end: access.end });
  }
  return reached;
}

function enterAll(objects: readonly Reached[], access: Expression): readonly Reached[] {
  return objects.flatMap((object) => {
    if (typeof object.tree === "string") return enter([object], "*", access);
    return Object.keys(object.tree).flatMap((name) => enter([object], name, access));
  });
}

function stepInto(tree: UntrustedTree, step: string): UntrustedTree | undefined {
  return typeof tree === "string" ? tree : tree[step];
}

/** The name as the tree has it; below `all` the names are the user's, and keep their case. */
function stepName(tree: UntrustedTree, name: string): string | undefined {
  if (tree === "all") return name;
  if (tree === "text") return undefined;
  const lower = name.toLowerCase();
  if (Object.hasOwn(tree, lower)) return lower;
  return /^\d+$/.test(name) && Object.hasOwn(tree, "*") ? "*" : undefined;
}
