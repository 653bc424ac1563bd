import { isCheap, readRegularExpression } from "../../shell/regular-expression.ts";
import { concatenate, EMPTY, unknown } from "../../shell/value.ts";
import type { Entry } from "../git/config-entries.ts";
import { printKey } from "../git/config-key.ts";
import { keySpecificity } from "../git/extra-headers.ts";
import type { ReadEntry } from "../git/read-config.ts";
import { compareSpecificity, normalizeUrl, type Specificity } from "../git/url.ts";
import { withAssumedRepository } from "../push-view.ts";
import { done, type Result } from "../script/walk.ts";
import { hasSymbol, type Text } from "../text.ts";
import type { GitCall } from "./git-call.ts";
import { hasOption, type Arguments } from "./options.ts";

type Read = readonly (Entry | ReadEntry)[];

/** `git config --list`: what is modelled of it. */
export function printAll(call: GitCall, args: Arguments, entries: Read): readonly Result[] {
  return print(call, args, entries, "=");
}

/** `git config --get-regexp PATTERN`: the keys that a pattern finds, and their values. */
export function printMatching(call: GitCall, args: Arguments, entries: Read, pattern: Text): readonly Result[] {
  // Section and variable have no case; git takes theirs from the pattern, too.
  const expression = hasSymbol(pattern) ? undefined : readRegularExpression(pattern, true, "i", true);
  if (expression === undefined || !entries.every(({ key }) => isCheap(expression, printKey(key))))
    return done(call.world, "open", unknown("which keys a pattern finds"));
  const found = entries.filter(({ key }) => expression.test(printKey(key)));
  const isModelled = /http|extrahead|includeif|insteadof|remote|credential|url/i.test(pattern);
  if (found.length === 0) return done(call.world, isModelled ? false : "open", EMPTY);
  return print(call, args, found, " ");
}

/** `git config --get-urlmatch http.extraheader URL`: the value of the key that fits best. */
export function printUrlMatch(call: GitCall, entries: Read, name: Text, url: Text): readonly Result[] {
  const { symbols } = call.walk.analysis;
  const normal = normalizeUrl(withAssumedRepository(url, call.walk.analysis));
  const [section, variable] = name.toLowerCase().split(".");
  let best: { readonly value: Text; readonly specificity: Specificity } | undefined;
  if (normal === undefined || variable === undefined) return done(call.world, "open");
  for (const { key, value } of entries) {
    if (key.section !== section || key.name !== variable) continue;
    const specificity = keySpecificity(normal, key.subsection);
    if (specificity === undefined || (best !== undefined && compareSpecificity(specificity, best.specificity) < 0))
      continue;
    best = { value, specificity };
  }
  return best === undefined
    ? done(call.world, false, EMPTY)
    : done(call.world, true, symbols.decode(`${best.value}\n`));
}

/** `git config --show-origin --get KEY` */
export function printValues(call: GitCall, args: Arguments, entries: Read): readonly Result[] {
  return printEach(call, args, entries, ({ value }) => value);
}

function print(call: GitCall, args: Arguments, entries: Read, separator: string): readonly Result[] {
  const hasValue = ({ isBare }: Entry): boolean => !hasOption(args, "--name-only") && isBare !== true;
  const between = hasOption(args, "-z", "--null") ? "\n" : separator;
  return printEach(call, args, entries, (entry) =>
    hasValue(entry) ? printKey(entry.key) + between + entry.value : printKey(entry.key),
  );
}

function printEach(call: GitCall, args: Arguments, entries: Read, show: (entry: Entry) => Text): readonly Result[] {
  const { symbols } = call.walk.analysis;
  const isNull = hasOption(args, "-z", "--null");
  const lines = entries.map((entry) => {
    const scope = hasOption(args, "--show-scope") ? `${scopeOf(entry)}\t` : "";
    const origin = hasOption(args, "--show-origin") ? `file:${originOf(call, entry)}${isNull ? "\0" : "\t"}` : "";
    return symbols.decode(`${scope}${origin}${show(entry)}${isNull ? "\0" : "\n"}`);
  });
  return done(call.world, true, concatenate(lines));
}

function scopeOf(entry: Entry | ReadEntry): string {
  return "scope" in entry && entry.scope !== "environment" ? entry.scope : "command";
}

/** The repository's own file is named as git finds it from the top. */
function originOf({ found }: GitCall, entry: Entry | ReadEntry): Text {
  const file = "file" in entry ? entry.file : undefined;
  const top = found.kind === "found" ? found.repository.top : undefined;
  return file !== undefined && top !== undefined && file === `${top}/.git/config` ? ".git/config" : (file ?? "");
}
