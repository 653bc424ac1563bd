import type { Field } from "../../shell/scope.ts";
import type { Command } from "../../shell/script.ts";
import type { Text } from "../text.ts";
import type { World } from "../world.ts";
import type { Place } from "./run-statements.ts";
import type { Call, Walk } from "./walk.ts";

/** A command as its program gets it. */
export function callOf(command: Command, fields: readonly Field[], world: World, { walk, input }: Place): Call {
  const { symbols } = walk.analysis;
  return {
    walk,
    world,
    fields,
    args: fields.slice(1).map(({ value }) => symbols.encode(value)),
    input,
    variable: environmentOf(world, walk),
    command: walk.source.label ?? walk.source.text.slice(command.start, command.end),
    span: walk.source.spanOf(command.start, command.end),
  };
}

/** The variables that a program sees. */
export function environmentOf(world: World, { analysis }: Walk): (name: string) => Text | undefined {
  return (name) => {
    const variable = world.shell.variables.get(name);
    return variable?.isExported ? analysis.symbols.encode(variable.value) : undefined;
  };
}
