import { parseUses } from "../ir/uses-ref.ts";
import { isSha } from "./resolve-interface.ts";

/**
 * A TypeScript name for the inputs of each ref, in order: `ActionsCheckoutV5Inputs`. Two refs that would share a name get a number.
 *
 * @example
 * nameInterfaces(["actions/checkout@v5.1.0"]); // ["ActionsCheckoutV5_1_0Inputs"]
 */
export function nameInterfaces(refs: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return refs.map((ref) => {
    const base = `${pascalCase(ref)}Inputs`;
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
    taken.add(name);
    return name;
  });
}

function pascalCase(ref: string): string {
  const uses = parseUses(ref);
  const words = uses.kind === "repository" ? [uses.owner, uses.name, uses.path, version(uses.ref)] : [ref];
  const name = words
    .join("/")
    // Dots between digits stay visible: v5.10 and v51.0 are two versions.
    .replace(/(?<=\d)\.(?=\d)/g, "_")
    .replace(/[^A-Za-z0-9_]+([A-Za-z0-9_]?)/g, (_, next: string) => next.toUpperCase());
  return /^[A-Za-z_]/.test(name) ? name.slice(0, 1).toUpperCase() + name.slice(1) : `Action${name}`;
}

function version(ref: string): string {
  return isSha(ref) ? `at-${ref.slice(0, 7)}` : ref;
}
