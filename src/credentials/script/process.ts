import type { ShellOptions } from "../../shell/shell-options.ts";
import { literal } from "../../shell/value.ts";
import type { Wrapper } from "../../shell/unwrapped.ts";
import { HOME, resolvePath } from "../paths.ts";
import { withShell, type Outcome, type World } from "../world.ts";
import type { Walk } from "./walk.ts";

/** Another shell sees what is exported, and nothing else of this one. */
export function enterProcess(world: World, options: ShellOptions): World {
  const { variables, functions } = world.shell;
  return withShell(world, {
    options,
    variables: new Map([...variables].filter(([, { isExported }]) => isExported)),
    arrays: NO_ARRAYS,
    functions: new Map([...functions].filter(([, { isExported }]) => isExported === true)),
    hidden: undefined,
    atExit: undefined,
  });
}

const NO_ARRAYS: World["shell"]["arrays"] = new Map();

/** What a process of its own changes in files stays; its variables and its directory are gone. */
export function leaveProcess({ world, status, jump }: Outcome, before: World): Outcome {
  const restored = { ...world, shell: { ...before.shell, printed: world.shell.printed } };
  return { world: restored, status: jump === "failure" ? false : status };
}

/** A script that ran in this very shell. */
export function leaveSource({ world, status, jump }: Outcome, before: World): Outcome {
  const arrays = new Map(world.shell.arrays);
  const sources = before.shell.arrays.get("BASH_SOURCE");
  if (sources === undefined) arrays.delete("BASH_SOURCE");
  else arrays.set("BASH_SOURCE", sources);
  const restored = withShell(world, { positional: before.shell.positional, arrays });
  return { world: restored, status, jump: jump === "return" ? undefined : jump };
}

/** `sudo`, `env -i`, `env -C`: what the command inside sees. */
export function enterWrapper(world: World, wrapper: Wrapper, walk: Walk): World {
  const { variables } = world.shell;
  const kept =
    wrapper.environment === "cleared"
      ? new Map([...variables].filter(([name]) => wrapper.keeps.includes(name) || name === "PATH" || name === "HOME"))
      : new Map(variables);
  // sudo(8), -E and -H: without them the home directory is that of the user whom it becomes.
  if (wrapper.name === "sudo" && wrapper.environment === "cleared" && !wrapper.keeps.includes("HOME"))
    kept.set("HOME", { value: literal(homeOf(wrapper, walk)), isExported: true });
  for (const name of wrapper.unsets) kept.delete(name);
  for (const { name, value } of wrapper.sets) kept.set(name, { value, isExported: true });
  const directory =
    wrapper.directory === undefined
      ? world.shell.directory
      : resolvePath(world.shell.directory, walk.analysis.symbols.encode(wrapper.directory));
  return withShell(world, { variables: kept, directory });
}

function homeOf({ user }: Wrapper, { analysis }: Walk): string {
  const name = user === undefined ? "root" : analysis.symbols.encode(user);
  if (name === "root") return "/root";
  return name === "runner" ? HOME : `/home/${name}`;
}

/** Behind a program that ran another, this shell is as it was. */
export function leaveWrappers(world: World, before: World): World {
  return { ...world, shell: { ...before.shell, printed: world.shell.printed } };
}
