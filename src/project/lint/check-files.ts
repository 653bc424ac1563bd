import { applyIgnores } from "../../report/apply-ignores.ts";
import type { Finding } from "../../report/finding.ts";
import { findIgnores, type Ignore } from "../../report/find-ignores.ts";
import { ALL_RULES, findRule, USUAL_RULES } from "../../rules/all-rules.ts";
import type { CheckedFile } from "../../rules/checked-file.ts";
import type { Rule } from "../../rules/define-rule.ts";
import { isOff, severityOf, type RuleSettings } from "../../rules/run-rules.ts";
import { findConfigIgnores } from "../config/find-config-ignores.ts";
import { findProblems, type CheckOptions, type FoundInFile } from "./find-problems.ts";

/** All that the rules find in files, less what is ignored with a reason, plus what is wrong with the ignores. */
export function checkFiles(files: readonly CheckedFile[], options: CheckOptions): readonly Finding[] {
  return settleFindings(files, (file) => findProblems(file, options), options);
}

/**
 * The same, of what rules have found already.
 *
 * @param foundIn what they found in a file
 */
export function settleFindings(
  files: readonly CheckedFile[],
  foundIn: (file: CheckedFile) => readonly FoundInFile[],
  { config = {}, configFile = "flowkeep.config.ts", rules = USUAL_RULES }: Omit<CheckOptions, "context">,
): readonly Finding[] {
  const settings = config.rules ?? {};
  const found = files.flatMap((file) => foundIn(file).map((each) => ({ ...each, file })));
  const origins = new Map(found.map((each) => [each.finding, each]));
  const ignores = [...files.flatMap(ignoresOf), ...findConfigIgnores(config, configFile)];
  const lookedAt = new Set(files.map(({ path }) => path));
  const shown = applyIgnores([...origins.keys()], ignores, ruleNames(rules, settings), lookedAt);
  return applySettings(sayOnce(sayWhereItIs(shown, origins), origins), settings);
}

interface Origin extends FoundInFile {
  readonly file: CheckedFile;
}

/** What is wrong with a push of a called workflow is found there, and again from each that calls it, who can mend nothing. */
function sayWhereItIs(findings: readonly Finding[], origins: ReadonlyMap<Finding, Origin>): readonly Finding[] {
  const isOwn = (finding: Finding): boolean =>
    origins.get(finding)?.file.texts.some(({ path }) => path === finding.span?.file) === true;
  const placeOf = ({ ruleId, severity, span }: Finding): string => JSON.stringify([ruleId, severity, span]);
  const said = new Set(findings.filter(isOwn).map(placeOf));
  return findings.filter((finding) => isOwn(finding) || !said.has(placeOf(finding)));
}

/** Where no text speaks of any, nothing is parsed for it. */
function ignoresOf(file: CheckedFile): readonly Ignore[] {
  return file.texts.flatMap((text) =>
    findIgnores(text, file.kind === "read" ? { kind: "yaml", node: () => file.node } : { kind: "source" }),
  );
}

function ruleNames(rules: readonly Rule[], settings: RuleSettings) {
  const running = new Set(rules.filter((rule) => !isOff(rule, settings)).map(({ id }) => id));
  return {
    ids: ALL_RULES.map(({ id }) => id),
    canIgnore: (id: string) => {
      const rule = findRule(id);
      return rule?.check !== undefined && !rule.isBasic;
    },
    hasRun: (id: string) => running.has(id),
  };
}

/** What is said once becomes one finding at its first place. */
function sayOnce(findings: readonly Finding[], origins: ReadonlyMap<Finding, Origin>): readonly Finding[] {
  const groups = new Map<unknown, Finding[]>();
  for (const finding of findings) {
    const key = origins.get(finding)?.said ?? finding;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined || more.length === 0) return first ?? [];
    return {
      ...first,
      message: `${first.message} (used in ${more.length + 1} places)`,
      fixes: joinFixes([first, ...more]),
    };
  });
}

/** One fix that mends all places; none where one of them has none. */
function joinFixes(findings: readonly Finding[]): Finding["fixes"] {
  const fixes = findings.map(({ fixes }) => fixes?.[0]);
  const [first] = fixes;
  if (first === undefined || fixes.includes(undefined)) return [];
  return [{ description: first.description, edits: fixes.flatMap((fix) => fix?.edits ?? []) }];
}

/** For what rules without a check of their own have found; the others' severities are settled. */
export function applySettings(findings: readonly Finding[], settings: RuleSettings): readonly Finding[] {
  return findings.flatMap((finding) => {
    const rule = findRule(finding.ruleId);
    if (rule === undefined || rule.check !== undefined) return [finding];
    return isOff(rule, settings) ? [] : [{ ...finding, severity: severityOf(rule, settings, finding.severity) }];
  });
}
