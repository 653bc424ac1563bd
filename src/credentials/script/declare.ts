import { readAssignment } from "../../shell/unwrap-command.ts";
import { concatenate, EMPTY, literalOf, type Value } from "../../shell/value.ts";
import { literalsOf } from "../../shell/words.ts";
import { withShell, type Outcome, type World } from "../world.ts";
import { declareKeyed, hide, setValue, valueOf, withVariable } from "./variables.ts";
import type { Call } from "./walk.ts";

/** `export NAME=value`, `local NAME`, `declare -x NAME`, `readonly NAME`. */
export function declare({ world, fields }: Call): readonly Outcome[] {
  const [command = ""] = literalsOf(fields);
  const operands = fields.slice(1).filter((field) => literalOf(field.value)?.startsWith("-") !== true);
  const options = literalsOf(fields.slice(1))
    .filter((text) => text?.startsWith("-") === true)
    .join("");
  if (options.includes("p")) return [{ world, status: true }];
  const manner: Manner = {
    exports: options.includes("x") || (command === "export" && !options.includes("n")),
    hidesExport: command === "export" && options.includes("n"),
    isLocal: command === "local" || ((command === "declare" || command === "typeset") && !options.includes("g")),
    isReference: options.includes("n") && command !== "export",
    isKeyed: options.includes("A"),
  };
  const made = operands.reduce(
    (made, { value }) =>
      options.includes("f") ? exportFunction(made, value, manner) : declareOne(made, value, manner),
    world,
  );
  return [{ world: made, status: true }];
}

interface Manner {
  readonly exports: boolean;
  /** `export -n` */
  readonly hidesExport: boolean;
  /** In a function it is the function's own. */
  readonly isLocal: boolean;
  /** `declare -n` */
  readonly isReference: boolean;
  /** `declare -A` */
  readonly isKeyed: boolean;
}

function declareOne(world: World, operand: Value, manner: Manner): World {
  const assignment = readAssignment(operand);
  const name = assignment?.name ?? literalOf(operand);
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return world;
  const isHidden = manner.isLocal && world.shell.hidden !== undefined;
  // What it is worth is worked out before the caller's is hidden: `local T=$T`.
  const before = isHidden ? undefined : valueOf(world, name);
  const wasExported = world.shell.variables.get(name)?.isExported ?? false;
  let made = isHidden ? hide(world, name) : world;
  if (manner.isKeyed) made = declareKeyed(made, name);
  if (manner.isReference && assignment !== undefined)
    return withVariable(made, name, { value: EMPTY, isExported: false, refersTo: literalOf(assignment.value) });
  if (assignment !== undefined) {
    const { append, value } = assignment;
    made = setValue(made, name, append && before !== undefined ? concatenate([before, value]) : value);
  }
  const variable = made.shell.variables.get(name);
  const isExported = !manner.hidesExport && (manner.exports || wasExported);
  // `export NAME` of one that has no value yet: it is exported when it gets one.
  if (variable === undefined)
    return manner.exports ? withVariable(made, name, { value: EMPTY, isExported: true }) : made;
  return variable.isExported === isExported ? made : withVariable(made, name, { ...variable, isExported });
}

function exportFunction(world: World, operand: Value, { exports }: Manner): World {
  const name = literalOf(operand);
  const known = name === undefined ? undefined : world.shell.functions.get(name);
  if (name === undefined || known === undefined || !exports) return world;
  return withShell(world, { functions: new Map(world.shell.functions).set(name, { ...known, isExported: true }) });
}
