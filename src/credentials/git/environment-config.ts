import type { By } from "../evidence.ts";
import { hasSymbol, type Text } from "../text.ts";
import type { Entry } from "./config-entries.ts";
import { parseKey } from "./config-key.ts";

/** Why nothing comes of a call of git, or nobody can tell what does. */
export interface ConfigProblem {
  /** git stops with a message. */
  readonly isFatal: boolean;
  readonly reason: string;
}

interface Environment {
  readonly variable: (name: string) => Text | undefined;
  readonly by: By;
}

interface EnvironmentConfig {
  readonly entries: readonly Entry<By>[];
  readonly problem: ConfigProblem | undefined;
}

/** More than this nobody sets. */
const MOST_ENTRIES = 200;

/** `GIT_CONFIG_COUNT` with its keys and values, then `GIT_CONFIG_PARAMETERS`: config.c, git_config_from_parameters. */
export function environmentEntries({ variable, by }: Environment): EnvironmentConfig {
  const entries: Entry<By>[] = [];
  const count = variable("GIT_CONFIG_COUNT") ?? "";
  if (hasSymbol(count)) return { entries, problem: { isFatal: false, reason: "GIT_CONFIG_COUNT is computed" } };
  if (!/^\s*\+?\d*$/.test(count)) return { entries, problem: stops("GIT_CONFIG_COUNT is no number") };
  for (let at = 0; at < Math.min(Number(count), MOST_ENTRIES); at++) {
    const [name, value] = [variable(`GIT_CONFIG_KEY_${at}`), variable(`GIT_CONFIG_VALUE_${at}`)];
    if (name === undefined || name === "") return { entries, problem: stops(`GIT_CONFIG_KEY_${at} is missing`) };
    if (value === undefined) return { entries, problem: stops(`GIT_CONFIG_VALUE_${at} is missing`) };
    const key = parseKey(name);
    if (key !== undefined) entries.push({ key, value, by });
    else if (!hasSymbol(name)) return { entries, problem: stops(`${name} is no key`) };
  }
  const parameters = readParameters(variable("GIT_CONFIG_PARAMETERS") ?? "", by);
  return parameters === undefined
    ? { entries, problem: stops("GIT_CONFIG_PARAMETERS is not in git's form") }
    : { entries: [...entries, ...parameters], problem: undefined };
}

function stops(reason: string): ConfigProblem {
  return { isFatal: true, reason: `git stops: ${reason}` };
}

/** `'key'='value'`, and `'key=value'` as git wrote it before 2.31; `'\''` is a quote. */
function readParameters(text: Text, by: By): readonly Entry<By>[] | undefined {
  const word = String.raw`'(?:[^']|'\\['!]')*'`;
  const entries: Entry<By>[] = [];
  const next = new RegExp(String.raw`\s*(${word})(?:=(${word})?)?(?=\s|$)`, "y");
  while (next.lastIndex < text.trimEnd().length) {
    const found = next.exec(text);
    if (found === null) return undefined;
    const [all, first = "", second] = found;
    const written = unquote(first);
    const equals = written.indexOf("=");
    const isNew = all.trim().length > first.length;
    const name = isNew || equals < 0 ? written : written.slice(0, equals);
    const key = parseKey(name);
    if (key === undefined) return undefined;
    if (isNew && second === undefined) entries.push({ key, value: "true", by, isBare: true });
    else if (isNew) entries.push({ key, value: unquote(second ?? ""), by });
    else entries.push({ key, value: equals < 0 ? "true" : written.slice(equals + 1), by, isBare: equals < 0 });
  }
  return entries;
}

function unquote(word: string): string {
  return word.slice(1, -1).replace(/'\\(['!])'/g, "$1");
}
