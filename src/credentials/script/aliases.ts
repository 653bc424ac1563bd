import { parseValue } from "../../shell/parse-script.ts";
import { readAssignment } from "../../shell/unwrap-command.ts";
import { concatenate, literal, optionsOf } from "../../shell/value.ts";
import { literalsOf } from "../../shell/words.ts";
import { withShell, type Outcome, type World } from "../world.ts";
import { sourceOfCommand } from "./script-source.ts";
import type { Call } from "./walk.ts";

/** `shopt -s expand_aliases`: bash takes names for aliases only then in a script, sh always. */
export function setShellOption({ world, fields }: Call): readonly Outcome[] {
  const words = literalsOf(fields.slice(1));
  if (!words.includes("expand_aliases")) return [{ world, status: true }];
  const options = { ...world.shell.options, aliases: words.includes("-s") };
  return [{ world: withShell(world, { options }), status: true }];
}

/** `alias NAME=text`: from here on the name is a function that runs the text with what stands behind it. */
export function defineAlias(call: Call): readonly Outcome[] {
  const { world, fields, walk } = call;
  const isOn = walk.dialect === "sh" || world.shell.options.aliases;
  const made = fields.slice(1).reduce((made: World, { value }) => {
    const assignment = readAssignment(value);
    const [text, ...others] = assignment === undefined ? [] : optionsOf(assignment.value);
    if (!isOn || assignment === undefined || text === undefined || others.length > 0) return made;
    const written = concatenate([literal(`${assignment.name}() {\n`), text.value, literal(' "$@"\n}')]);
    const script = written.kind === "text" ? parseValue(written) : undefined;
    const [definition] = script?.kind === "script" ? script.statements : [];
    if (definition?.kind !== "function" || script === undefined) return made;
    const source = sourceOfCommand(script.text, call.span);
    return withShell(made, { functions: new Map(made.shell.functions).set(assignment.name, { definition, source }) });
  }, world);
  return [{ world: made, status: true }];
}
