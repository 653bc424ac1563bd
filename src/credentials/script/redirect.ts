import type { Redirection } from "../../shell/redirection.ts";
import { concatenate, EMPTY, literalOf, optionsOf, unknown, type Value } from "../../shell/value.ts";
import { evaluateWord } from "../../shell/words.ts";
import type { By } from "../evidence.ts";
import { applyEffect } from "../apply-effect.ts";
import { resolvePath } from "../paths.ts";
import type { Text } from "../text.ts";
import { withShell, type Outcome, type World } from "../world.ts";
import { scopeOf } from "./scope-of.ts";
import type { Walk } from "./walk.ts";

type FileRedirection = Extract<Redirection, { kind: "file" }>;

/** Where standard output goes, if it goes to a file. */
export function outputFile(redirections: readonly Redirection[]): FileRedirection | undefined {
  return redirections.findLast(
    (redirection): redirection is FileRedirection =>
      redirection.kind === "file" &&
      !redirection.operator.startsWith("<") &&
      (redirection.descriptor === undefined || redirection.descriptor === 1),
  );
}

/** Listens to what is printed, where a redirection wants it. */
export function captureStart(redirections: readonly Redirection[], world: World): World {
  return outputFile(redirections) === undefined ? world : withShell(world, { printed: EMPTY });
}

/** Writes what was printed to the redirection's file. */
export function finishRedirections(
  redirections: readonly Redirection[],
  before: World,
  outcomes: readonly Outcome[],
  walk: Walk,
): readonly Outcome[] {
  const target = outputFile(redirections);
  if (target === undefined) return outcomes;
  return outcomes.map((outcome) => {
    const printed = outcome.world.shell.printed ?? EMPTY;
    const restored = withShell(outcome.world, { printed: before.shell.printed });
    return { ...outcome, world: writeOutput(restored, target, printed, walk) };
  });
}

/** `command > file`, `>> file`. */
export function writeOutput(
  world: World,
  { operator, target, start, end }: FileRedirection,
  printed: Value,
  walk: Walk,
): World {
  const { symbols } = walk.analysis;
  const path = symbols.encode(evaluateWord(target, scopeOf(walk, world)));
  const span = walk.source.spanOf(start, end);
  const by: By = { hop: { span, text: `${symbols.show(path)} is written here` }, giver: "given", isExplicit: true };
  return writeText(world, path, printed, operator.includes(">>"), by, walk);
}

/** The text that a script puts into a file. `/dev/null` keeps nothing. */
export function writeText(world: World, path: Text, value: Value, append: boolean, by: By, walk: Walk): World {
  if (path.startsWith("/dev/") || path === "") return world;
  const full = resolvePath(world.shell.directory, path);
  const text = walk.analysis.symbols.encode(value);
  return { ...world, files: applyEffect(world.files, { kind: "write", path: full, text, append, by }).files };
}

/** Adds to what is listened to. */
export function print(world: World, output: Value | undefined): World {
  const { printed } = world.shell;
  if (printed === undefined) return world;
  const added = output ?? unknown("what a command prints");
  if (literalOf(added) === "") return world;
  const isFull = optionsOf(printed).some(({ value }) => value.fragments.length > 150);
  return isFull ? world : withShell(world, { printed: concatenate([printed, added]) });
}
