import { nearestName } from "../ir/suggest.ts";
import type { Finding } from "./finding.ts";
import type { Ignore } from "./find-ignores.ts";

/** What is known of the rules by those who name them. */
export interface RuleNames {
  readonly ids: readonly string[];
  /** Whether it was asked, and may be ignored. */
  readonly canIgnore: (id: string) => boolean;
  /** Whether it has looked: one that is off finds nothing, and what ignores it is no mistake. */
  readonly hasRun: (id: string) => boolean;
}

/**
 * Takes out what is ignored with a reason, and puts in what is wrong with the ignores.
 *
 * @param files those that were looked at: an ignore in another one may well be needed
 */
export function applyIgnores(
  findings: readonly Finding[],
  ignores: readonly Ignore[],
  names: RuleNames,
  files: ReadonlySet<string>,
): readonly Finding[] {
  if (ignores.length === 0) return findings;
  const used = new Set<string>();
  const shown = findings.filter((finding) => {
    if (!names.canIgnore(finding.ruleId)) return true;
    let isIgnored = false;
    ignores.forEach((ignore, index) => {
      if (ignore.reason === "" || !covers(ignore, finding)) return;
      used.add(`${index} ${finding.ruleId}`);
      isIgnored = true;
    });
    return !isIgnored;
  });
  const wrong = ignores.flatMap((ignore, index) => {
    if (ignore.rules.length === 0) return [withoutReason(ignore, "names no rule")];
    return ignore.rules.flatMap((rule) => {
      if (!names.ids.includes(rule)) return [unused(ignore, unknownRule(rule, names))];
      if (!names.canIgnore(rule)) return [unused(ignore, `\`${rule}\` cannot be ignored`)];
      if (ignore.reason === "")
        return [withoutReason(ignore, `ignores \`${rule}\`${placeOf(ignore)} without a reason, and so it does not`)];
      if (used.has(`${index} ${rule}`) || !names.hasRun(rule) || !isLookedAt(ignore, files)) return [];
      return [unused(ignore, `\`${rule}\` finds nothing${placeOf(ignore) || " here"}: remove what ignores it`)];
    });
  });
  return [...shown, ...wrong];
}

function covers({ rules, file, lines }: Ignore, { ruleId, span }: Finding): boolean {
  if (span === undefined || !rules.includes(ruleId)) return false;
  if (lines === undefined) return isIn(span.file, file);
  return span.file === file && span.startLine >= lines.first && span.startLine <= lines.last;
}

function isIn(file: string, path: string): boolean {
  return path === "" || file === path || file.startsWith(path.endsWith("/") ? path : `${path}/`);
}

function isLookedAt({ file, lines }: Ignore, files: ReadonlySet<string>): boolean {
  return lines === undefined ? [...files].some((each) => isIn(each, file)) : files.has(file);
}

function unknownRule(rule: string, { ids }: RuleNames): string {
  const near = nearestName(rule, ids);
  return `there is no rule \`${rule}\`${near === undefined ? "" : `; did you mean \`${near}\`?`}`;
}

/** An entry of the config names what it is about; a comment stands there. */
function placeOf({ file, lines }: Ignore): string {
  return lines === undefined ? ` in \`${file === "" ? "." : file}\`` : "";
}

function withoutReason({ span, lines }: Ignore, what: string): Finding {
  const wanted = lines === undefined ? "give the entry a `because`" : "write `flowkeep-ignore: rule-id reason`";
  const message = `this ${what}: ${wanted}`;
  return { ruleId: "ignore-without-reason", severity: "warning", message, span, related: [] };
}

function unused({ span }: Ignore, message: string): Finding {
  return { ruleId: "unused-ignore", severity: "warning", message, span, related: [] };
}
