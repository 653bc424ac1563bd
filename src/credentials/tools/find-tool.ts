import type { Call } from "../script/walk.ts";
import type { Text } from "../text.ts";
import { knownTool } from "./known-tools.ts";
import { findNamedScript } from "./named-scripts.ts";
import type { Tool, Words } from "./tool.ts";

/** Words in front of a program's name that only start it. */
const STARTERS =
  /^(?:npx|bunx|pnpx|npm|pnpm|yarn|bun|exec|dlx|x|run|run-script|poetry|uv|uvx|tool|pipx|pipenv|pdm|hatch|rye|bundle)$/;

/** Their options that take a value: which package the program is in, where to look for it. */
const WITH_VALUE =
  /^(?:-p|--package|--from|--with|--with-requirements|--spec|--python|--group|--extra|--only-group|--project|--directory|--prefix|--cwd|--dir|-C|--filter|-F|-w|--workspace)$/;

/**
 * The tool that a command starts, if it is one that pushes: by its own name, or (where its script is out of sight) by what it is
 * called.
 */
export function findTool(call: Call): Tool | undefined {
  const { symbols } = call.walk.analysis;
  const [program] = call.fields;
  const words = [program === undefined ? "" : symbols.encode(program.value), ...call.args];
  const first = startOf(words);
  const [name, rest] = nameOf(words.slice(first));
  const known = knownTool(name);
  if (known === undefined) return findNamedScript(call, words.slice(0, first), words.slice(first));
  if (words.some((word) => /^--dry-?run$/i.test(word))) return undefined;
  const push = known.push(rest, call);
  return typeof push === "string" ? { run: push } : push;
}

/** Where the program's name stands behind `npx -y -p PACKAGE`, `poetry run`. */
function startOf(words: Words): number {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? "";
    if (STARTERS.test(word)) at++;
    else if (at > 0 && word.startsWith("-")) at += WITH_VALUE.test(word) ? 2 : 1;
    else break;
  }
  return at;
}

/** `./node_modules/.bin/np`, `gh-pages@6`, `python -m mkdocs`. */
function nameOf([program = "", ...args]: Words): readonly [name: Text, args: Words] {
  const name = program.replace(/^.*\//, "").replace(/(?<=.)@[\w.^~-]+$/, "");
  if (!/^python[\d.]*$/.test(name)) return [name, args];
  const at = args.indexOf("-m");
  return at < 0 ? [name, args] : [(args[at + 1] ?? "").replaceAll("_", "-"), args.slice(at + 2)];
}
